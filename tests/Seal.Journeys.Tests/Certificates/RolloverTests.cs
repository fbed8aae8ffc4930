using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Timestamps;
using Seal.Documents.Ses;
using Seal.Journeys.Tests.IndependentTools;
using Seal.Service.Keys;
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

    [Fact]
    public async Task Seals_and_time_stamps_go_over_to_the_new_generation_and_what_was_made_under_the_former_one_holds()
    {
        var company = await Company.RegisterAsync(Client);
        var former = await company.ClaimSealAsync("contract", "sm2");
        var (formerMaker, formerUnit) = (await MakerAsync(former), await UnitAsync());
        formerMaker.IsSignedBy(await CertificateAsync("ca-issuing-sm2")).ShouldBeTrue();
        var sealedBefore = await Client.SealedAsync(company, former, SampleDocuments.Pdf());

        (await Client.GiveAsync("administrator", "RollIssuer", "sm2", new() { ["root"] = true })).Required();
        (await Client.GiveAsync("administrator", "RollIssuer", "ecdsa-p256", new() { ["root"] = true })).Required();
        var seal = await company.ClaimSealAsync("finance", "sm2");
        var (maker, unit) = (await MakerAsync(seal), await UnitAsync());
        maker.IsSignedBy(await CertificateAsync("ca-issuing-sm2-2")).ShouldBeTrue();
        maker.SubjectPublicKeyInfo.Span.SequenceEqual(formerMaker.SubjectPublicKeyInfo.Span).ShouldBeFalse("each generation has a key of its own");
        unit.IsSignedBy(await CertificateAsync("ca-issuing-ecdsa-2")).ShouldBeTrue();
        await Client.JudgedAsync(sealedBefore, "active");
        await Client.JudgedAsync(await Client.SealedAsync(company, seal, SampleDocuments.Pdf()), "active");
        foreach (var (own, issuer) in new[] { (formerMaker, "ca-issuing-sm2"), (maker, "ca-issuing-sm2-2"), (formerUnit, "ca-issuing-ecdsa"), (unit, "ca-issuing-ecdsa-2") })
        {
            (await StateAsync(own, issuer)).ShouldBe(new RevocationFinding.Good(), $"{own}");
        }

        var materials = _service.Services.GetRequiredService<SealMakers>();
        (await materials.AllAsync(Ct)).Select(one => one.Certificate).ShouldBe([formerMaker, maker], "both go into evidence");
    }

    [Fact]
    public async Task An_issuing_authority_that_its_root_revokes_issues_and_signs_nothing_more_until_another_follows()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract", "rsa2048");
        var leaf = await LeafAsync(seal);
        var sealedBefore = await Client.SealedAsync(company, seal, SampleDocuments.Pdf());
        var (root, issuing) = (await CertificateAsync("ca-root-rsa"), await CertificateAsync("ca-issuing-rsa"));
        await JudgedAsync(PathStatus.Ok);

        (await Client.GiveAsync("administrator", "OrderIssuerRevocation", "rsa2048", new() { ["generation"] = 1, ["reason"] = "key-compromise" })).Required();
        await JudgedAsync(PathStatus.Ok);
        (await Client.GiveAsync("administrator", "RevokeIssuer", "rsa2048", new() { ["generation"] = 1 })).ShouldBeRefused(403, "revocation-of-oneself");
        (await Client.GiveAsync("officer", "RevokeIssuer", "rsa2048", new() { ["generation"] = 1 })).Required();

        var entry = (await ListAsync("ca-root-rsa")).Entries.ShouldHaveSingleItem();
        entry.SerialNumber.Span.SequenceEqual(issuing.SerialNumber.Span).ShouldBeTrue();
        entry.Reason.ShouldBe(RevocationReason.KeyCompromise);
        _service.Clock.Advance(TimeSpan.FromMinutes(2));
        await JudgedAsync(PathStatus.Revoked);
        using var tool = new ExternalTool();
        tool.Put("leaf.pem", System.Text.Encoding.ASCII.GetBytes(leaf.ToPem()));
        tool.Put("chain.pem", System.Text.Encoding.ASCII.GetBytes(issuing.ToPem()));
        tool.Put("root.pem", System.Text.Encoding.ASCII.GetBytes(root.ToPem()));
        tool.Put("root.crl", (await ListAsync("ca-root-rsa")).RawData.ToArray());
        tool.Put("issuing.crl", (await ListAsync("ca-issuing-rsa")).RawData.ToArray());
        foreach (var name in new[] { "root", "issuing" })
        {
            (await tool.RunAsync("openssl", "crl", "-inform", "DER", "-in", $"{name}.crl", "-out", $"{name}.crl.pem")).Required();
        }

        (await tool.RunAsync("openssl", "crl", "-in", "root.crl.pem", "-CAfile", "root.pem", "-noout")).Required();
        tool.Put("lists.pem", [.. tool.Take("root.crl.pem"), .. tool.Take("issuing.crl.pem")]);
        var refused = await tool.RunAsync("openssl", "verify", "-crl_check_all", "-CAfile", "root.pem", "-CRLfile", "lists.pem", "-untrusted", "chain.pem", "leaf.pem");
        refused.ExitCode.ShouldNotBe(0);
        (refused.Output + refused.Errors).ShouldContain("certificate revoked");

        (await company.SealAsync(seal, await Client.UploadAsync(Company.Representative, SampleDocuments.Pdf()))).ShouldBeRefused(409, "issuer-revoked");
        (await Client.ClaimAsync(Company.Representative, await company.IssueSealAsync("finance"), "rsa2048")).ShouldBeRefused(409, "issuer-revoked");
        await Client.JudgedAsync(sealedBefore, "active");

        (await Client.GiveAsync("administrator", "RollIssuer", "rsa2048", [])).Required();
        var next = await company.ClaimSealAsync("legal-representative", "rsa2048");
        (await LeafAsync(next)).IsSignedBy(await CertificateAsync("ca-issuing-rsa-2")).ShouldBeTrue();
        await Client.JudgedAsync(await Client.SealedAsync(company, next, SampleDocuments.Pdf()), "active");
        (await ListAsync("ca-root-rsa")).Entries.Count.ShouldBe(1, "the former one stays revoked");

        async Task JudgedAsync(PathStatus expected)
        {
            CrlEvidence lists = new([await ListAsync("ca-root-rsa"), await ListAsync("ca-issuing-rsa")]);
            PathValidation.Validate(leaf, [issuing], [root], _service.Clock.GetUtcNow(), KeyPurpose.Any, lists).Status.ShouldBe(expected);
        }
    }

    [Fact]
    public async Task A_time_stamp_unit_whose_authority_is_revoked_stamps_nothing_until_another_follows()
    {
        var former = await UnitAsync();
        (await Client.GiveAsync("administrator", "OrderIssuerRevocation", "ecdsa-p256", new() { ["generation"] = 1, ["reason"] = "key-compromise" })).Required();
        (await StampAsync()).Token.ShouldNotBeNull("an order alone stops nothing");
        (await Client.GiveAsync("officer", "RevokeIssuer", "ecdsa-p256", new() { ["generation"] = 1 })).Required();

        // Every process looks once a second.
        await Waiting.UntilAsync(async () => (await StampAsync()).Token is null);
        var refused = await StampAsync();
        refused.Failure.ShouldBe(TimestampFailure.SystemFailure);
        refused.Text.ShouldContain("revoked");
        await Should.ThrowAsync<TimestampException>(
            _service.Services.GetRequiredService<ITimestampSource>().StampAsync(DigestAlgorithm.Sha256, new byte[32], Ct).AsTask());

        (await Client.GiveAsync("administrator", "RollIssuer", "ecdsa-p256", [])).Required();
        await Waiting.UntilAsync(async () => (await StampAsync()).Token is not null);
        var unit = await UnitAsync();
        unit.IsSignedBy(await CertificateAsync("ca-issuing-ecdsa-2")).ShouldBeTrue();
        unit.SubjectPublicKeyInfo.Span.SequenceEqual(former.SubjectPublicKeyInfo.Span).ShouldBeFalse("what was certified by a revoked authority stamps no more");
    }

    private async Task<Certificate> MakerAsync(string seal) =>
        Certificate.Parse(SesSealData.Parse(await Client.DownloadAsync(Company.Representative, $"/api/seals/{seal}/data")).MakerCertificate);

    private async Task<Certificate> UnitAsync() => (await StampAsync()).Token!.Certificate!;

    private async Task<TimestampResponse> StampAsync()
    {
        using ByteArrayContent query = new(TimestampRequest.Create(DigestAlgorithm.Sha256, new byte[32], [1, 2, 3, 4, 5, 6, 7, 8]).RawData.ToArray());
        query.Headers.ContentType = new("application/timestamp-query");
        using var answer = await Client.Http.PostAsync("/timestamps", query, Ct);
        return TimestampResponse.Parse(await answer.Content.ReadAsByteArrayAsync(Ct));
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
