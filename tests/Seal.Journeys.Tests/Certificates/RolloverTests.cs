using Npgsql;
using Seal.Cryptography.Certificates;
using Seal.Journeys.Tests.IndependentTools;
using Seal.Testing;

namespace Seal.Journeys.Tests.Certificates;

/// <summary>Another issuing authority, and another root: what was issued before holds, and whoever trusts only the former root can follow.</summary>
public sealed class RolloverTests : IAsyncLifetime
{
    private readonly string _folder = TestFolder.Create();
    private RunningService _service = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ApiClient Client => _service.Client;

    public async ValueTask InitializeAsync() => _service = await RunningService.OpenAsync(_folder);

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("ecdsa-p256", "ecdsa")]
    [InlineData("rsa2048", "rsa")]
    public async Task A_new_root_and_issuer_take_over_and_the_former_ones_go_on_for_what_they_issued(string algorithm, string chain)
    {
        var company = await Company.RegisterAsync(Client);
        var former = await company.ClaimSealAsync("contract", algorithm);
        var formerLeaf = await LeafAsync(former);
        var sealedBefore = await Client.SealedAsync(company, former, SampleDocuments.Pdf());

        (await Client.GiveAsync("administrator", "RollIssuer", algorithm, new() { ["root"] = true })).Required();
        var seal = await company.ClaimSealAsync("finance", algorithm);
        var leaf = await LeafAsync(seal);
        var issuing = await CertificateAsync($"ca-issuing-{chain}-2");
        leaf.IsSignedBy(issuing).ShouldBeTrue();
        leaf.CrlDistributionPoints.Single().ShouldEndWith($"/ca-issuing-{chain}-2.crl");
        using var tool = new ExternalTool();
        foreach (var (name, certificate) in new[] { ("leaf", leaf), ("issuing", issuing), ("cross", await CertificateAsync($"ca-root-{chain}-2-cross")), ("former-root", await CertificateAsync($"ca-root-{chain}")), ("root", await CertificateAsync($"ca-root-{chain}-2")) })
        {
            tool.Put($"{name}.pem", System.Text.Encoding.ASCII.GetBytes(certificate.ToPem()));
        }

        (await tool.RunAsync("openssl", "verify", "-CAfile", "root.pem", "-untrusted", "issuing.pem", "leaf.pem")).Required().ShouldContain("leaf.pem: OK");
        tool.Put("chain.pem", [.. tool.Take("issuing.pem"), .. tool.Take("cross.pem")]);
        (await tool.RunAsync("openssl", "verify", "-CAfile", "former-root.pem", "-untrusted", "chain.pem", "leaf.pem")).Required().ShouldContain("leaf.pem: OK");

        await Client.JudgedAsync(sealedBefore, "active");
        await Client.JudgedAsync(await Client.SealedAsync(company, seal, SampleDocuments.Pdf()), "active");
        (await StateAsync(formerLeaf, $"ca-issuing-{chain}")).ShouldBe(new RevocationFinding.Good());
        (await StateAsync(leaf, $"ca-issuing-{chain}-2")).ShouldBe(new RevocationFinding.Good());

        (await RevokeAsync(formerLeaf)).Required();
        (await RevokeAsync(leaf)).Required();
        (await ListAsync($"ca-issuing-{chain}")).Entries.Select(entry => Convert.ToHexString(entry.SerialNumber.Span)).ShouldBe([Convert.ToHexString(formerLeaf.SerialNumber.Span)]);
        (await ListAsync($"ca-issuing-{chain}-2")).Entries.Select(entry => Convert.ToHexString(entry.SerialNumber.Span)).ShouldBe([Convert.ToHexString(leaf.SerialNumber.Span)]);
        (await StateAsync(formerLeaf, $"ca-issuing-{chain}")).ShouldBeOfType<RevocationFinding.Revoked>();

        // The service that starts again has it from the ledger.
        await _service.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        _service = await RunningService.OpenAsync(_folder);
        (await CertificateAsync($"ca-issuing-{chain}-2")).SubjectPublicKeyInfo.Span.SequenceEqual(issuing.SubjectPublicKeyInfo.Span).ShouldBeTrue();
        company = Company.Known(Client, company.Uscc);
        (await LeafAsync(await company.ClaimSealAsync("legal-representative", algorithm))).IsSignedBy(issuing).ShouldBeTrue();
        await Client.JudgedAsync(sealedBefore, "active");
    }

    [Fact]
    public async Task An_issuer_alone_is_followed_under_the_same_root()
    {
        (await Client.GiveAsync("administrator", "RollIssuer", "sm2", [])).Required();
        var issuing = await CertificateAsync("ca-issuing-sm2-2");
        issuing.IsSignedBy(await CertificateAsync("ca-root-sm2")).ShouldBeTrue();
        (await Client.GiveAsync("administrator", "RollIssuer", "sm2", [])).Required();
        (await CertificateAsync("ca-issuing-sm2-3")).Subject.ShouldNotBe(issuing.Subject);
        (await Client.GetAsync(null, "/pki/ca-root-sm2-2.cer")).ShouldBeRefused(404, "nothing-here");
        (await Client.Http.GetStringAsync("/pki/roots.pem", Ct)).Split("BEGIN CERTIFICATE").Length.ShouldBe(1 + 3, "three roots, as before");
    }

    private async Task<Certificate> LeafAsync(string seal) => Certificate.Parse(CertificateTests.SignersOf(await Client.DownloadAsync(Company.Representative, $"/api/seals/{seal}/data")).Single());

    private async Task<Certificate> CertificateAsync(string name) => Certificate.Parse(await Client.Http.GetByteArrayAsync($"/pki/{name}.cer", Ct));

    private async Task<Crl> ListAsync(string name) => Crl.Parse(await Client.Http.GetByteArrayAsync($"/pki/{name}.crl", Ct));

    private Task<Answer> RevokeAsync(Certificate certificate) =>
        Client.GiveAsync("officer", "RevokeCertificate", Convert.ToHexStringLower(certificate.SerialNumber.Span), new() { ["reason"] = "superseded" });

    private async Task<RevocationFinding> StateAsync(Certificate leaf, string issuer)
    {
        var issuing = await CertificateAsync(issuer);
        var request = Uri.EscapeDataString(Convert.ToBase64String(OcspRequest.Create(OcspCertId.Of(leaf, issuing), [])));
        var answer = OcspResponse.Parse(await Client.Http.GetByteArrayAsync($"{leaf.OcspUrls.Single()}/{request}", Ct));
        answer.IsSignedFor(issuing).ShouldBeTrue();
        return answer.Statements.Single().Finding;
    }
}
