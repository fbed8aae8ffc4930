using Seal.Testing;

namespace Seal.Journeys.Tests.IndependentTools;

/// <summary>Sealed documents in the eyes of Poppler and QPDF.</summary>
[Collection(OneService.Name)]
public sealed class SealedPdfTests(SharedService shared)
{
    [Theory]
    [InlineData("rsa2048")]
    [InlineData("ecdsa-p256")]
    public async Task Poppler_finds_every_signature_valid_and_QPDF_no_fault(string algorithm)
    {
        var company = await Company.RegisterAsync(shared.Client);
        var seal = await company.ClaimSealAsync("contract", algorithm);
        using var tool = new ExternalTool();
        var document = SampleDocuments.Pdf(pages: 2);
        foreach (var signatures in new[] { 1, 2 })
        {
            document = await shared.Client.SealedAsync(company, seal, document);
            tool.Put("sealed.pdf", document);
            var said = (await tool.RunAsync("pdfsig", "-nocert", "sealed.pdf")).Output;
            said.Split("Signature is Valid.").Length.ShouldBe(signatures + 1, said);
            (await tool.RunAsync("qpdf", "--check", "sealed.pdf")).Required().ShouldContain("No syntax or stream encoding errors found");
        }
    }

    [Fact]
    public async Task Poppler_finds_a_changed_document_out()
    {
        var company = await Company.RegisterAsync(shared.Client);
        var document = await shared.Client.SealedAsync(company, await company.ClaimSealAsync("contract"), SampleDocuments.Pdf());
        document[document.AsSpan().IndexOf("Contract, page"u8)] = (byte)'K';
        using var tool = new ExternalTool();
        (await tool.RunAsync("pdfsig", "-nocert", tool.Put("changed.pdf", document))).Output.ShouldContain("Digest Mismatch");
    }

    [Fact]
    public async Task The_impression_is_seen_on_the_page()
    {
        var company = await Company.RegisterAsync(shared.Client);
        var document = await shared.Client.SealedAsync(company, await company.ClaimSealAsync("contract"), SampleDocuments.Pdf());
        using var tool = new ExternalTool();
        (await tool.RunAsync("pdftoppm", "-r", "72", tool.Put("sealed.pdf", document), "page")).Required();
        var picture = tool.Take("page-1.ppm");

        // A4 at 72 dpi: 595 by 842 dots; the impression's upper left corner is at 120 mm, 200 mm.
        var red = Dots(picture).Where(dot => dot is { Red: > 150, Green: < 110, Blue: < 110 }).ToList();
        red.Count.ShouldBeGreaterThan(500);
        const double dotsPerMm = 72 / 25.4;
        red.Min(dot => dot.X).ShouldBeInRange((int)(119 * dotsPerMm), (int)(122 * dotsPerMm));
        red.Min(dot => dot.Y).ShouldBeInRange((int)(199 * dotsPerMm), (int)(202 * dotsPerMm));
    }

    // PPM: "P6", width, height, 255, then three bytes for each dot.
    private static IEnumerable<(int X, int Y, byte Red, byte Green, byte Blue)> Dots(byte[] picture)
    {
        var header = System.Text.Encoding.ASCII.GetString(picture, 0, 20).Split((char[])[' ', '\n'], 5);
        var width = int.Parse(header[1]);
        var start = header.Take(4).Sum(word => word.Length + 1);
        for (var dot = 0; start + (3 * dot) + 2 < picture.Length; dot++)
        {
            var at = start + (3 * dot);
            yield return (dot % width, dot / width, picture[at], picture[at + 1], picture[at + 2]);
        }
    }
}
