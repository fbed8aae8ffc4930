using System.Text.Json.Nodes;
using Seal.Testing;
using static Seal.Testing.Company;

namespace Seal.Journeys.Tests.SealLife;

/// <summary>Documents that are to last longer than the certificates that prove them.</summary>
[Collection(OneService.Name)]
public sealed class RenewalTests(SharedService shared)
{
    [Theory]
    [InlineData("rsa2048")]
    [InlineData("ecdsa-p256")]
    public async Task A_document_renewed_twice_keeps_its_bytes_and_every_signature(string algorithm)
    {
        var company = await Company.RegisterAsync(shared.Client);
        var seal = await company.ClaimSealAsync("contract", algorithm);
        var (signing, document) = await SealAsync(company, seal, SampleDocuments.Pdf(pages: 2));
        var (_, countersigned) = await SealAsync(company, await company.ClaimSealAsync("finance"), document);
        using var tool = new ExternalTool();
        var renewed = countersigned;
        foreach (var stamps in new[] { 1, 2 })
        {
            var before = renewed;
            renewed = await RenewAsync(signing, before);
            renewed.AsSpan().StartsWith(before).ShouldBeTrue("earlier bytes were touched");

            tool.Put("renewed.pdf", renewed);
            var said = (await tool.RunAsync("pdfsig", "-nocert", "renewed.pdf")).Output;
            said.Split("Signature is Valid.").Length.ShouldBe(3, said);
            said.ShouldContain($"Signature #{2 + stamps}:");
            (await tool.RunAsync("qpdf", "--check", "renewed.pdf")).Required().ShouldContain("No syntax or stream encoding errors found");

            var judged = (await shared.Client.VerifyAsync(renewed)).Required();
            judged.Text("verdict").ShouldBe("TOTAL_PASSED", judged.Body.ToJsonString());
            judged.Body["signatures"]!.AsArray().Select(signature => signature!["kind"]!.GetValue<string>())
                .ShouldBe(["cms", "cms", .. Enumerable.Repeat("document-timestamp", stamps)]);
            judged.Body["signatures"]!.AsArray()[0]!["seal"]!["stateAtSigning"]!.GetValue<string>().ShouldBe("active");
        }
    }

    [Fact]
    public async Task An_altered_renewal_is_found_out_and_not_renewed()
    {
        var company = await Company.RegisterAsync(shared.Client);
        var (signing, document) = await SealAsync(company, await company.ClaimSealAsync("contract"), SampleDocuments.Pdf());
        var renewed = await RenewAsync(signing, document);
        renewed[renewed.AsSpan().IndexOf("Contract, page"u8)] = (byte)'K';

        (await shared.Client.VerifyAsync(renewed)).Required().Text("verdict").ShouldBe("TOTAL_FAILED");
        (await GiveAsync(signing, renewed)).ShouldBeRefused(409, "document-altered", "document");
    }

    [Fact]
    public async Task The_same_request_renews_once_and_the_file_is_for_whoever_asked()
    {
        var company = await Company.RegisterAsync(shared.Client);
        var (signing, document) = await SealAsync(company, await company.ClaimSealAsync("contract"), SampleDocuments.Pdf());
        JsonObject body = new() { ["document"] = await shared.Client.UploadAsync(Representative, document) };
        Sending once = new() { IdempotencyKey = $"renewal-{signing}" };

        var first = (await shared.Client.GiveAsync(Representative, "RenewEvidence", signing, body, once)).Required();
        var again = (await shared.Client.GiveAsync(Representative, "RenewEvidence", signing, body, once)).Required();
        (again.IsReplayed, again.Version).ShouldBe((true, first.Version));
        (await shared.Client.GiveAsync(Representative, "RenewEvidence", signing, body, new Sending { IfMatch = 1 })).ShouldBeRefused(412, "stale-version", "If-Match");

        (await shared.Client.GetAsync("wang-fang", $"/api/signings/{signing}/renewed-document")).ShouldBeRefused(403, "not-permitted");
        (await shared.Client.DownloadAsync(Representative, $"/api/signings/{signing}/renewed-document")).AsSpan().StartsWith(document).ShouldBeTrue();
        (await shared.Client.GetAsync(Representative, $"/api/signings/{signing}/renewed-document")).ShouldBeRefused(410, "already-delivered");
        var renewal = (await shared.Client.GetAsync(Representative, $"/api/signings/{signing}")).Required().Body["state"]!["renewal"]!;
        renewal["complete"]!.GetValue<bool>().ShouldBeTrue();
    }

    private async Task<(string Signing, byte[] Document)> SealAsync(Company company, string seal, byte[] document)
    {
        var answer = (await company.SealAsync(seal, await shared.Client.UploadAsync(Representative, document))).Required();
        return (answer.Id, await shared.Client.FetchAsync(Representative, answer.Id));
    }

    private async Task<Answer> GiveAsync(string signing, byte[] document) => await shared.Client.GiveAsync(
        Representative, "RenewEvidence", signing, new() { ["document"] = await shared.Client.UploadAsync(Representative, document) });

    private async Task<byte[]> RenewAsync(string signing, byte[] document)
    {
        (await GiveAsync(signing, document)).Required();
        return await shared.Client.DownloadAsync(Representative, $"/api/signings/{signing}/renewed-document");
    }
}
