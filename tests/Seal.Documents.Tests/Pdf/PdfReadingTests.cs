using System.Text;
using Seal.Documents.Pdf;

namespace Seal.Documents.Tests.Pdf;

public sealed class PdfReadingTests
{
    [Theory]
    [InlineData(SampleForm.Table)]
    [InlineData(SampleForm.XrefStream)]
    [InlineData(SampleForm.ObjectStreams)]
    [InlineData(SampleForm.Hybrid)]
    public void Every_way_of_writing_the_cross_reference_is_read(SampleForm form)
    {
        var file = Open(new SamplePdf { Form = form, Pages = 3 }.Build());
        file.Revisions.Count.ShouldBe(1);
        file.Revisions[0].End.ShouldBe(file.Length);
        PdfPages.Count(file.Newest).ShouldBe(3);
        file.Newest.Name(file.Newest.Dictionary(new PdfReference(3, 0))!["BaseFont"]).ShouldBe("Helvetica");
    }

    [Fact]
    public void A_page_inherits_its_boxes_and_rotation()
    {
        var file = Open(new SamplePdf { MediaBox = "[10 20 310 420] /Rotate -90 /CropBox [20 30 1000 220]" }.Build());
        var page = PdfPages.Find(file.Newest, 2);
        page.Rotation.ShouldBe(270);
        page.Visible.ShouldBe(new PdfRectangle(20, 30, 310, 220));
    }

    [Fact]
    public void A_page_has_the_size_it_is_displayed_in()
    {
        var file = Open(new SamplePdf { MediaBox = "[0 0 720 1440] /Rotate 90" }.Build());
        file.CountPages().ShouldBe(2);
        file.PageSize(1).WidthMm.ShouldBe(508, 1e-6);
        file.PageSize(1).HeightMm.ShouldBe(254, 1e-6);
    }

    [Fact]
    public void Updates_are_revisions_of_their_own_and_the_old_state_stays_readable()
    {
        var original = new SamplePdf().Build();
        var file = Open(AppendedUpdate.To(original, (3, "<</Type /Font /BaseFont /Courier>>")));
        file.Revisions.Select(revision => revision.End).ShouldBe([original.Length, file.Length]);
        Font(0).ShouldBe("Helvetica");
        Font(1).ShouldBe("Courier");

        string? Font(int revision) => file.AsOf(revision).Dictionary(new PdfReference(3, 0))!.Name("BaseFont");
    }

    [Theory]
    [InlineData("hello", PdfProblem.NotAPdf)]
    [InlineData("", PdfProblem.NotAPdf)]
    [InlineData("%PDF-1.7\n1 0 obj\n<<>>\nendobj\n", PdfProblem.Truncated)]
    [InlineData("%PDF-1.7\nstartxref\n0\n%%EOF", PdfProblem.Damaged)]
    [InlineData("%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Prev 9>>\nstartxref\n9\n%%EOF", PdfProblem.Damaged)]
    [InlineData("%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Encrypt 1 0 R>>\nstartxref\n9\n%%EOF", PdfProblem.Encrypted)]
    [InlineData("%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer\n<<>>\nstartxref\n9\n", PdfProblem.Truncated)]
    public void A_file_that_cannot_be_used_is_refused_with_its_reason(string content, string code) =>
        Should.Throw<PdfFormatException>(() => Open(Encoding.Latin1.GetBytes(content))).Code.ShouldBe(code);

    [Fact]
    public void A_limit_that_is_passed_is_named()
    {
        var file = new SamplePdf { Pages = 50 }.Build();
        Refusal(new PdfLimits { MaxFileBytes = 100 }).Limit.ShouldBe(nameof(PdfLimits.MaxFileBytes));
        Refusal(new PdfLimits { MaxPages = 10 }).Limit.ShouldBe(nameof(PdfLimits.MaxPages));
        Refusal(new PdfLimits { MaxObjects = 10 }).Limit.ShouldBe(nameof(PdfLimits.MaxObjects));
        Refusal(new PdfLimits { MaxValues = 100 }).Limit.ShouldBe(nameof(PdfLimits.MaxValues));

        PdfFormatException Refusal(PdfLimits limits) => Should.Throw<PdfFormatException>(() => PdfPages.Count(Open(file, limits).Newest));
    }

    [Fact]
    public void Arrays_nested_without_end_are_refused_and_not_followed()
    {
        var file = new SamplePdf { More = [new string('[', 100_000)] }.Build();
        var refusal = Should.Throw<PdfFormatException>(() => Open(file).Newest.Object(10));
        (refusal.Code, refusal.Limit).ShouldBe((PdfProblem.TooComplex, nameof(PdfLimits.MaxNesting)));
    }

    [Fact]
    public void A_compressed_stream_that_explodes_is_refused()
    {
        var file = new SamplePdf { Form = SampleForm.ObjectStreams, More = [$"({new string('x', 3_000_000)})"] }.Build();
        PdfLimits limits = new() { MaxDecodedStreamBytes = 1_000_000 };
        Should.Throw<PdfFormatException>(() => Open(file, limits).Newest.Object(10)).Limit.ShouldBe(nameof(PdfLimits.MaxDecodedStreamBytes));
    }

    [Theory]
    [InlineData("<</Type /Pages /Kids [10 0 R]>>")]
    [InlineData("<</Type /Pages /Kids [2 0 R]>>")]
    public void A_page_tree_that_runs_in_a_circle_is_refused(string node)
    {
        var file = AppendedUpdate.To(
            new SamplePdf { More = [node] }.Build(),
            (2, "<</Type /Pages /Kids [10 0 R 10 0 R]>>"));
        Should.Throw<PdfFormatException>(() => PdfPages.Count(Open(file).Newest)).Code.ShouldBe(PdfProblem.Damaged);
    }

    [Fact]
    public void An_object_that_is_not_where_the_cross_reference_says_is_damage()
    {
        var file = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(new SamplePdf().Build()).Replace("\n3 0 obj", "\n4 0 obj", StringComparison.Ordinal));
        Should.Throw<PdfFormatException>(() => Open(file).Newest.Object(3)).Code.ShouldBe(PdfProblem.Damaged);
    }

    [Theory]
    [InlineData("D:20261121083000Z", "2026-11-21T08:30:00Z")]
    [InlineData("D:20261121083000+08'00'", "2026-11-21T00:30:00Z")]
    [InlineData("20261121", "2026-11-21T00:00:00Z")]
    [InlineData("D:2026112", null)]
    [InlineData("yesterday", null)]
    [InlineData("D:20261121083000+99'00'", null)]
    public void Dates_are_read_as_written(string text, string? expected)
    {
        var date = PdfText.ReadDate(new PdfString(Encoding.ASCII.GetBytes(text), false));
        date.ShouldBe(expected is null ? null : DateTimeOffset.Parse(expected));
    }

    private static PdfFile Open(byte[] content, PdfLimits? limits = null) =>
        PdfFile.Open(new MemoryStream(content), limits ?? PdfLimits.Default, TestContext.Current.CancellationToken);
}
