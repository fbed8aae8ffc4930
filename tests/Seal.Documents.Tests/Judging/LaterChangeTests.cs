using Seal.Documents.Judging;
using Seal.Documents.Pdf;
using Seal.Documents.Tests.Pdf;

namespace Seal.Documents.Tests.Judging;

public sealed class LaterChangeTests
{
    // 10 is a text field with its widget, 11 its look, 12 the certification, 13 the page, 14 its content.
    private static SamplePdf Form(int certification) => new()
    {
        Pages = 1,
        CatalogExtra = "/AcroForm <</Fields [10 0 R]>>" + (certification == 0 ? "" : " /Perms <</DocMDP 12 0 R>>"),
        PageExtra = "/Annots [10 0 R]",
        More =
        [
            "<</Type /Annot /Subtype /Widget /FT /Tx /T (amount) /Rect [0 0 90 20] /AP <</N 11 0 R>>>>",
            AppendedUpdate.Stream("q Q").Replace("<<", "<</Type /XObject /Subtype /Form /BBox [0 0 90 20] ", StringComparison.Ordinal),
            $"<</Type /Sig /Reference [<</TransformMethod /DocMDP /TransformParams <</P {certification}>>>>]>>",
        ],
    };

    private static readonly (int, string)[] Filled =
    [
        (10, "<</Type /Annot /Subtype /Widget /FT /Tx /T (amount) /Rect [0 0 90 20] /AP <</N 40 0 R>> /V (5)>>"),
        (40, AppendedUpdate.Stream("0 g")),
    ];

    private static readonly (int, string)[] Annotated =
    [
        (13, "<</Type /Page /Parent 2 0 R /Contents 14 0 R /Annots [10 0 R 17 0 R 41 0 R]>>"),
        (41, "<</Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (please check)>>"),
    ];

    [Theory]
    [InlineData(0, "filled", ChangeKind.FormFilling, true)]
    [InlineData(0, "annotated", ChangeKind.Annotation, true)]
    [InlineData(2, "filled", ChangeKind.FormFilling, true)]
    [InlineData(2, "annotated", ChangeKind.Annotation, false)]
    [InlineData(3, "annotated", ChangeKind.Annotation, true)]
    public async Task What_the_certification_permits_passes_and_is_listed(int certification, string what, ChangeKind kind, bool permitted)
    {
        var sealedFile = await SignedSamples.Seal(Form(certification).Build());
        var file = AppendedUpdate.To(sealedFile, what == "filled" ? Filled : Annotated);
        var signature = (await SignedSamples.Judge(file)).Signatures[0];
        var change = signature.LaterChanges.ShouldHaveSingleItem();
        (change.Kind, change.Permitted).ShouldBe((kind, permitted), string.Join("; ", change.Details));
        signature.Verdict.ShouldBe(permitted ? Verdict.TotalPassed : Verdict.TotalFailed);
        signature.Row(CheckName.Changes).Reason.Code.ShouldBe(permitted ? "changes-noted" : "changes-beyond-certification");
        signature.SignedLength.ShouldBe(sealedFile.Length);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(3, false)]
    public async Task A_form_field_may_be_added_only_to_an_uncertified_document(int certification, bool permitted)
    {
        var sealedFile = await SignedSamples.Seal(Form(certification).Build());
        var form = certification == 0 ? "" : " /Perms <</DocMDP 12 0 R>>";
        var file = AppendedUpdate.To(
            sealedFile,
            (1, $"<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [10 0 R 17 0 R 60 0 R] /SigFlags 3>>{form}>>"),
            (13, "<</Type /Page /Parent 2 0 R /Contents 14 0 R /Annots [10 0 R 17 0 R 60 0 R]>>"),
            (60, "<</Type /Annot /Subtype /Widget /FT /Tx /T (more) /Rect [0 40 90 60]>>"));
        var signature = (await SignedSamples.Judge(file)).Signatures[0];
        signature.LaterChanges[0].Kind.ShouldBe(ChangeKind.FormFieldAdded, string.Join("; ", signature.LaterChanges[0].Details));
        signature.Verdict.ShouldBe(permitted ? Verdict.TotalPassed : Verdict.TotalFailed);
    }

    [Fact]
    public async Task A_field_that_is_moved_or_renamed_is_not_filled_in()
    {
        var sealedFile = await SignedSamples.Seal(Form(0).Build());
        foreach (var body in (string[])[
            "<</Type /Annot /Subtype /Widget /FT /Tx /T (amount) /Rect [0 0 500 20] /AP <</N 11 0 R>>>>",
            "<</Type /Annot /Subtype /Widget /FT /Tx /T (total) /Rect [0 0 90 20] /AP <</N 11 0 R>>>>"])
        {
            var judgement = await SignedSamples.Judge(AppendedUpdate.To(sealedFile, (10, body)));
            judgement.SubIndication.ShouldBe(SubIndication.FormatFailure, body);
        }
    }

    [Fact]
    public async Task The_look_of_a_field_may_change_but_not_where_something_else_uses_it()
    {
        var sealedFile = await SignedSamples.Seal(Form(0).Build());
        var overwritten = AppendedUpdate.To(sealedFile, (11, AppendedUpdate.Stream("1 g")));
        (await SignedSamples.Judge(overwritten)).Signatures[0].LaterChanges[0].Kind.ShouldBe(ChangeKind.FormFilling);

        var shared = Form(0) with { CatalogExtra = "/AcroForm <</Fields [10 0 R]>> /Names 11 0 R" };
        var sneaky = AppendedUpdate.To(await SignedSamples.Seal(shared.Build()), (11, AppendedUpdate.Stream("1 g")));
        (await SignedSamples.Judge(sneaky)).Signatures[0].LaterChanges[0].Kind.ShouldBe(ChangeKind.Other);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Validation_data_are_always_permitted(int certification)
    {
        var file = await SignedSamples.Seal(Form(certification).Build());
        var withData = AppendedUpdate.To(file, CatalogOf(file, "/DSS 50 0 R"), (50, "<</Type /DSS /Certs [51 0 R]>>"), (51, AppendedUpdate.Stream("x")));
        var signature = (await SignedSamples.Judge(withData)).Signatures[0];
        signature.LaterChanges[0].Kind.ShouldBe(ChangeKind.LongTermValidation, string.Join("; ", signature.LaterChanges[0].Details));
        signature.Verdict.ShouldBe(Verdict.TotalPassed);
    }

    [Fact]
    public async Task An_update_that_repeats_objects_unchanged_changes_nothing()
    {
        var file = await SignedSamples.Seal(Form(0).Build());
        var repeated = AppendedUpdate.To(file, (3, "<< /Subtype/Type1 /Type /Font /BaseFont/Helvetica >>"), (77, "(reached by nobody)"));
        var signature = (await SignedSamples.Judge(repeated)).Signatures[0];
        signature.LaterChanges.ShouldHaveSingleItem().Kind.ShouldBe(ChangeKind.None);
        signature.Row(CheckName.Changes).Reason.Code.ShouldBe("changes-none");
    }

    [Theory]
    [InlineData("/Action /All", "any", true)]
    [InlineData("/Action /Include /Fields [(a)]", "a.b", true)]
    [InlineData("/Action /Include /Fields [(a)]", "ab", false)]
    [InlineData("/Action /Exclude /Fields [(a)]", "a", false)]
    [InlineData("/Action /Exclude /Fields [(a)]", "b", true)]
    public void A_field_lock_covers_what_it_names(string parameters, string field, bool locked)
    {
        var file = new SamplePdf { More = [$"<</Reference [<</TransformMethod /FieldMDP /TransformParams <<{parameters}>>>>]>>"] }.Build();
        var view = PdfFile.Open(new MemoryStream(file), PdfLimits.Default, TestContext.Current.CancellationToken).Newest;
        PdfCertification.Locks(view, view.Dictionary(new PdfReference(10, 0))!, field).ShouldBe(locked);
    }

    private static (int, string) CatalogOf(byte[] file, string extra)
    {
        var view = PdfFile.Open(new MemoryStream(file), PdfLimits.Default, TestContext.Current.CancellationToken).Newest;
        PdfSyntaxWriter writer = new();
        writer.Value(view.Catalog);
        var text = System.Text.Encoding.Latin1.GetString(writer.ToArray());
        return (1, text[..^2] + extra + ">>");
    }
}
