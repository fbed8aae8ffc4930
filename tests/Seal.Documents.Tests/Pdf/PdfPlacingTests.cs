using Seal.Documents.Pdf;

namespace Seal.Documents.Tests.Pdf;

public sealed class PdfPlacingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SampleForm.Table)]
    [InlineData(SampleForm.XrefStream)]
    [InlineData(SampleForm.ObjectStreams)]
    [InlineData(SampleForm.Hybrid)]
    public async Task Sealing_leaves_every_earlier_byte_as_it_was_and_other_readers_accept_the_result(SampleForm form)
    {
        var original = new SamplePdf { Form = form }.Build();
        var once = await SealingSamples.SealWithoutSigning(original, SealingSamples.Request());
        var twice = await SealingSamples.SealWithoutSigning(once, SealingSamples.Request(page: 2));
        once.AsSpan(0, original.Length).SequenceEqual(original).ShouldBeTrue();
        twice.AsSpan(0, once.Length).SequenceEqual(once).ShouldBeTrue();

        using Tool tool = new();
        var path = tool.Save("sealed.pdf", twice);
        (await tool.Run("qpdf", "--check", path)).ShouldSatisfyAllConditions(
            result => result.Output.ShouldNotContain("WARNING"),
            result => result.ExitCode.ShouldBe(0));
        (var exitCode, var output) = await tool.Run("mutool", "info", path);
        exitCode.ShouldBe(0);
        output.ShouldNotContain("error");
        output.ShouldNotContain("warning");

        var file = PdfFile.Open(new MemoryStream(twice), PdfLimits.Default, Cancellation);
        file.Revisions.Count.ShouldBe(3);
        file.Revisions[2].CrossReferenceKind.ShouldBe(file.Revisions[0].CrossReferenceKind);
        PdfFields.Walk(file.Newest).Select(field => field.FullName).ShouldBe(["Seal1", "Seal2"]);
    }

    [Fact]
    public async Task An_existing_form_and_existing_annotations_are_kept()
    {
        var original = new SamplePdf
        {
            Pages = 1,
            CatalogExtra = "/AcroForm 10 0 R",
            PageExtra = "/Annots 12 0 R",
            More =
            [
                "<</Fields 11 0 R /DA (/F1 0 Tf) /SigFlags 0>>",
                "[13 0 R]",
                "[13 0 R 14 0 R]",
                "<</Type /Annot /Subtype /Widget /FT /Tx /T (Seal1) /Rect [0 0 9 9]>>",
                "<</Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (note)>>",
            ],
        }.Build();
        var sealedFile = await SealingSamples.SealWithoutSigning(original, SealingSamples.Request());
        var file = PdfFile.Open(new MemoryStream(sealedFile), PdfLimits.Default, Cancellation);
        PdfFields.Walk(file.Newest).Select(field => field.FullName).ShouldBe(["Seal1", "Seal2"]);
        var form = file.Newest.Dictionary(file.Newest.Catalog["AcroForm"])!;
        form["DA"].ShouldNotBeNull();
        file.Newest.Integer(form["SigFlags"]).ShouldBe(3);
        file.Newest.Array(PdfPages.Find(file.Newest, 1).Dictionary["Annots"])!.Items.Count.ShouldBe(3);
    }

    // Upright as displayed means: seen from the page's own top left, whatever its rotation and crop box.
    [Theory]
    [InlineData(0, 100 + 10, 800 - 20 - 50, 100 + 10 + 80, 800 - 20)]
    [InlineData(90, 100 + 20, 200 + 10, 100 + 20 + 50, 200 + 10 + 80)]
    [InlineData(180, 500 - 10 - 80, 200 + 20, 500 - 10, 200 + 20 + 50)]
    [InlineData(270, 500 - 20 - 50, 800 - 10 - 80, 500 - 20, 800 - 10)]
    public void The_seal_stands_where_it_was_put_on_the_page_as_displayed(int rotation, double left, double bottom, double right, double top)
    {
        const double Mm = SealingSamples.PointsPerMm;
        PdfPage page = new(new PdfReference(1, 0), PdfDictionary.Empty, new PdfRectangle(100, 200, 500, 800), rotation, 1);
        var rectangle = SealPlacement.Of(page, 10 / Mm, 20 / Mm, 80 / Mm, 50 / Mm).Rectangle;
        rectangle.Left.ShouldBe(left, 1e-6);
        rectangle.Bottom.ShouldBe(bottom, 1e-6);
        rectangle.Right.ShouldBe(right, 1e-6);
        rectangle.Top.ShouldBe(top, 1e-6);
    }

    // By computation, because poppler does not know user units.
    [Fact]
    public void Millimetres_stay_millimetres_on_a_page_with_larger_units()
    {
        PdfPage page = new(new PdfReference(1, 0), PdfDictionary.Empty, new PdfRectangle(0, 0, 720, 720), 0, 10);
        var rectangle = SealPlacement.Of(page, 0, 0, 254, 127).Rectangle;
        rectangle.Width.ShouldBe(72, 1e-6);
        rectangle.Height.ShouldBe(36, 1e-6);
    }

    [Theory]
    [InlineData("", 20, 30)]
    [InlineData("/Rotate 90", 20, 30)]
    [InlineData("/Rotate 180", 20, 30)]
    [InlineData("/Rotate 270", 20, 30)]
    [InlineData("/CropBox [100 100 500 700]", 20, 30)]
    [InlineData("/CropBox [100 100 500 700] /Rotate 90", 60, 90)]
    public async Task A_rendered_page_shows_the_seal_upright_where_it_was_put(string pageExtra, double x, double y)
    {
        var original = new SamplePdf { Pages = 1, PageExtra = pageExtra }.Build();
        var sealedFile = await SealingSamples.SealWithoutSigning(original, SealingSamples.Request(1, x, y, 50, 30));
        using Tool tool = new();
        tool.Save("sealed.pdf", sealedFile);
        (var exitCode, var output) = await tool.Run("pdftoppm", "-r", "50.8", "-cropbox", "sealed.pdf", "page");
        exitCode.ShouldBe(0, output);
        var image = Directory.GetFiles(Path.GetDirectoryName(tool.Path("x"))!, "page*.ppm").ShouldHaveSingleItem();
        var red = RedBox.Read(await File.ReadAllBytesAsync(image, Cancellation), pixelsPerMm: 2);
        red.Left.ShouldBe(x, 1.5);
        red.Top.ShouldBe(y, 1.5);
        red.Width.ShouldBe(50, 2);
        red.Height.ShouldBe(30, 2);
        red.InkInUpperHalf.ShouldBeGreaterThan(2 * red.InkInLowerHalf);
    }

    [Theory]
    [InlineData(1, -1, 30, PdfProblem.StampOutsidePage)]
    [InlineData(1, 180, 30, PdfProblem.StampOutsidePage)]
    [InlineData(1, 20, 270, PdfProblem.StampOutsidePage)]
    [InlineData(1, double.NaN, 30, PdfProblem.StampOutsidePage)]
    [InlineData(3, 20, 30, PdfProblem.PageNotFound)]
    [InlineData(0, 20, 30, PdfProblem.PageNotFound)]
    public async Task A_place_that_does_not_exist_is_refused(int page, double x, double y, string code)
    {
        var original = new SamplePdf().Build();
        var refusal = await Should.ThrowAsync<PdfFormatException>(() => SealingSamples.SealWithoutSigning(original, SealingSamples.Request(page, x, y)));
        refusal.Code.ShouldBe(code);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    public async Task A_document_certified_against_every_change_is_not_sealed(int level, bool refused)
    {
        var original = new SamplePdf
        {
            CatalogExtra = "/Perms <</DocMDP 10 0 R>>",
            More = [$"<</Type /Sig /Reference [<</TransformMethod /DocMDP /TransformParams <</P {level} /V /1.2>>>>]>>"],
        }.Build();
        Func<Task<byte[]>> sealing = () => SealingSamples.SealWithoutSigning(original, SealingSamples.Request());
        if (refused)
        {
            (await sealing.ShouldThrowAsync<PdfFormatException>()).Code.ShouldBe(PdfProblem.CertifiedNoChanges);
        }
        else
        {
            (await sealing()).Length.ShouldBeGreaterThan(original.Length);
        }
    }

    [Fact]
    public async Task An_update_that_was_cut_off_is_not_sealed_over()
    {
        var whole = AppendedUpdate.To(new SamplePdf().Build(), (3, "<</Type /Font>>"));
        var refusal = await Should.ThrowAsync<PdfFormatException>(() => SealingSamples.SealWithoutSigning(whole[..^30], SealingSamples.Request()));
        refusal.Code.ShouldBe(PdfProblem.Truncated);
    }
}
