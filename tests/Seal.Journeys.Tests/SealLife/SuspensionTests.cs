using Seal.Cryptography.Certificates;
using Seal.Journeys.Tests.IndependentTools;
using Seal.Testing;

namespace Seal.Journeys.Tests.SealLife;

/// <summary>A certificate is stopped and started again: in use, by OCSP, on the lists, and in the eyes of OpenSSL.</summary>
[Collection(ServiceAcrossYears.Name)]
public sealed class SuspensionTests(SharedService shared)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ApiClient Client => shared.Client;

    [Fact]
    public async Task A_suspended_certificate_signs_nothing_is_on_hold_everywhere_and_comes_back()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        var (id, leaf, issuing) = await CertificateOfAsync(seal);
        var document = await Client.UploadAsync(Company.Representative, SampleDocuments.Pdf());
        var before = await Client.SealedAsync(company, seal, SampleDocuments.Pdf());
        var first = await ListAsync("ca-issuing-ecdsa");

        (await GiveAsync("SuspendCertificate", id)).Required();
        (await company.SealAsync(seal, document)).ShouldBeRefused(409, "certificate-suspended");
        (await StateAsync(leaf, issuing)).ShouldBeOfType<RevocationFinding.Revoked>().Reason.ShouldBe(RevocationReason.CertificateHold);
        var held = await ListAsync("ca-issuing-ecdsa");
        held.Find(leaf)!.Reason.ShouldBe(RevocationReason.CertificateHold);
        var delta = await ListAsync("ca-issuing-ecdsa-delta");
        delta.BaseNumber!.Value.ShouldBeLessThanOrEqualTo(first.Number!.Value);
        delta.Find(leaf)!.Reason.ShouldBe(RevocationReason.CertificateHold);
        await Client.JudgedAsync(before, "active");

        (await GiveAsync("ReinstateCertificate", id)).Required();
        (await StateAsync(leaf, issuing)).ShouldBe(new RevocationFinding.Good());
        (await ListAsync("ca-issuing-ecdsa")).Find(leaf).ShouldBeNull();
        delta = await ListAsync("ca-issuing-ecdsa-delta");
        delta.Find(leaf)!.Reason.ShouldBe(RevocationReason.RemoveFromCrl);
        held.IsContinuedBy(delta).ShouldBeTrue("whoever has the list from before takes the certificate off it");
        (await company.SealAsync(seal, document)).Required();
        await Client.JudgedAsync(before, "active");
    }

    [Fact]
    public async Task A_certificate_revoked_while_it_was_suspended_counts_as_revoked_from_the_suspension_on()
    {
        var company = await Company.RegisterAsync(Client);
        var (id, leaf, issuing) = await CertificateOfAsync(await company.ClaimSealAsync("contract"));
        (await GiveAsync("SuspendCertificate", id)).Required();
        var since = (await StateAsync(leaf, issuing)).ShouldBeOfType<RevocationFinding.Revoked>().At;
        shared.Service.Clock.Advance(TimeSpan.FromMinutes(3));
        (await Client.GiveAsync("officer", "RevokeCertificate", id, new() { ["reason"] = "key-compromise" })).Required();
        (await StateAsync(leaf, issuing)).ShouldBe(new RevocationFinding.Revoked(since, RevocationReason.KeyCompromise));
        (await ListAsync("ca-issuing-ecdsa")).Find(leaf)!.RevokedAt.ShouldBe(since);
        (await GiveAsync("ReinstateCertificate", id)).ShouldBeRefused(409, "certificate-revoked");
    }

    [Fact]
    public async Task OpenSSL_sees_the_hold_and_the_end_of_it_by_the_delta()
    {
        var company = await Company.RegisterAsync(Client);
        var (id, leaf, issuing) = await CertificateOfAsync(await company.ClaimSealAsync("contract"));
        using var tool = new ExternalTool();
        tool.Put("leaf.pem", System.Text.Encoding.ASCII.GetBytes(leaf.ToPem()));
        tool.Put("issuing.pem", System.Text.Encoding.ASCII.GetBytes(issuing.ToPem()));
        (await GiveAsync("SuspendCertificate", id)).Required();
        tool.Put("complete.crl", (await ListAsync("ca-issuing-ecdsa")).RawData.ToArray());
        (await VerifyAsync(tool, "complete")).ShouldContain("certificate revoked");
        (await GiveAsync("ReinstateCertificate", id)).Required();
        tool.Put("delta.crl", (await ListAsync("ca-issuing-ecdsa-delta")).RawData.ToArray());
        (await VerifyAsync(tool, "complete", "delta")).ShouldContain("leaf.pem: OK");
    }

    [Fact]
    public async Task A_list_is_the_same_until_something_changes_and_need_not_be_sent_twice()
    {
        using var first = await Client.Http.GetAsync("/pki/ca-issuing-rsa.crl", Ct);
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/pki/ca-issuing-rsa.crl");
        asked.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var again = await Client.Http.SendAsync(asked, Ct);
        again.StatusCode.ShouldBe(System.Net.HttpStatusCode.NotModified);
    }

    private Task<Answer> GiveAsync(string command, string id) => Client.GiveAsync(Company.Representative, command, id, new() { ["reason"] = "手机遗失，待核实" });

    private async Task<(string Id, Certificate Leaf, Certificate Issuing)> CertificateOfAsync(string seal)
    {
        var leaf = Certificate.Parse(CertificateTests.SignersOf(await Client.DownloadAsync(Company.Representative, $"/api/seals/{seal}/data")).Single());
        return (Convert.ToHexStringLower(leaf.SerialNumber.Span), leaf, Certificate.Parse(await Client.Http.GetByteArrayAsync("/pki/ca-issuing-ecdsa.cer", Ct)));
    }

    private async Task<Crl> ListAsync(string name) => Crl.Parse(await Client.Http.GetByteArrayAsync($"/pki/{name}.crl", Ct));

    private async Task<RevocationFinding> StateAsync(Certificate leaf, Certificate issuing)
    {
        var request = Uri.EscapeDataString(Convert.ToBase64String(OcspRequest.Create(OcspCertId.Of(leaf, issuing), [])));
        var answer = OcspResponse.Parse(await Client.Http.GetByteArrayAsync($"{leaf.OcspUrls.Single()}/{request}", Ct));
        answer.IsSignedFor(issuing).ShouldBeTrue();
        return answer.Statements.Single().Finding;
    }

    private async Task<string> VerifyAsync(ExternalTool tool, params string[] lists)
    {
        List<string> arguments = ["verify", "-partial_chain", "-trusted", "issuing.pem", "-crl_check", "-attime", $"{shared.Service.Clock.GetUtcNow().AddSeconds(1).ToUnixTimeSeconds()}"];
        foreach (var list in lists)
        {
            (await tool.RunAsync("openssl", "crl", "-inform", "DER", "-in", $"{list}.crl", "-out", $"{list}.pem")).Required();
            arguments.AddRange(["-CRLfile", $"{list}.pem"]);
        }

        if (lists.Length > 1)
        {
            arguments.Insert(1, "-use_deltas");
            arguments.Insert(1, "-extended_crl");
        }

        var answer = await tool.RunAsync("openssl", [.. arguments, "leaf.pem"]);
        return answer.Output + answer.Errors;
    }
}
