using Seal.Documents.Judging;
using Seal.Documents.Pdf;
using Seal.Documents.Tests.Judging;

namespace Seal.Documents.Tests.Pdf;

/// <summary>One signature that shows at several places: all pages, across edges, in fields.</summary>
public sealed class ManyPlacesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SampleForm.Table, "")]
    [InlineData(SampleForm.ObjectStreams, "/Rotate 90")]
    public async Task A_seal_on_every_page_is_one_signature(SampleForm form, string pageExtra)
    {
        var original = new SamplePdf { Form = form, Pages = 5, PageExtra = pageExtra }.Build();
        var file = await SignedSamples.Seal(original, request: At(new SealPlace.OnPages(20, 30, PageRange.All), new SealPlace.OnPage(2, 100, 100)));
        file.AsSpan(0, original.Length).SequenceEqual(original).ShouldBeTrue();
        PdfSignature.FindAll(PdfFile.Open(new MemoryStream(file), PdfLimits.Default, Cancellation)).Count.ShouldBe(1);
        await LevelSamples.ShouldBeGoodToOthers(file, 6); // pdfsig lists widgets
        var opened = PdfFile.Open(new MemoryStream(file), PdfLimits.Default, Cancellation);
        PdfPages.All(opened.Newest).Select(page => opened.Newest.Array(page.Dictionary["Annots"])!.Items.Count).ShouldBe([1, 2, 1, 1, 1]);
        for (var page = 1; page <= 5; page++)
        {
            var red = await Rendered(file, page);
            (red.Left, red.Top).ShouldSatisfyAllConditions(at => at.Left.ShouldBe(20, 1.5), at => at.Top.ShouldBe(30, 1.5));
        }

        var judgement = await SignedSamples.Judge(file);
        judgement.Verdict.ShouldBe(Verdict.TotalPassed);
        var places = judgement.Signatures.ShouldHaveSingleItem().Places;
        places.Select(place => (place.Page, place.XMm, place.YMm)).ShouldBe([(1, 20, 30), (2, 20, 30), (2, 100, 100), (3, 20, 30), (4, 20, 30), (5, 20, 30)]);
        // A further seal by another place leaves this one valid.
        var twice = await SignedSamples.Seal(file, request: At(new SealPlace.AcrossEdges(PageEdge.Right, 150, PageRange.All)));
        (await SignedSamples.Judge(twice)).Verdict.ShouldBe(Verdict.TotalPassed);
        await LevelSamples.ShouldBeGoodToOthers(twice, 6 + 5);
    }

    [Theory]
    [InlineData(PageEdge.Right, "", 3)]
    [InlineData(PageEdge.Left, "", 3)]
    [InlineData(PageEdge.Top, "", 4)]
    [InlineData(PageEdge.Bottom, "/Rotate 180", 2)]
    [InlineData(PageEdge.Right, "/Rotate 90", 3)]
    [InlineData(PageEdge.Right, "/Rotate 270 /CropBox [100 100 500 700]", 3)]
    public async Task Across_an_edge_each_page_shows_its_slice_at_that_edge(PageEdge edge, string pageExtra, int pages)
    {
        var original = new SamplePdf { Pages = pages, PageExtra = pageExtra }.Build();
        var file = await SignedSamples.Seal(original, request: At(new SealPlace.AcrossEdges(edge, 70, PageRange.All)));
        await LevelSamples.ShouldBeGoodToOthers(file, pages);
        var opened = PdfFile.Open(new MemoryStream(file), PdfLimits.Default, Cancellation);
        var size = opened.PageSize(1);
        var isUpright = edge is PageEdge.Right or PageEdge.Left;
        var places = (await SignedSamples.Judge(file)).Signatures.ShouldHaveSingleItem().Places;
        places.Select(place => place.Page).ShouldBe(Enumerable.Range(1, pages).Select(page => (int?)page));
        for (var page = 1; page <= pages; page++)
        {
            var red = await Rendered(file, page);
            // What is said of a place is what other people's viewers show there.
            places[page - 1].ShouldSatisfyAllConditions(
                place => (isUpright ? place.YMm : place.XMm).ShouldBe(50, 0.1),
                place => (isUpright ? place.XMm : place.YMm).ShouldBe(isUpright ? red.Left : red.Top, 1.5),
                place => (isUpright ? place.WidthMm : place.HeightMm).ShouldBe(isUpright ? red.Width : red.Height, 1.5));
            (isUpright ? red.Top : red.Left).ShouldBe(50, 1.5, $"page {page}: {red}");
            (isUpright ? red.Width : red.Height).ShouldBeLessThanOrEqualTo((40.0 / pages) + 1);
            var last = edge switch
            {
                PageEdge.Right => size.WidthMm - red.Left - red.Width,
                PageEdge.Left => red.Left,
                PageEdge.Top => red.Top,
                _ => size.HeightMm - red.Top - red.Height,
            };
            // The ring's outer slices reach to 0.7 mm from the seal's own edge; inner ones run through.
            last.ShouldBeInRange(-0.6, 2, $"page {page}: {red}");
        }
    }

    [Fact]
    public async Task The_slices_put_side_by_side_are_the_seal()
    {
        var file = await SignedSamples.Seal(new SamplePdf { Pages = 4 }.Build(), request: At(new SealPlace.AcrossEdges(PageEdge.Right, 70, PageRange.All)));
        var view = PdfFile.Open(new MemoryStream(file), PdfLimits.Default, Cancellation).Newest;
        var boxes = PdfPages.All(view)
            .Select(page => view.Dictionary(view.Array(page.Dictionary["Annots"])!.Items[^1])!)
            .Select(widget => PdfRectangle.Read(view, view.Dictionary(view.Dictionary(widget["AP"])!["N"])!["BBox"])!.Value)
            .ToArray();
        const double Width = 40 * SealingSamples.PointsPerMm;
        boxes[0].Left.ShouldBe(0);
        boxes[^1].Right.ShouldBe(Width, 0.001);
        boxes.Zip(boxes.Skip(1)).ShouldAllBe(pair => Math.Abs(pair.First.Right - pair.Second.Left) < 0.001);
    }

    [Fact]
    public async Task A_long_document_gets_several_seals_across_its_edges_so_that_no_slice_is_too_narrow()
    {
        var file = await SignedSamples.Seal(new SamplePdf { Pages = 45 }.Build(), request: At(new SealPlace.AcrossEdges(PageEdge.Right, 70, PageRange.All)));
        var view = PdfFile.Open(new MemoryStream(file), PdfLimits.Default, Cancellation).Newest;
        PdfPages.All(view)
            .Select(page => PdfRectangle.Read(view, view.Dictionary(view.Array(page.Dictionary["Annots"])!.Items[^1])!["Rect"])!.Value.Width / SealingSamples.PointsPerMm)
            .ShouldAllBe(width => width > 1.99 && width < 3.1);
    }

    [Fact]
    public async Task A_waiting_signature_field_is_signed_where_it_stands_and_what_it_locks_is_locked()
    {
        var original = new SamplePdf
        {
            Pages = 1,
            CatalogExtra = "/AcroForm <</Fields [10 0 R 12 0 R]>>",
            PageExtra = "/Annots [10 0 R 12 0 R]",
            More =
            [
                "<</Type /Annot /Subtype /Widget /FT /Sig /T (Buyer) /F 4 /Rect [100 300 300 400] /Lock 11 0 R>>",
                "<</Type /SigFieldLock /Action /Include /Fields [(Seller)]>>",
                "<</Type /Annot /Subtype /Widget /FT /Sig /T (Seller) /F 4 /Rect [320 300 420 350]>>",
            ],
        }.Build();
        var file = await SignedSamples.Seal(original, request: At(new SealPlace.InField("Buyer")));
        (await SignedSamples.Judge(file)).Verdict.ShouldBe(Verdict.TotalPassed);
        var red = await Rendered(file, 1);
        // 100 pt high, so the seal of 40 mm is drawn with 35.3 mm, in the middle of the field.
        red.Height.ShouldBe(33.3, 2);
        (red.Left + (red.Width / 2)).ShouldBe(200 / SealingSamples.PointsPerMm, 1);

        (await Should.ThrowAsync<PdfFormatException>(() => SignedSamples.Seal(file, request: At(new SealPlace.InField("Buyer"))))).Code.ShouldBe(PdfProblem.FieldNotFound);
        (await Should.ThrowAsync<PdfFormatException>(() => SignedSamples.Seal(file, request: At(new SealPlace.InField("Seller"))))).Code.ShouldBe(PdfProblem.FieldLocked);
        (await Should.ThrowAsync<PdfFormatException>(() => SignedSamples.Seal(file, request: At(new SealPlace.InField("Nobody"))))).Code.ShouldBe(PdfProblem.FieldNotFound);
    }

    [Theory]
    [InlineData(CertificationLevel.NoChanges)]
    [InlineData(CertificationLevel.FormsAndSignatures)]
    [InlineData(CertificationLevel.Annotations)]
    public async Task The_first_seal_can_certify_and_later_ones_keep_to_it(CertificationLevel level)
    {
        var request = SealingSamples.Request() with { Certification = level };
        var file = await SignedSamples.Seal(new SamplePdf().Build(), request: request);
        await LevelSamples.ShouldBeGoodToOthers(file, 1);
        (await SignedSamples.Judge(file)).Verdict.ShouldBe(Verdict.TotalPassed);
        PdfCertification.Level(PdfFile.Open(new MemoryStream(file), PdfLimits.Default, Cancellation).Newest).ShouldBe(level);
        (await Should.ThrowAsync<PdfFormatException>(() => SignedSamples.Seal(file, request: request))).Code
            .ShouldBe(level == CertificationLevel.NoChanges ? PdfProblem.CertifiedNoChanges : PdfProblem.AlreadySigned);
        if (level == CertificationLevel.NoChanges)
        {
            (await Should.ThrowAsync<PdfFormatException>(() => SignedSamples.Seal(file))).Code.ShouldBe(PdfProblem.CertifiedNoChanges);
        }
        else
        {
            (await SignedSamples.Judge(await SignedSamples.Seal(file))).Verdict.ShouldBe(Verdict.TotalPassed);
        }
    }

    [Theory]
    [InlineData(PageEdge.Right, 1, 1, 70, PdfProblem.RidingNeedsPages)]
    [InlineData(PageEdge.Right, 1, 9, 70, PdfProblem.PageNotFound)]
    [InlineData(PageEdge.Right, 0, 2, 70, PdfProblem.PageNotFound)]
    [InlineData(PageEdge.Right, 1, 2, 10, PdfProblem.StampOutsidePage)]
    [InlineData(PageEdge.Bottom, 1, 2, 200, PdfProblem.StampOutsidePage)]
    public async Task A_place_that_does_not_exist_is_refused(PageEdge edge, int first, int last, double centre, string code)
    {
        var refusal = await Should.ThrowAsync<PdfFormatException>(() =>
            SignedSamples.Seal(new SamplePdf().Build(), request: At(new SealPlace.AcrossEdges(edge, centre, new PageRange(first, last)))));
        refusal.Code.ShouldBe(code);
    }

    internal static SealRequest At(params SealPlace[] places) => SealingSamples.Request() with { Places = places };

    internal static async Task<RedBox> Rendered(byte[] file, int page)
    {
        using Tool tool = new();
        tool.Save("sealed.pdf", file);
        (var exitCode, var output) = await tool.Run("pdftoppm", "-r", "50.8", "-cropbox", "-f", $"{page}", "-l", $"{page}", "sealed.pdf", "page");
        exitCode.ShouldBe(0, output);
        var image = Directory.GetFiles(Path.GetDirectoryName(tool.Path("x"))!, "page*.ppm").ShouldHaveSingleItem();
        return RedBox.Read(await File.ReadAllBytesAsync(image, Cancellation), pixelsPerMm: 2);
    }
}
