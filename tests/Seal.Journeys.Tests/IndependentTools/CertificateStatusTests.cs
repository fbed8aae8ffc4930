using System.Net.Http.Headers;
using Seal.Cryptography.Certificates;
using Seal.Testing;

namespace Seal.Journeys.Tests.IndependentTools;

/// <summary>The state of certificates by OCSP, in the eyes of OpenSSL and of our own reader.</summary>
[Collection(OneService.Name)]
public sealed class CertificateStatusTests(SharedService shared)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ApiClient Client => shared.Client;

    [Theory]
    [InlineData("rsa2048", "rsa")]
    [InlineData("ecdsa-p256", "ecdsa")]
    public async Task OpenSSL_asks_by_POST_and_sees_a_revocation_at_once(string algorithm, string chain)
    {
        var (seal, leaf, issuing) = await IssueAsync(algorithm, chain);
        using var tool = new ExternalTool();
        tool.Put("leaf.pem", System.Text.Encoding.ASCII.GetBytes(leaf.ToPem()));
        tool.Put("issuing.pem", System.Text.Encoding.ASCII.GetBytes(issuing.ToPem()));
        tool.Put("chain.pem", System.Text.Encoding.ASCII.GetBytes(issuing.ToPem() + await Client.Http.GetStringAsync("/pki/roots.pem", Ct)));
        leaf.OcspUrls.ShouldBe([$"{shared.Service.Url}/pki/ca-issuing-{chain}/ocsp"]);

        (await AskAsync(tool, leaf)).ShouldContain("leaf.pem: good");
        (await Client.ClaimAsync(Company.Representative, seal, algorithm, "tablet")).Required();
        var after = await AskAsync(tool, leaf);
        after.ShouldContain("leaf.pem: revoked");
        after.ShouldContain("Reason: superseded");
    }

    [Theory]
    [InlineData("ecdsa-p256", "ecdsa")]
    [InlineData("sm2", "sm2")]
    public async Task An_answer_by_GET_can_be_cached_and_is_renewed_by_a_revocation(string algorithm, string chain)
    {
        var (seal, leaf, issuing) = await IssueAsync(algorithm, chain);
        using var first = await GetAsync(leaf, issuing);
        first.Content.Headers.ContentType!.MediaType.ShouldBe("application/ocsp-response");
        first.Headers.CacheControl!.Public.ShouldBeTrue();
        first.Headers.CacheControl.MaxAge.ShouldBe(TimeSpan.FromMinutes(5));
        first.Content.Headers.Expires.ShouldBe(first.Content.Headers.LastModified + TimeSpan.FromHours(1));
        var answer = await ReadAsync(first, issuing);
        answer.Statements.Single().Finding.ShouldBe(new RevocationFinding.Good());
        answer.Statements.Single().Certificate.Names(leaf, issuing).ShouldBeTrue();
        answer.Statements.Single().ThisUpdate.ShouldBe(first.Content.Headers.LastModified!.Value);

        using var again = await GetAsync(leaf, issuing);
        again.Headers.ETag.ShouldBe(first.Headers.ETag, "signed once");

        (await Client.ClaimAsync(Company.Representative, seal, algorithm, "tablet")).Required();
        using var after = await GetAsync(leaf, issuing);
        (await ReadAsync(after, issuing)).Statements.Single().Finding.ShouldBeOfType<RevocationFinding.Revoked>().Reason.ShouldBe(RevocationReason.Superseded);
    }

    [Fact]
    public async Task A_nonce_is_repeated_and_what_cannot_be_answered_is_refused_in_the_way_of_the_standard()
    {
        var (_, leaf, issuing) = await IssueAsync("ecdsa-p256", "ecdsa");
        byte[] nonce = [.. Enumerable.Range(0, 32).Select(number => (byte)number)];
        var answer = await PostAsync(OcspRequest.Create(OcspCertId.Of(leaf, issuing), nonce));
        answer.IsSignedFor(issuing).ShouldBeTrue();
        answer.Nonce!.Value.ToArray().ShouldBe(nonce);

        var stranger = await PostAsync(OcspRequest.Create(OcspCertId.Of(issuing, issuing), nonce));
        stranger.IsSignedFor(issuing).ShouldBeTrue();
        stranger.Statements.Single().Finding.ShouldBeOfType<RevocationFinding.Unknown>("a number that this authority never gave");

        (await PostAsync("nothing"u8.ToArray())).Status.ShouldBe(OcspResponseStatus.MalformedRequest);
        (await PostAsync(OcspRequest.Create(OcspCertId.Of(leaf, issuing), new byte[129]))).Status.ShouldBe(OcspResponseStatus.MalformedRequest);
        (await PostAsync(OcspRequest.Create(OcspCertId.Of(leaf, leaf), []))).Status.ShouldBe(OcspResponseStatus.Unauthorized);
        using var get = await Client.Http.GetAsync("/pki/ca-issuing-ecdsa/ocsp/@@@", Ct);
        OcspResponse.Parse(await get.Content.ReadAsByteArrayAsync(Ct)).Status.ShouldBe(OcspResponseStatus.MalformedRequest);
        (await Client.GetAsync(null, "/pki/none/ocsp/MAA")).ShouldBeRefused(404, "nothing-here");
    }

    private async Task<(string Seal, Certificate Leaf, Certificate Issuing)> IssueAsync(string algorithm, string chain)
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract", algorithm);
        var data = await Client.DownloadAsync(Company.Representative, $"/api/seals/{seal}/data");
        var issuing = Certificate.Parse(await Client.Http.GetByteArrayAsync($"/pki/ca-issuing-{chain}.cer", Ct));
        return (seal, Certificate.Parse(CertificateTests.SignersOf(data).Single()), issuing);
    }

    private async Task<string> AskAsync(ExternalTool tool, Certificate leaf)
    {
        var answer = await tool.RunAsync(
            "openssl", "ocsp", "-issuer", "issuing.pem", "-cert", "leaf.pem", "-url", leaf.OcspUrls.Single(), "-CAfile", "chain.pem", "-no-CApath",
            "-attime", $"{shared.Service.Clock.GetUtcNow().ToUnixTimeSeconds()}", "-validity_period", "86400"); // the service's clock may be ahead of the tool's
        var said = answer.Required() + answer.Errors;
        said.ShouldContain("Response verify OK");
        said.ShouldNotContain("nonce", Case.Insensitive);
        return said;
    }

    private Task<HttpResponseMessage> GetAsync(Certificate leaf, Certificate issuing) => Client.Http.GetAsync(
        $"{leaf.OcspUrls.Single()}/{Uri.EscapeDataString(Convert.ToBase64String(OcspRequest.Create(OcspCertId.Of(leaf, issuing), [])))}", Ct);

    private static async Task<OcspResponse> ReadAsync(HttpResponseMessage answer, Certificate issuing)
    {
        var read = OcspResponse.Parse(await answer.Content.ReadAsByteArrayAsync(Ct));
        read.IsSignedFor(issuing).ShouldBeTrue();
        return read;
    }

    private async Task<OcspResponse> PostAsync(byte[] request)
    {
        using var content = new ByteArrayContent(request);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/ocsp-request");
        using var answer = await Client.Http.PostAsync("/pki/ca-issuing-ecdsa/ocsp", content, Ct);
        return OcspResponse.Parse(await answer.Content.ReadAsByteArrayAsync(Ct));
    }
}
