using System.Text.Json.Nodes;
using Seal.Testing;
using static Seal.Testing.Company;

namespace Seal.Journeys.Tests.SealLife;

/// <summary>One signature that shows at many places, asked for over HTTP.</summary>
[Collection(OneService.Name)]
public sealed class PlacesTests(SharedService shared)
{
    [Fact]
    public async Task A_seal_goes_on_words_across_edges_and_on_all_pages_in_one_signature()
    {
        var company = await Company.RegisterAsync(shared.Client);
        var seal = await company.ClaimSealAsync("contract");
        var answer = (await SealAsync(
            seal,
            SampleDocuments.Pdf(pages: 3),
            0,
            """[{"kind":"text","text":"page 2"},{"kind":"edges","edge":"right","centreMm":150},{"kind":"pages","xMm":10,"yMm":240}]""",
            certify: 2)).Required();
        var document = await shared.Client.FetchAsync(Representative, answer.Id);
        using var tool = new ExternalTool();
        var told = (await tool.RunAsync("pdfsig", "-nocert", tool.Put("sealed.pdf", document))).Output;
        told.Split("Signature is Valid.").Length.ShouldBe(1 + 1 + 3 + 3, told); // pdfsig lists each place
        (await shared.Client.JudgedAsync(document, "active"))["signatures"]!.AsArray().Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(1, """[{"kind":"edges","edge":"right","centreMm":150}]""", "riding-needs-pages")]
    [InlineData(2, """[{"kind":"text","text":"甲方（盖章）"}]""", "text-not-found")]
    [InlineData(2, """[{"kind":"text","text":"Contract","occurrence":3}]""", "text-not-found")]
    [InlineData(2, """[{"kind":"pages","xMm":10}]""", "placing-incomplete")]
    [InlineData(2, "[null]", "placing-incomplete")]
    [InlineData(2, """[{"kind":"field","field":"Buyer"}]""", "field-not-found")]
    [InlineData(2, """[{"kind":"pages","xMm":10,"yMm":240,"lastPage":5}]""", "page-not-found")]
    [InlineData(2, """[{"kind":"edges","edge":"top","centreMm":5}]""", "stamp-outside-page")]
    public async Task A_place_that_the_document_does_not_have_is_refused_by_name(int pages, string further, string code)
    {
        var seal = await (await Company.RegisterAsync(shared.Client)).ClaimSealAsync("contract");
        (await SealAsync(seal, SampleDocuments.Pdf(pages), 0, further)).ShouldBeRefused(422, code, "further");
    }

    [Fact]
    public async Task A_document_that_is_signed_cannot_be_certified()
    {
        var company = await Company.RegisterAsync(shared.Client);
        var seal = await company.ClaimSealAsync("contract");
        var document = await shared.Client.SealedAsync(company, seal, SampleDocuments.Pdf());
        (await SealAsync(seal, document, 1, null, certify: 1)).ShouldBeRefused(422, "pdf-already-signed", "certify");
        (await SealAsync(seal, document, 1, null, certify: 7)).ShouldBeRefused(422, "placing-incomplete", "further");
    }

    private async Task<Answer> SealAsync(string seal, byte[] document, int page, string? further, int? certify = null)
    {
        var body = new JsonObject
        {
            ["seal"] = seal,
            ["document"] = await shared.Client.UploadAsync(Representative, document),
            ["page"] = page,
            ["xMm"] = 100,
            ["yMm"] = 100,
            ["pin"] = Company.Pin,
        };
        if (further is not null)
        {
            body["further"] = JsonNode.Parse(further);
        }

        if (certify is { } level)
        {
            body["certify"] = level;
        }

        return await shared.Client.GiveAsync(Representative, "SealDocument", null, body);
    }
}
