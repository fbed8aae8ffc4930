using System.Text;
using System.Text.Json.Nodes;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Testing;

namespace Seal.Journeys.Tests.Certificates;

/// <summary>Pairs of a signing and an encryption certificate, and certificates that persons order for themselves.</summary>
[Collection(OneService.Name)]
public sealed class CertificatePairTests(SharedService shared)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ApiClient Client => shared.Client;

    [Fact]
    public async Task The_encryption_key_of_a_pair_reaches_nobody_but_the_holder_of_the_signing_key_and_is_there_again_on_a_new_medium()
    {
        using var key = SoftwareKey.Generate(SignatureAlgorithm.Sm2Sm3);
        var company = await Company.RegisterAsync(Client);
        var order = await Client.ApprovedAsync(company, key, body => body["kind"] = "organisation-pair");
        (await Client.OfficerAsync("IssueCertificateOrder", order)).Required();
        var signing = Serial(await Client.CertificateAsync(order));
        var encryption = (await StateAsync(signing))["pair"]!.GetValue<string>();
        var certificate = Certificate.Parse(await Client.DownloadAsync(Company.Representative, $"/api/certificates/{encryption}/file"));

        using var tool = new ExternalTool();
        tool.Put("encryption.pem", Encoding.ASCII.GetBytes(certificate.ToPem()));
        var shown = (await tool.RunAsync("openssl", "x509", "-in", "encryption.pem", "-noout", "-text")).Required();
        shown.ShouldContain("Key Encipherment, Data Encipherment, Key Agreement");
        shown.ShouldNotContain("Digital Signature");
        using var handed = Sm2EnvelopedKey.Open(await Client.DownloadAsync(Company.Representative, $"/api/certificates/{encryption}/encryption-key"), key);
        handed.SubjectPublicKeyInfo.Span.SequenceEqual(certificate.SubjectPublicKeyInfo.Span).ShouldBeTrue();
        (await Client.DownloadAsync(Company.Representative, $"/api/certificates/{encryption}/encryption-key?format=skf")).Length.ShouldBe(388);
        foreach (var other in new[] { "officer", "zhao-lei", "administrator" })
        {
            (await Client.GetAsync(other, $"/api/certificates/{encryption}/encryption-key")).ShouldBeRefused(403, "not-permitted");
        }

        (await Client.GetAsync(Company.Representative, $"/api/certificates/{signing}/encryption-key")).ShouldBeRefused(404, "nothing-here");
        (await Client.GetAsync(Company.Representative, $"/api/certificates/{encryption}/encryption-key?format=pem")).ShouldBeRefused(400, "invalid-parameter", "format");

        using var another = SoftwareKey.Generate(SignatureAlgorithm.Sm2Sm3);
        var lost = await Client.ApprovedAsync(company, another, body => (body["kind"], body["business"], body["certificate"]) = ("organisation-pair", "lost-medium", signing));
        (await Client.OfficerAsync("IssueCertificateOrder", lost)).Required();
        var anew = Serial(await Client.CertificateAsync(lost));
        using var recovered = Sm2EnvelopedKey.Open(await Client.DownloadAsync(Company.Representative, $"/api/certificates/{encryption}/encryption-key?for={anew}"), another);
        recovered.SubjectPublicKeyInfo.Span.SequenceEqual(certificate.SubjectPublicKeyInfo.Span).ShouldBeTrue();
        (await Client.GetAsync(Company.Representative, $"/api/certificates/{encryption}/encryption-key")).ShouldBeRefused(409, "signing-certificate-not-active", "for");
        (await Client.GiveAsync(Company.Representative, "SuspendCertificate", anew, new() { ["reason"] = "being looked for" })).Required();
        (await Client.GetAsync(Company.Representative, $"/api/certificates/{encryption}/encryption-key?for={anew}")).ShouldBeRefused(409, "signing-certificate-not-active", "for");
        (await Client.GiveAsync(Company.Representative, "ReinstateCertificate", anew, new() { ["reason"] = "found again" })).Required();
        (await StateAsync(encryption))["status"]!.GetValue<string>().ShouldBe("revoked");
        var list = Crl.Parse(await Client.Http.GetByteArrayAsync("/pki/ca-issuing-sm2.crl", Ct));
        list.Entries.Select(entry => Convert.ToHexStringLower(entry.SerialNumber.Span)).ShouldContain(encryption);
        (await Client.OrderAsync(company, another, body => (body["kind"], body["business"], body["certificate"]) = ("organisation-pair", "renewal", anew)))
            .ShouldBeRefused(409, "certificate-renewal-too-early", "certificate");
    }

    [Fact]
    public async Task What_a_person_orders_for_themselves_nobody_else_sees_or_stops_but_the_officer()
    {
        using var key = SoftwareKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        var person = await Client.PersonAsync("wang-fang");
        JsonArray papers = [];
        foreach (var kind in new[] { "application-form", "applicant-identity" })
        {
            papers.Add(new JsonObject { ["kind"] = kind, ["document"] = await Client.UploadAsync("wang-fang", Encoding.UTF8.GetBytes($"scan of {kind}")) });
        }

        JsonObject body = new()
        {
            ["business"] = "new",
            ["kind"] = "personal",
            ["authority"] = "embedded",
            ["materials"] = papers,
            ["request"] = OrderSteps.RequestOf(key),
            ["person"] = person,
        };
        (await Client.GiveAsync("zhao-lei", "RequestCertificate", null, body.DeepClone().AsObject())).ShouldBeRefused(403, "not-permitted");
        var order = (await Client.GiveAsync("wang-fang", "RequestCertificate", null, body)).Required().Id;
        (await Client.GetAsync("zhao-lei", $"/api/certificate-orders/{order}")).ShouldBeRefused(403, "not-permitted");
        (await shared.SeeAsync("wang-fang", $"/api/certificate-orders?person={person}"))["items"]!.AsArray().Select(item => item!["id"]!.GetValue<string>()).ShouldContain(order);
        (await Client.GetAsync("zhao-lei", $"/api/certificate-orders?person={person}")).ShouldBeRefused(403, "not-permitted");

        (await Client.OfficerAsync("ApproveCertificateOrder", order)).Required();
        (await Client.OfficerAsync("IssueCertificateOrder", order)).Required();
        var issued = (await shared.SeeAsync("wang-fang", $"/api/certificate-orders/{order}")).StateText("issued");
        var certificate = Certificate.Parse(await Client.DownloadAsync("wang-fang", $"/api/certificates/{issued}/file"));
        certificate.Subject.Find(NameAttributeTypes.SerialNumber).ShouldBe(person);
        certificate.Subject.Organization.ShouldBeNull();
        (await Client.GetAsync("zhao-lei", $"/api/certificates/{issued}/file")).ShouldBeRefused(403, "not-permitted");
        (await Client.GiveAsync("zhao-lei", "RevokeCertificate", issued, new() { ["reason"] = "superseded" })).ShouldBeRefused(403, "not-permitted");
        (await Client.GiveAsync("wang-fang", "RevokeCertificate", issued, new() { ["reason"] = "superseded" })).Required();
    }

    private async Task<JsonObject> StateAsync(string certificate) => (await shared.SeeAsync(Company.Representative, $"/api/certificates/{certificate}"))["state"]!.AsObject();

    private static string Serial(Certificate certificate) => Convert.ToHexStringLower(certificate.SerialNumber.Span);
}
