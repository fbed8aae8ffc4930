using System.Text.Json.Nodes;
using Seal.Testing;

namespace Seal.Journeys.Tests.SealLife;

/// <summary>OFD documents from the upload to the judgement.</summary>
[Collection(OneService.Name)]
public sealed class OfdLifeTests(SharedService shared)
{
    private const string Representative = Company.Representative;

    private ApiClient Client => shared.Client;

    [Fact]
    public async Task An_OFD_is_sealed_with_an_SM2_key_and_passes_with_its_ledger_record()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract", "sm2");
        var once = await Client.SealedAsync(company, seal, SampleDocuments.Ofd(2));
        await Client.JudgedAsync(once, "active");
        var judgement = await Client.JudgedAsync(await Client.SealedAsync(company, seal, once), "active", "active");
        judgement["signatures"]!.AsArray().Select(signature => signature!["kind"]!.GetValue<string>()).ShouldAllBe(kind => kind == "ses-signature");
        judgement["signatures"]!.AsArray().Select(signature => signature!["checks"]![8]!["result"]!.GetValue<string>()).ShouldAllBe(ledger => ledger == "passed");
    }

    [Fact]
    public async Task A_key_that_is_not_for_SM2_cannot_seal_an_OFD()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        (await company.SealAsync(seal, await Client.UploadAsync(Representative, SampleDocuments.Ofd()))).ShouldBeRefused(409, "ofd-needs-sm2", "document");
    }

    [Fact]
    public async Task An_OFD_is_sealed_on_words_on_all_pages_and_across_edges_by_one_signature()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract", "sm2");
        var answer = (await SealAsync(
            seal, SampleDocuments.Ofd(3), 0,
            """[{"kind":"text","text":"第 2 页"},{"kind":"edges","edge":"right","centreMm":150},{"kind":"pages","xMm":10,"yMm":240},{"kind":"point","page":3,"xMm":100,"yMm":60}]""")).Required();
        var places = (await Client.JudgedAsync(await Client.FetchAsync(Representative, answer.Id), "active"))["signatures"]!.AsArray().Single()!["places"]!.AsArray();
        places.Select(place => place!["page"]!.GetValue<int>()).ShouldBe([2, 1, 2, 3, 1, 2, 3, 3]);
    }

    [Fact]
    public async Task A_closed_OFD_takes_no_further_seal_and_an_unseen_signature_shows_nothing()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract", "sm2");
        var unseen = (await SealAsync(seal, SampleDocuments.Ofd(), 0, """[{"kind":"unseen"}]""")).Required();
        var signed = await Client.FetchAsync(Representative, unseen.Id);
        var signature = (await Client.JudgedAsync(signed, "active"))["signatures"]!.AsArray().Single()!;
        signature["kind"]!.GetValue<string>().ShouldBe("gm-signed-data");
        signature["places"]!.AsArray().ShouldBeEmpty();

        var closed = await Client.FetchAsync(Representative, (await SealAsync(seal, signed, 1, null, certify: 1)).Required().Id);
        await Client.JudgedAsync(closed, "active", "active");
        (await SealAsync(seal, closed, 1, null)).ShouldBeRefused(409, "ofd-list-protected", "document");
    }

    [Theory]
    [InlineData("""[{"kind":"field","field":"Buyer"}]""", null, "placing-unsupported", "further")]
    [InlineData("""[{"kind":"text","text":"乙方"}]""", null, "text-not-found", "further")]
    [InlineData("""[{"kind":"edges","edge":"right","centreMm":150}]""", null, "riding-needs-pages", "further")]
    [InlineData("""[{"kind":"unseen"},{"kind":"pages","xMm":10,"yMm":240}]""", null, "placing-incomplete", "further")]
    [InlineData("""[{"kind":"pages","xMm":10,"yMm":240}]""", 2, "certification-unsupported", "certify")]
    public async Task What_an_OFD_does_not_have_is_refused_by_name(string further, int? certify, string code, string field)
    {
        var seal = await (await Company.RegisterAsync(Client)).ClaimSealAsync("contract", "sm2");
        (await SealAsync(seal, SampleDocuments.Ofd(), 0, further, certify)).ShouldBeRefused(422, code, field);
    }

    private async Task<Answer> SealAsync(string seal, byte[] document, int page, string? further, int? certify = null)
    {
        JsonObject body = new()
        {
            ["seal"] = seal,
            ["document"] = await Client.UploadAsync(Representative, document),
            ["page"] = page,
            ["xMm"] = 100,
            ["yMm"] = 100,
            ["pin"] = Company.Pin,
            ["further"] = further is null ? null : JsonNode.Parse(further),
            ["certify"] = certify,
        };
        return await Client.GiveAsync(Representative, "SealDocument", null, body);
    }
}
