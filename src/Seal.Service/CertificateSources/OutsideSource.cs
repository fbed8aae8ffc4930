using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Seal.Cryptography;
using Seal.Cryptography.Certificates;
using Seal.Domain.CertificateOrders;
using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Service.Settings;
using Seal.Service.Verification;
using Certificate = Seal.Cryptography.Certificates.Certificate;
using RevocationReason = Seal.Domain.Certificates.RevocationReason;

namespace Seal.Service.CertificateSources;

/// <summary>A certificate authority outside, over HTTP: docs/certificates.md has the protocol. What it sends is believed only under its own roots.</summary>
public sealed class OutsideSource : ICertificateSource, IDisposable
{
    private const int MaximumAnswerSize = 64 * 1024;
    private const int LongestReason = 200;

    private readonly Uri _address;
    private readonly TimeProvider _clock;
    private readonly IReadOnlyList<Certificate> _roots;
    private readonly AuthenticationHeaderValue? _bearer;
    // Whoever answers there is asked, and nobody it points to.
    private readonly SocketsHttpHandler _handler = new() { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
    private readonly HttpClient _http;

    /// <param name="settings">Where it is and what it is believed by.</param>
    /// <param name="clock">The time by which certificates must hold.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public OutsideSource(CertificateAuthoritySettings settings, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Name = settings.Name;
        _address = new Uri($"{settings.Url.TrimEnd('/')}/");
        _clock = clock;
        _roots = TrustedRoots.ReadFile(settings.Roots);
        _bearer = settings.TokenFile.Length == 0 ? null : new AuthenticationHeaderValue("Bearer", File.ReadAllText(settings.TokenFile).Trim());
        _http = new HttpClient(_handler, disposeHandler: false) { Timeout = settings.Timeout, MaxResponseContentBufferSize = MaximumAnswerSize };
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public async Task<SourcedCertificate> IssueAsync(OrderedCertificate ordered, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ordered);
        var body = new Request(ordered.Order.Value, ordered.Kind.Name, ordered.Subject.RawData.ToArray(), ordered.Request.RawData.ToArray(), ordered.NotAfter);
        var der = await AskAsync(HttpMethod.Post, "certificates", ordered.Order.Value, body, cancellation);
        try
        {
            var sent = JsonSerializer.Deserialize<Answer>(der, DomainJson.Options) ?? throw new JsonException();
            return new SourcedCertificate(Believed(Certificate.Parse(sent.Certificate), [.. sent.Chain.Select(one => Certificate.Parse(one))]), "");
        }
        catch (Exception unreadable) when (unreadable is JsonException or DerFormatException)
        {
            throw new CertificateNotIssuedException(IssuingRejections.CertificateUnfit.Code, "no certificate can be read in the answer", unreadable);
        }
    }

    /// <summary>Tells it how a certificate of its own stands here. Nothing is thrown for what it does: that is the answer.</summary>
    public async Task<AuthorityAnswered> TellAsync(NotifyAuthority notice, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(notice);
        var body = new Standing(notice.Status, notice.Status == CertificateStatus.Revoked ? notice.Reason : null, notice.Version);
        try
        {
            await AskAsync(HttpMethod.Put, $"certificates/{notice.Certificate}/status", string.Create(CultureInfo.InvariantCulture, $"{notice.Certificate}/{notice.Version}"), body, cancellation);
            return new AuthorityAnswered(notice.Status, NoticeAnswer.Confirmed);
        }
        catch (CertificateNotIssuedException failed)
        {
            return new AuthorityAnswered(notice.Status, failed.Code == IssuingRejections.AuthorityRefused.Code ? NoticeAnswer.Declined : NoticeAnswer.NotReached, failed.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _handler.Dispose();
    }

    private async Task<byte[]> AskAsync<TBody>(HttpMethod method, string path, string once, TBody body, CancellationToken cancellation)
    {
        using var message = new HttpRequestMessage(method, new Uri(_address, path)) { Content = JsonContent.Create(body, options: DomainJson.Options) };
        message.Headers.Authorization = _bearer;
        message.Headers.Add("Idempotency-Key", once);
        try
        {
            using var answer = await _http.SendAsync(message, cancellation);
            return answer.IsSuccessStatusCode ? await answer.Content.ReadAsByteArrayAsync(cancellation) : throw await RefusedAsync(answer, cancellation);
        }
        catch (HttpRequestException failed)
        {
            throw new CertificateNotIssuedException(IssuingRejections.AuthorityUnreachable.Code, Plain(failed.Message), failed);
        }
        catch (TaskCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            throw new CertificateNotIssuedException(IssuingRejections.AuthorityUnreachable.Code, $"no answer within {_http.Timeout.TotalSeconds:0.#} s", late);
        }
    }

    private Certificate Believed(Certificate certificate, IReadOnlyList<Certificate> chain)
    {
        var path = PathValidation.Validate(certificate, chain, _roots, _clock.GetUtcNow(), KeyPurpose.Any, RevocationEvidence.NotRequired);
        return path.IsOk ? certificate : throw new CertificateNotIssuedException(IssuingRejections.CertificateUnfit.Code, $"{path.Status}: {Plain(path.Concerning.ToString())}");
    }

    private static async Task<CertificateNotIssuedException> RefusedAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var status = (int)answer.StatusCode;
        if (status is < 400 or >= 500 || answer.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests)
        {
            return new CertificateNotIssuedException(IssuingRejections.AuthorityUnreachable.Code, $"HTTP {status}");
        }

        return new CertificateNotIssuedException(IssuingRejections.AuthorityRefused.Code, await ReasonAsync(answer, cancellation) ?? $"HTTP {status}");
    }

    // RFC 9457, where it speaks so.
    private static async Task<string?> ReasonAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            return null;
        }

        try
        {
            using var problem = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellation));
            return problem.RootElement is { ValueKind: JsonValueKind.Object } told && told.TryGetProperty("title", out var title) && title.ValueKind == JsonValueKind.String
                ? Plain(title.GetString()!)
                : null;
        }
        catch (JsonException)
        {
            // It says problem and sends something else: its status is all it has said.
            return null;
        }
    }

    // What others say goes into an answer of ours: short, and in one line.
    private static string Plain(string said)
    {
        var plain = string.Concat(said.Where(c => !char.IsControl(c) && c is not ('{' or '}')));
        return plain.Length <= LongestReason ? plain : plain[..LongestReason];
    }

    private sealed record Request(string Order, string Kind, byte[] Subject, byte[] CertificationRequest, DateTimeOffset NotAfter);

    private sealed record Standing(CertificateStatus Status, RevocationReason? Reason, long Version);

    private sealed record Answer(byte[] Certificate, IReadOnlyList<byte[]> Chain);
}
