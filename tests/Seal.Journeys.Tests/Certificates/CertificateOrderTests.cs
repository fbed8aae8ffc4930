using System.Text.Json.Nodes;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Testing;

namespace Seal.Journeys.Tests.Certificates;

/// <summary>An order for a certificate from the key to the medium, with OpenSSL on both ends.</summary>
[Collection(ServiceAcrossYears.Name)]
public sealed class CertificateOrderTests(SharedService shared)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ApiClient Client => shared.Client;

    [Theory]
    [InlineData("rsa", "rsa:2048")]
    [InlineData("ecdsa", "ec", "-pkeyopt", "ec_paramgen_curve:P-256")]
    public async Task A_key_made_by_OpenSSL_gets_a_certificate_that_OpenSSL_verifies(string chain, string key, params string[] options)
    {
        using var tool = new ExternalTool();
        (await tool.RunAsync("openssl", ["req", "-new", "-newkey", key, .. options, "-nodes", "-keyout", "key.pem", "-subj", "/CN=me", "-outform", "DER", "-out", "request.der"])).Required();
        var company = await Company.RegisterAsync(Client);
        var papers = await Client.PapersAsync();
        var order = (await Client.GiveAsync(Company.Representative, "RequestCertificate", null, new JsonObject
        {
            ["organisation"] = company.Uscc,
            ["business"] = "new",
            ["kind"] = "organisation",
            ["authority"] = "embedded",
            ["materials"] = papers,
            ["request"] = Convert.ToBase64String(tool.Take("request.der")),
        })).Required().Id;
        var submitted = await shared.SeeAsync(Company.Representative, $"/api/certificate-orders/{order}");
        submitted["state"]!["reviewBy"]!.GetValue<DateTimeOffset>().ShouldBeGreaterThan(shared.Service.Clock.GetUtcNow());
        var digest = submitted["state"]!["materials"]![1]!["digest"]!.GetValue<string>();
        (await Client.DownloadAsync("officer", $"/api/certificate-orders/{order}/materials/{digest}")).ShouldBe("scan of business-licence"u8.ToArray());
        (await Client.GetAsync("zhao-lei", $"/api/certificate-orders/{order}/materials/{digest}")).ShouldBeRefused(403, "not-permitted");
        (await Client.GetAsync("zhao-lei", $"/api/certificate-orders/{order}")).ShouldBeRefused(403, "not-permitted");

        (await Client.OfficerAsync("ApproveCertificateOrder", order)).Required();
        (await Client.OfficerAsync("IssueCertificateOrder", order)).Required();
        (await Client.OfficerAsync("DeliverCertificateOrder", order, new() { ["way"] = "download" })).Required();
        var certificate = await Client.CertificateAsync(order);
        tool.Put("leaf.pem", System.Text.Encoding.ASCII.GetBytes(certificate.ToPem()));
        tool.Put("issuing.pem", System.Text.Encoding.ASCII.GetBytes((await IssuingAsync(chain)).ToPem()));
        (await tool.RunAsync("openssl", "verify", "-partial_chain", "-trusted", "issuing.pem", "-attime", $"{shared.Service.Clock.GetUtcNow().ToUnixTimeSeconds()}", "leaf.pem"))
            .Required().ShouldContain("leaf.pem: OK");
        (await tool.RunAsync("openssl", "x509", "-in", "leaf.pem", "-noout", "-pubkey")).Required()
            .ShouldBe((await tool.RunAsync("openssl", "pkey", "-in", "key.pem", "-pubout")).Required());
        (await StateAsync(certificate, chain)).ShouldBe(new RevocationFinding.Good());
    }

    [Fact]
    public async Task A_certificate_on_a_lost_medium_is_stopped_at_once_and_revoked_with_its_replacement()
    {
        using var key = SoftwareKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        var company = await Company.RegisterAsync(Client);
        var (id, first) = await IssuedAsync(company, key);
        using var another = SoftwareKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        var lost = await Client.ApprovedAsync(company, another, body => (body["business"], body["certificate"]) = ("lost-medium", id));
        (await StateAsync(first, "ecdsa")).ShouldBeOfType<RevocationFinding.Revoked>().Reason.ShouldBe(RevocationReason.CertificateHold);
        (await Client.OfficerAsync("IssueCertificateOrder", lost)).Required();
        (await StateAsync(first, "ecdsa")).ShouldBeOfType<RevocationFinding.Revoked>().Reason.ShouldBe(RevocationReason.KeyCompromise);
        (await StateAsync(await Client.CertificateAsync(lost), "ecdsa")).ShouldBe(new RevocationFinding.Good());
    }

    [Fact]
    public async Task A_key_that_somebody_else_may_have_is_certified_for_nobody_again()
    {
        using var key = SoftwareKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        var company = await Company.RegisterAsync(Client);
        var (id, _) = await IssuedAsync(company, key);
        var waiting = await Client.ApprovedAsync(company, key);
        var lost = await Client.ApprovedAsync(company, key, body => (body["business"], body["certificate"]) = ("lost-medium", id));
        (await Client.OfficerAsync("IssueCertificateOrder", lost)).ShouldBeRefused(422, "request-key-compromised", "request");

        (await Client.GiveAsync("officer", "RevokeCertificate", id, new() { ["reason"] = "key-compromise" })).Required();
        (await Client.OfficerAsync("IssueCertificateOrder", waiting)).ShouldBeRefused(422, "request-key-compromised", "request");
        (await Client.OrderAsync(company, key)).ShouldBeRefused(422, "request-key-compromised", "request");
        (await Client.OrderAsync(await Company.RegisterAsync(Client), key)).ShouldBeRefused(422, "request-key-compromised", "request");
        using var fresh = SoftwareKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        (await Client.OrderAsync(company, fresh)).Required();
    }

    [Fact]
    public async Task A_certificate_is_renewed_before_its_end_and_after_it()
    {
        using var key = SoftwareKey.Generate(SignatureAlgorithm.Sm2Sm3);
        var company = await Company.RegisterAsync(Client);
        var (id, first) = await IssuedAsync(company, key);
        shared.Service.Clock.Advance(TimeSpan.FromDays(300));
        Client.SignOut();
        var renewal = await Client.ApprovedAsync(company, key, body => (body["business"], body["certificate"]) = ("renewal", id));
        (await Client.OfficerAsync("IssueCertificateOrder", renewal)).Required();
        var second = await Client.CertificateAsync(renewal);
        second.NotAfter.ShouldBe(first.NotAfter.AddYears(1));
        second.SubjectPublicKeyInfo.Span.SequenceEqual(first.SubjectPublicKeyInfo.Span).ShouldBeTrue();
        (await StateAsync(first, "sm2")).ShouldBe(new RevocationFinding.Good());

        shared.Service.Clock.Advance(second.NotAfter - shared.Service.Clock.GetUtcNow() + TimeSpan.FromDays(1));
        Client.SignOut();
        var late = await Client.ApprovedAsync(company, key, body => (body["business"], body["certificate"]) = ("renewal", Convert.ToHexStringLower(second.SerialNumber.Span)));
        (await Client.OfficerAsync("IssueCertificateOrder", late)).Required();
        (await Client.CertificateAsync(late)).NotAfter.ShouldBe(shared.Service.Clock.GetUtcNow().AddYears(1), TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task A_person_in_a_certificate_is_named_by_the_vault_and_in_no_event()
    {
        using var key = SoftwareKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        var company = await Company.RegisterAsync(Client);
        var person = await Client.PersonAsync("wang-fang");
        var papers = await Client.PapersAsync("applicant-identity");
        var order = await Client.ApprovedAsync(company, key, body => (body["kind"], body["person"], body["materials"]) = ("organisation-individual", person, papers));
        (await Client.OfficerAsync("IssueCertificateOrder", order)).Required();
        var certificate = await Client.CertificateAsync(order);
        certificate.Subject.Find(NameAttributeTypes.SerialNumber).ShouldBe(person);
        certificate.Subject.CommonName.ShouldNotBe(person);
        var bodies = (await shared.Ledger.ReadAllAsync(0, null, Ct).ToListAsync(Ct)).Select(recorded => System.Text.Encoding.UTF8.GetString(recorded.Body.Span)).ToList();
        bodies.ShouldAllBe(body => !body.Contains(certificate.Subject.CommonName!, StringComparison.Ordinal));
    }

    private async Task<(string Id, Certificate Certificate)> IssuedAsync(Company company, ISigner key)
    {
        var order = await Client.ApprovedAsync(company, key);
        (await Client.OfficerAsync("IssueCertificateOrder", order)).Required();
        var certificate = await Client.CertificateAsync(order);
        return (Convert.ToHexStringLower(certificate.SerialNumber.Span), certificate);
    }

    private async Task<Certificate> IssuingAsync(string chain) => Certificate.Parse(await Client.Http.GetByteArrayAsync($"/pki/ca-issuing-{chain}.cer", Ct));

    private async Task<RevocationFinding> StateAsync(Certificate leaf, string chain)
    {
        var issuing = await IssuingAsync(chain);
        var request = Uri.EscapeDataString(Convert.ToBase64String(OcspRequest.Create(OcspCertId.Of(leaf, issuing), [])));
        return OcspResponse.Parse(await Client.Http.GetByteArrayAsync($"{leaf.OcspUrls.Single()}/{request}", Ct)).Statements.Single().Finding;
    }
}
