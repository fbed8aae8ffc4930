using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Service.Settings;

namespace Seal.Testing;

/// <summary>A certificate authority outside: a real HTTP server on loopback with keys of its own, which issues as it should or as a test says.</summary>
public sealed class StandInAuthority : IAsyncDisposable
{
    private readonly SoftwareKey _rootKey = SoftwareKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
    private readonly SoftwareKey _key = SoftwareKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
    private readonly CertificateAuthority _issuing;
    private readonly DateTimeOffset _start;
    private WebApplication? _server;
    private string? _url;

    private StandInAuthority(TimeProvider clock)
    {
        _start = DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds());
        Root = CertificateAuthority.SelfSign(Request(CertificateProfile.RootAuthority, Named("City Root"), _rootKey.SubjectPublicKeyInfo), _rootKey);
        var issuing = new CertificateAuthority(Root, _rootKey, clock).Issue(Request(CertificateProfile.IssuingAuthority, Named("City CA"), _key.SubjectPublicKeyInfo));
        _issuing = new CertificateAuthority(issuing, _key, clock);
        Answer = (_, request) => Task.FromResult(Issued(request));
        Told = (_, _) => Task.FromResult(Results.NoContent());
    }

    /// <summary>By which orders choose it.</summary>
    public const string Name = "city-ca";

    public const string Token = "let-me-in";

    public Certificate Root { get; }

    /// <summary>What is done with a request that came with the right token.</summary>
    public Func<HttpContext, IssueRequest, Task<IResult>> Answer { get; set; }

    /// <summary>What is done when somebody with the right token tells how a certificate stands.</summary>
    public Func<HttpContext, StandInNotice, Task<IResult>> Told { get; set; }

    /// <summary>How certificates stand, by their serial numbers, as it was told and answered that it has it so.</summary>
    public ConcurrentDictionary<string, StandInNotice> Standing { get; } = new();

    /// <summary>How often somebody asked.</summary>
    public int Asked { get; private set; }

    public string Url => _server!.Urls.Single();

    public static async Task<StandInAuthority> StartAsync(TimeProvider? clock = null)
    {
        var authority = new StandInAuthority(clock ?? TimeProvider.System);
        await authority.ListenAsync("http://127.0.0.1:0");
        return authority;
    }

    /// <summary>The settings of a service that has certificates issued here; token and roots are written into a folder.</summary>
    public async Task<CertificateAuthoritySettings> SettingsAsync(string folder, TimeSpan timeout)
    {
        var (token, roots) = (Path.Combine(folder, "authority-token"), Path.Combine(folder, "authority-roots.pem"));
        await File.WriteAllTextAsync(token, Token + "\n");
        await File.WriteAllTextAsync(roots, Root.ToPem());
        return new() { Name = Name, Url = Url, TokenFile = token, Roots = roots, Timeout = timeout };
    }

    /// <summary>Dies: nobody listens at its address any more.</summary>
    public async Task DieAsync()
    {
        _url = Url;
        await _server!.DisposeAsync();
    }

    /// <summary>Comes back at the same address, with all that it knew.</summary>
    public Task ComeBackAsync() => ListenAsync(_url!);

    /// <summary>The answer of an authority that does what it is asked for.</summary>
    public IResult Issued(IssueRequest request) => Sent(_issuing.Issue(request));

    /// <summary>An answer with any certificate.</summary>
    public IResult Sent(Certificate certificate) => Results.Json(
        new { certificate = Convert.ToBase64String(certificate.RawData.Span), chain = new[] { Convert.ToBase64String(_issuing.Certificate.RawData.Span) } }, statusCode: 201);

    public static DistinguishedName Named(string name) => DistinguishedName.Of(new NameAttribute(NameAttributeTypes.CommonName, name));

    public IssueRequest Request(CertificateProfile profile, DistinguishedName subject, ReadOnlyMemory<byte> publicKey) => new()
    {
        Profile = profile,
        Subject = subject,
        SubjectPublicKeyInfo = publicKey,
        NotBefore = _start.AddMinutes(-10),
        NotAfter = _start.AddYears(profile.IsAuthority ? 10 : 1),
        SerialNumber = RandomNumberGenerator.GetBytes(IssueRequest.SerialNumberSize),
    };

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        _key.Dispose();
        _rootKey.Dispose();
    }

    private async Task ListenAsync(string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(url);
        builder.Logging.ClearProviders();
        var server = builder.Build();
        server.MapPost("/certificates", (Delegate)ServeAsync);
        server.MapPut("/certificates/{serial}/status", (Delegate)HearAsync);
        _server = server;
        await server.StartAsync();
    }

    private async Task<IResult> ServeAsync(HttpContext http)
    {
        Asked++;
        if (http.Request.Headers.Authorization != $"Bearer {Token}")
        {
            return Results.Problem(statusCode: 401, title: "Who are you?");
        }

        var asked = (await JsonNode.ParseAsync(http.Request.Body))!.AsObject();
        var request = CertificationRequest.Parse(Convert.FromBase64String(asked["certificationRequest"]!.GetValue<string>()));
        if (!request.IsSigned)
        {
            return Results.Problem(statusCode: 422, title: "The request is not signed.");
        }

        var subject = DistinguishedName.Parse(Convert.FromBase64String(asked["subject"]!.GetValue<string>()));
        return await Answer(http, Request(CertificateProfile.Organisation, subject, request.SubjectPublicKeyInfo) with { NotAfter = asked["notAfter"]!.GetValue<DateTimeOffset>() });
    }

    private async Task<IResult> HearAsync(HttpContext http, string serial)
    {
        if (http.Request.Headers.Authorization != $"Bearer {Token}")
        {
            return Results.Problem(statusCode: 401, title: "Who are you?");
        }

        var said = (await JsonNode.ParseAsync(http.Request.Body))!.AsObject();
        StandInNotice notice = new(serial, said["status"]!.GetValue<string>(), said["reason"]?.GetValue<string>(), said["version"]!.GetValue<long>());
        var answer = await Told(http, notice);
        if (answer is IStatusCodeHttpResult { StatusCode: >= 200 and < 300 })
        {
            // What comes late is no news: the newest version stays.
            Standing.AddOrUpdate(serial, notice, (_, known) => known.Version > notice.Version ? known : notice);
        }

        return answer;
    }
}

/// <summary>How a certificate stands, as an authority outside is told.</summary>
public sealed record StandInNotice(string Serial, string Status, string? Reason, long Version);
