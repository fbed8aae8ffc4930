using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Cryptography.Timestamps;
using Seal.Service.Tests.Support;

namespace Seal.Service.Tests.Timestamps;

/// <summary>A time-stamping authority elsewhere: a real HTTP server on loopback, which answers by openssl or by whatever a test says.</summary>
internal sealed class OutsideAuthority : IAsyncDisposable
{
    private readonly SoftwareKey _rootKey = SoftwareKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
    private readonly SoftwareKey _key = SoftwareKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
    private readonly OpenSsl _openSsl = new();
    private readonly Certificate _certificate;
    private WebApplication? _server;

    private OutsideAuthority()
    {
        Root = CertificateAuthority.SelfSign(Request(CertificateProfile.RootAuthority, "Outside Root", _rootKey), _rootKey);
        _certificate = new CertificateAuthority(Root, _rootKey, TimeProvider.System).Issue(Request(CertificateProfile.TimeStamp, "Outside TSA", _key));
        Stamps = new TimestampAuthority(_certificate, _key, [], new TimestampOptions { Policy = "1.2.3.4" });
        Answer = AnswerByOpenSslAsync;
    }

    public Certificate Root { get; }

    /// <summary>The same authority by our own hand, for answers that go wrong on purpose.</summary>
    public TimestampAuthority Stamps { get; }

    /// <summary>What is done with a request.</summary>
    public Func<HttpContext, byte[], Task<byte[]>> Answer { get; set; }

    public Uri Address => new(_server!.Urls.Single());

    public static async Task<OutsideAuthority> StartAsync()
    {
        var authority = new OutsideAuthority();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = builder.Build();
        server.Run(authority.ServeAsync);
        authority._server = server;
        await server.StartAsync();
        return authority;
    }

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        _openSsl.Dispose();
        _key.Dispose();
        _rootKey.Dispose();
    }

    private async Task ServeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        http.Request.ContentType.ShouldBe("application/timestamp-query");
        http.Response.ContentType = "application/timestamp-reply";
        await http.Response.Body.WriteAsync(await Answer(http, body.ToArray()));
    }

    private async Task<byte[]> AnswerByOpenSslAsync(HttpContext http, byte[] request)
    {
        _openSsl.Write("query.tsq", request);
        _openSsl.Write("tsa.key", new string(PemEncoding.Write("PRIVATE KEY", _key.ExportPkcs8())));
        _openSsl.Write("tsa.pem", _certificate.ToPem());
        _openSsl.Write("serial", "01\n");
        _openSsl.Write("ts.cnf", """
            [tsa]
            default_tsa = authority
            [authority]
            serial = serial
            signer_cert = tsa.pem
            signer_key = tsa.key
            signer_digest = sha256
            default_policy = 1.2.3.4
            digests = sha256, sha384, sha512
            ess_cert_id_alg = sha256
            """);
        await _openSsl.AcceptsAsync("ts", "-reply", "-queryfile", "query.tsq", "-config", "ts.cnf", "-out", "reply.tsr");
        return await File.ReadAllBytesAsync(_openSsl.PathOf("reply.tsr"));
    }

    private static IssueRequest Request(CertificateProfile profile, string name, SoftwareKey key) => new()
    {
        Profile = profile,
        Subject = DistinguishedName.Of(new NameAttribute(NameAttributeTypes.CommonName, name)),
        SubjectPublicKeyInfo = key.SubjectPublicKeyInfo,
        NotBefore = TimeProvider.System.GetUtcNow().AddHours(-1),
        NotAfter = TimeProvider.System.GetUtcNow().AddDays(profile.IsAuthority ? 2 : 1),
        SerialNumber = RandomNumberGenerator.GetBytes(IssueRequest.SerialNumberSize),
    };
}
