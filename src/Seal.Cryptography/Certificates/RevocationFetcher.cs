using System.Net.Http.Headers;

namespace Seal.Cryptography.Certificates;

/// <summary>What fetching revocation for one document may cost.</summary>
public sealed record RevocationFetchLimits
{
    /// <summary>Longest time for one address.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Largest answer, in bytes.</summary>
    public int MaximumBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Most addresses asked.</summary>
    public int MaximumRequests { get; init; } = 8;
}

/// <summary>
/// Fetches revocation from the addresses in certificates: OCSP (RFC 6960 appendix A), then revocation lists. Only http and
/// https, no redirects, bounded in time, size and number. One instance serves one document.
/// </summary>
/// <param name="http">Must not follow redirects, and send no cookies or credentials.</param>
/// <param name="limits">What it may cost.</param>
public sealed class RevocationFetcher(HttpClient http, RevocationFetchLimits limits) : IRevocationSource
{
    private const string OcspRequestType = "application/ocsp-request";

    private int _requests;

    /// <inheritdoc/>
    public async ValueTask<FetchedRevocation> FetchAsync(Certificate certificate, Certificate issuer, CancellationToken cancellation)
    {
        foreach (var address in certificate.OcspUrls.Select(ToAddress).OfType<Uri>())
        {
            if (await AskAsync(address, OcspRequest.Create(OcspCertId.Of(certificate, issuer), []), cancellation) is { } answer)
            {
                return new FetchedRevocation([], [answer]);
            }
        }

        foreach (var address in certificate.CrlDistributionPoints.Select(ToAddress).OfType<Uri>())
        {
            if (await AskAsync(address, null, cancellation) is { } list)
            {
                return new FetchedRevocation([list], []);
            }
        }

        return FetchedRevocation.Nothing;
    }

    private static Uri? ToAddress(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) ? address : null;

    /// <summary>The answer's body; null when there is none to be had, which leaves the state unknown.</summary>
    private async Task<byte[]?> AskAsync(Uri address, byte[]? question, CancellationToken cancellation)
    {
        if (++_requests > limits.MaximumRequests)
        {
            return null;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(limits.Timeout);
        try
        {
            using HttpRequestMessage request = new(question is null ? HttpMethod.Get : HttpMethod.Post, address);
            if (question is not null)
            {
                request.Content = new ByteArrayContent(question) { Headers = { ContentType = new MediaTypeHeaderValue(OcspRequestType) } };
            }

            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            if (!response.IsSuccessStatusCode || response.Content.Headers.ContentLength > limits.MaximumBytes)
            {
                return null;
            }

            await using var body = await response.Content.ReadAsStreamAsync(patience.Token);
            return await ReadAsync(body, patience.Token);
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or IOException
                                            || (unreachable is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }

    private async Task<byte[]?> ReadAsync(Stream body, CancellationToken cancellation)
    {
        using MemoryStream content = new();
        var buffer = new byte[16 * 1024];
        for (int got; (got = await body.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (content.Length + got > limits.MaximumBytes)
            {
                return null;
            }

            await content.WriteAsync(buffer.AsMemory(0, got), cancellation);
        }

        return content.Length > 0 ? content.ToArray() : null;
    }
}
