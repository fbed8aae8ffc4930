using System.IO.Compression;
using System.Text;
using Seal.Documents.Pdf;
using Seal.Documents.Tests.Judging;

namespace Seal.Documents.Tests.Pdf;

/// <summary>Seals put on words: wherever the words stand, and however a file cuts them up.</summary>
public sealed class TextPlaceTests
{
    private const double Mm = SealingSamples.PointsPerMm;

    // Each puts the words with their middle at about (200, 500) of a page 595 x 842.
    [Theory]
    [InlineData("BT /F2 20 Tf 150 493 Td <4E595DF165B9> Tj ET", "甲方乙", -1)]
    [InlineData("BT /F2 20 Tf 170 493 Td [<0001> -30 <0002> 20 <0003>] TJ ET", "甲乙方", 200)]
    [InlineData("BT /F2 20 Tf 1 0 0 1 170 493 Tm <0001> Tj <0002> Tj 40 0 Td <0003> Tj ET", "甲乙方", 200)]
    [InlineData("q .5 0 0 .5 100 250 cm BT /F2 40 Tf 140 486 Td <000100020003> Tj ET Q", "甲乙方", 200)]
    [InlineData("BT /F2 20 Tf 130 493 Td <0001> Tj 60 0 Td <0002> Tj 60 0 Td <0003> Tj ET", "甲 乙\n方", 200)]
    [InlineData("BT /F3 20 Tf 170 493 Td <BCD7D2D2B7BD> Tj ET", "甲乙方", 200)]
    [InlineData("BT /F4 20 Tf 170 493 Td <75324E5965B9> Tj ET", "甲乙方", 200)]
    [InlineData("BT /F5 20 Tf 170 493 Td (ABC) Tj ET", "甲乙方", 200)]
    [InlineData("BT 3 Tr /F2 20 Tf 170 493 Td <000100020003> Tj ET", "甲乙方", 200)]
    [InlineData("BI /W 1 /H 1 /BPC 8 /CS /G ID \u00ffEIx EI BT /F2 20 Tf 170 493 Td <000100020003> Tj ET", "甲乙方", 200)]
    [InlineData("BT /F2 20 Tf 20 TL 170 513 Td <00010003> ' ET BT /F2 20 Tf 170 493 Td <000100020003> Tj ET", "甲乙方", 200)]
    [InlineData("BT /F2 20 Tf 0 1 -1 0 210 470 Tm <000100020003> Tj ET", "甲乙方", 200)]
    [InlineData("/X1 Do", "甲乙方", 200)]
    public async Task A_word_is_found_however_it_is_written(string content, string text, double middle)
    {
        var original = Sample(content);
        if (middle < 0)
        {
            (await Refusal(original, text)).ShouldBe(PdfProblem.TextNotFound);
            return;
        }

        var place = Placements(original, new SealPlace.AtText(text, PageRange.All)).ShouldHaveSingleItem();
        ((place.Rectangle.Left + place.Rectangle.Right) / 2).ShouldBe(middle, 2);
        ((place.Rectangle.Bottom + place.Rectangle.Top) / 2).ShouldBe(500, 6);
        (await SignedSamples.Seal(original, request: ManyPlacesTests.At(new SealPlace.AtText(text, PageRange.All)))).Length.ShouldBeGreaterThan(original.Length);
    }

    [Fact]
    public async Task Words_written_twice_to_look_bold_are_one_hit_and_words_far_apart_are_none()
    {
        Placements(Sample("BT /F2 20 Tf 170 493 Td <000100020003> Tj .4 0 Td <000100020003> Tj ET"), new SealPlace.AtText("甲乙方", PageRange.All)).Count.ShouldBe(1);
        (await Refusal(Sample("BT /F2 20 Tf 20 493 Td <00010002> Tj 400 0 Td <0003> Tj ET"), "甲乙方")).ShouldBe(PdfProblem.TextNotFound);
        (await Refusal(Sample("BT /F2 20 Tf 170 493 Td <00010002> Tj 0 -300 Td <0003> Tj ET"), "甲乙方")).ShouldBe(PdfProblem.TextNotFound);
    }

    [Fact]
    public async Task Each_hit_or_the_one_asked_for_is_sealed_and_moved_as_asked()
    {
        var original = new SamplePdf { Pages = 4 }.Build();
        Placements(original, new SealPlace.AtText("Page", PageRange.All)).Select(place => place.Page.Reference.Number).Distinct().Count().ShouldBe(4);
        var third = Placements(original, new SealPlace.AtText("Page", PageRange.All, 3)).ShouldHaveSingleItem();
        var last = Placements(original, new SealPlace.AtText("Page", new PageRange(2, null), -2)).ShouldHaveSingleItem();
        last.Page.Reference.Number.ShouldBe(third.Page.Reference.Number);
        var moved = Placements(original, new SealPlace.AtText("Page", PageRange.All, 3, 50, 20)).ShouldHaveSingleItem();
        // Without the move it stands at the page's left edge already, so fewer than 50 mm are seen of it.
        (moved.Rectangle.Left - third.Rectangle.Left).ShouldBeInRange(40 * Mm, 50 * Mm);
        moved.Rectangle.Bottom.ShouldBe(third.Rectangle.Bottom - (20 * Mm), 0.1);
        (await Refusal(original, "Page", 5)).ShouldBe(PdfProblem.TextNotFound);
        (await Refusal(original, "   ")).ShouldBe(PdfProblem.TextNotFound);
    }

    [Fact]
    public void A_word_that_is_everywhere_is_refused_before_it_costs_much()
    {
        var content = "BT /F2 20 Tf 170 493 Td [" + string.Concat(Enumerable.Repeat("<0002> -9000 ", 50_000)) + "] TJ ET";
        var request = ManyPlacesTests.At(new SealPlace.AtText("乙", PageRange.All)) with { Limits = PdfLimits.Default with { MaxTime = TimeSpan.FromMinutes(1) } };
        Refused(request).ShouldBe((PdfProblem.TooManyObjects, nameof(PdfLimits.MaxPlacements)));
        request = ManyPlacesTests.At(new SealPlace.AtText("乙", PageRange.All, -1)) with { Limits = PdfLimits.Default with { MaxTime = TimeSpan.FromSeconds(1) } };
        Refused(request).ShouldBe((PdfProblem.TooComplex, nameof(PdfLimits.MaxTime)));

        (string, string?) Refused(SealRequest asked)
        {
            var opened = PdfFile.Open(new MemoryStream(Sample(content)), asked.Limits, TestContext.Current.CancellationToken);
            var refusal = Should.Throw<PdfFormatException>(() => new PlaceResolver(opened.Newest, asked).Settle());
            return (refusal.Code, refusal.Limit);
        }
    }

    [Theory]
    [InlineData("/Rotate 90")]
    [InlineData("/Rotate 180 /CropBox [50 100 500 800]")]
    [InlineData("/Rotate 270")]
    public async Task On_turned_pages_the_seal_stands_upright_on_the_word(string pageExtra)
    {
        var original = Sample("BT /F2 20 Tf 270 493 Td <000100020003> Tj ET", pageExtra);
        var place = Placements(original, new SealPlace.AtText("甲乙方", PageRange.All)).ShouldHaveSingleItem();
        ((place.Rectangle.Left + place.Rectangle.Right) / 2).ShouldBe(300, 1);
        ((place.Rectangle.Bottom + place.Rectangle.Top) / 2).ShouldBe(503, 6);
        var red = await ManyPlacesTests.Rendered(await SignedSamples.Seal(original, request: ManyPlacesTests.At(new SealPlace.AtText("甲乙方", PageRange.All))), 1);
        red.InkInUpperHalf.ShouldBeGreaterThan(red.InkInLowerHalf);
    }

    [Fact]
    public void Filters_of_content_are_undone_in_chains()
    {
        var content = Encoding.ASCII.GetBytes("BT /F2 20 Tf 170 493 Td <000100020003> Tj ET");
        using MemoryStream deflated = new();
        using (ZLibStream deflater = new(deflated, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflater.Write(content);
        }

        var hexadecimal = Convert.ToHexString(deflated.ToArray()) + ">";
        var original = Sample(hexadecimal, "", "/Filter [/ASCIIHexDecode /FlateDecode]");
        Placements(original, new SealPlace.AtText("甲乙方", PageRange.All)).Count.ShouldBe(1);
        // "-----A---B" of the standard's example (ISO 32000-1 §7.4.4.2).
        Lzw.Decode([0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01], new PdfBudget(PdfLimits.Default, TestContext.Current.CancellationToken))
            .ShouldBe("-----A---B"u8.ToArray());
    }

    private static byte[] Sample(string content, string pageExtra = "", string contentExtra = "")
    {
        const string Map = "1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfchar <0001> <7532> <0003> <65B9> endbfchar 1 beginbfrange <0002> <0002> [<4E59>] endbfrange";
        const string Simple = "1 beginbfrange <41> <42> <7532> endbfrange 2 beginbfchar <42> <4E59> <43> <65B9> endbfchar";
        const string Form = "BT /F2 20 Tf 70 393 Td <000100020003> Tj ET";
        return new SamplePdf
        {
            Pages = 1,
            PageExtra = pageExtra + " /Contents 10 0 R /Resources <</Font <</F2 11 0 R /F3 13 0 R /F4 15 0 R /F5 16 0 R>> /XObject <</X1 18 0 R>>>>",
            More =
            [
                $"<<{contentExtra} /Length {content.Length}>>\nstream\n{content}\nendstream",
                "<</Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [12 0 R] /ToUnicode 17 0 R>>",
                "<</Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> /DW 1000 /W [1 [1000 1000] 3 3 1000]>>",
                "<</Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /GBK-EUC-H /DescendantFonts [14 0 R]>>",
                "<</Type /Font /Subtype /CIDFontType0 /BaseFont /Song /CIDSystemInfo <</Registry (Adobe) /Ordering (GB1) /Supplement 2>>>>",
                "<</Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /UniGB-UCS2-H /DescendantFonts [14 0 R]>>",
                "<</Type /Font /Subtype /TrueType /BaseFont /Song /FirstChar 65 /LastChar 67 /Widths [1000 1000 1000] /ToUnicode 19 0 R>>",
                $"<</Length {Map.Length}>>\nstream\n{Map}\nendstream",
                $"<</Type /XObject /Subtype /Form /BBox [0 0 595 842] /Matrix [1 0 0 1 100 100] /Resources <</Font <</F2 11 0 R>>>> /Length {Form.Length}>>\nstream\n{Form}\nendstream",
                $"<</Length {Simple.Length}>>\nstream\n{Simple}\nendstream",
            ],
        }.Build();
    }

    private static IReadOnlyList<SealPlacement> Placements(byte[] file, SealPlace place)
    {
        var opened = PdfFile.Open(new MemoryStream(file), PdfLimits.Default, TestContext.Current.CancellationToken);
        return new PlaceResolver(opened.Newest, ManyPlacesTests.At(place)).Resolve();
    }

    private static async Task<string> Refusal(byte[] file, string text, int? occurrence = null) =>
        (await Should.ThrowAsync<PdfFormatException>(() => SignedSamples.Seal(file, request: ManyPlacesTests.At(new SealPlace.AtText(text, PageRange.All, occurrence))))).Code;
}
