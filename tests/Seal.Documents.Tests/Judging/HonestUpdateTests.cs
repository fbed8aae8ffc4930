using Seal.Documents.Judging;
using Seal.Documents.Tests.Pdf;

namespace Seal.Documents.Tests.Judging;

/// <summary>What well-known programs do to a sealed file when they are used as they should be.</summary>
public sealed class HonestUpdateTests
{
    // 10 structure tree, 11 its only element, 12 its parent tree, 13 information, 14 metadata, 15 text field, 16 its look, 17 empty
    // signature field, 18 first page, 19 its content.
    private static SamplePdf Tagged(int certification = 0) => new()
    {
        CatalogExtra = "/AcroForm <</Fields [15 0 R 17 0 R] /DA (/Helv 0 Tf 0 g) /DR <</Font <</Helv 3 0 R>>>>>> /StructTreeRoot 10 0 R /MarkInfo <</Marked true>> /Metadata 14 0 R"
            + (certification == 0 ? "" : " /Perms <</DocMDP 9 0 R>>"),
        PageExtra = "/Annots [15 0 R 17 0 R] /StructParents 0",
        TrailerExtra = "/Info 13 0 R",
        Certification = certification,
        More =
        [
            "<</Type /StructTreeRoot /K [11 0 R] /ParentTree 12 0 R /ParentTreeNextKey 1>>",
            "<</Type /StructElem /S /Document /P 10 0 R /K [0]>>",
            "<</Nums [0 [11 0 R]]>>",
            "<</Title (Contract) /ModDate (D:20260101000000Z)>>",
            AppendedUpdate.Stream("<x:xmpmeta/>").Replace("<<", "<</Type /Metadata /Subtype /XML ", StringComparison.Ordinal),
            "<</Type /Annot /Subtype /Widget /FT /Tx /T (amount) /Rect [0 0 90 20] /AP <</N 16 0 R>>>>",
            AppendedUpdate.Stream("q Q").Replace("<<", "<</Type /XObject /Subtype /Form /BBox [0 0 90 20] ", StringComparison.Ordinal),
            "<</Type /Annot /Subtype /Widget /FT /Sig /T (theirs) /Rect [100 0 190 20]>>",
        ],
    };

    public static TheoryData<string, ChangeKind, int[]> Updates => new()
    {
        { "information and metadata", ChangeKind.DocumentInformation, [0, 1, 2, 3] },
        { "title and version", ChangeKind.DocumentInformation, [0, 1, 2, 3] },
        { "validation data", ChangeKind.LongTermValidation, [0, 1, 2, 3] },
        { "everything written again unchanged", ChangeKind.None, [0, 1, 2, 3] },
        { "tabulator order", ChangeKind.DocumentInformation, [0, 1, 2, 3] },
        { "field filled in", ChangeKind.FormFilling, [0, 2, 3] },
        { "comment", ChangeKind.Annotation, [0, 3] },
        { "link", ChangeKind.Annotation, [0, 3] },
        { "text over the page", ChangeKind.ContentAnnotation, [0] },
        { "stamp over the page", ChangeKind.ContentAnnotation, [0] },
        { "large note", ChangeKind.ContentAnnotation, [0] },
        { "highlight", ChangeKind.Annotation, [0, 3] },
        { "filled square", ChangeKind.ContentAnnotation, [0] },
        { "square with a filling of its own", ChangeKind.ContentAnnotation, [0] },
        { "highlight that is text", ChangeKind.ContentAnnotation, [0] },
        { "line that is an image", ChangeKind.ContentAnnotation, [0] },
        { "pen line", ChangeKind.Annotation, [0, 3] },
        { "line as broad as the page", ChangeKind.ContentAnnotation, [0] },
        { "line as broad as the page, the older way", ChangeKind.ContentAnnotation, [0] },
        { "line drawn broadly", ChangeKind.ContentAnnotation, [0] },
        { "line enlarged", ChangeKind.ContentAnnotation, [0] },
        { "line enlarged in another state", ChangeKind.Annotation, [0, 3] },
        { "line made broad by a state", ChangeKind.ContentAnnotation, [0] },
        { "line enlarged below many states", ChangeKind.ContentAnnotation, [0] },
        { "line enlarged beyond all numbers", ChangeKind.ContentAnnotation, [0] },
        { "line in a form that is enlarged", ChangeKind.ContentAnnotation, [0] },
        { "line in a small picture", ChangeKind.ContentAnnotation, [0] },
        { "line in a turned picture", ChangeKind.Annotation, [0, 3] },
        { "line with words on it", ChangeKind.ContentAnnotation, [0] },
        { "empty field shown by a flag", ChangeKind.FormFieldAdded, [0] },
    };

    [Theory]
    [MemberData(nameof(Updates))]
    public async Task It_is_told_and_passes_where_the_certification_permits_it(string update, ChangeKind kind, int[] permitted)
    {
        for (var certification = 0; certification <= 3; certification++)
        {
            var sealedFile = Signed(certification);
            var judgement = await SignedSamples.Judge(Update(sealedFile, update));
            var change = judgement.Signatures[0].LaterChanges.ShouldHaveSingleItem();
            change.Kind.ShouldBe(kind, $"{certification}: {string.Join("; ", change.Details)}");
            judgement.Verdict.ShouldBe(permitted.Contains(certification) ? Verdict.TotalPassed : Verdict.TotalFailed, $"{certification}");
        }
    }

    [Fact]
    public async Task A_tagged_document_signed_again_with_an_element_for_the_new_field_passes()
    {
        var file = await SignedSamples.Seal(Tagged().Build());
        file = AppendedSignature.To(file, "/Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached", new HandMadeCms(SignedSamples.Company).Over);
        file = AppendedUpdate.To(
            file,
            (10, "<</Type /StructTreeRoot /K [11 0 R] /ParentTree 12 0 R /ParentTreeNextKey 2>>"),
            (11, "<</Type /StructElem /S /Document /P 10 0 R /K [0 90 0 R]>>"),
            (12, "<</Nums [0 [11 0 R] 1 90 0 R]>>"),
            (90, "<</Type /StructElem /S /Form /P 11 0 R /K [<</Type /OBJR /Obj 17 0 R>>]>>"));
        var judgement = await SignedSamples.Judge(file);
        judgement.Verdict.ShouldBe(Verdict.TotalPassed, judgement.ToJson());
    }

    [Theory]
    [InlineData("<</Type /StructElem /S /Document /P 10 0 R /K [0] /ActualText (Pay more)>>")]
    [InlineData("<</Type /StructElem /S /Document /P 10 0 R /K []>>")]
    public async Task What_the_tags_of_signed_content_say_may_not_change(string element)
    {
        var file = AppendedUpdate.To(await SignedSamples.Seal(Tagged().Build()), (11, element));
        (await SignedSamples.Judge(file)).SubIndication.ShouldBe(SubIndication.FormatFailure);
    }

    [Fact]
    public async Task An_empty_field_may_be_signed_on_a_certified_document()
    {
        var file = Signed(2);
        var signed = AppendedSignature.To(file, "/Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached", new HandMadeCms(SignedSamples.Company).Over, into: 17);
        var judgement = await SignedSamples.Judge(signed);
        judgement.Verdict.ShouldBe(Verdict.TotalPassed, judgement.ToJson());
        judgement.Signatures[0].LaterChanges.ShouldHaveSingleItem().Kind.ShouldBe(ChangeKind.FurtherSignature);
        (await SignedSamples.Judge(AppendedSignature.To(Signed(1), "/Type /Sig", new HandMadeCms(SignedSamples.Company).Over, into: 17)))
            .Signatures[0].SubIndication.ShouldBe(SubIndication.FormatFailure);
    }

    [Fact]
    public async Task A_certification_cannot_be_taken_away_or_widened()
    {
        foreach (var update in (Func<byte[], (int, string)>[])[
            file => Edited.Catalog(file, "Perms", null),
            file => Edited.Catalog(file, "Perms", "<<>>"),
            _ => (9, "<</Type /Sig /Reference [<</TransformMethod /DocMDP /TransformParams <</P 3>>>>]>>"),
            _ => (9, "null")])
        {
            var file = Signed(1);
            (await SignedSamples.Judge(AppendedUpdate.To(file, update(file)))).SubIndication.ShouldBe(SubIndication.FormatFailure);
        }
    }

    [Theory]
    [InlineData("/Action /All", false)]
    [InlineData("/Action /Include /Fields [(amount)]", false)]
    [InlineData("/Action /Include /Fields [(other)]", true)]
    public async Task A_field_that_a_signature_locks_may_not_be_filled_in(string parameters, bool permitted)
    {
        var file = AppendedSignature.To(
            Tagged().Build(),
            $"/Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /Reference [<</Type /SigRef /TransformMethod /FieldMDP /TransformParams <<{parameters}>>>>]",
            new HandMadeCms(SignedSamples.Company).Over);
        var signature = (await SignedSamples.Judge(Update(file, "field filled in"))).Signatures[0];
        signature.Row(CheckName.Changes).Reason.Code.ShouldBe(permitted ? "changes-noted" : "changes-locked-field");
        signature.Verdict.ShouldBe(permitted ? Verdict.TotalPassed : Verdict.TotalFailed);
    }

    [Theory]
    [InlineData("/Reference [<</TransformMethod /FieldMDP /TransformParams <</Action /Include /Fields [] /P 1>>>>]", "", 1)]
    [InlineData("/Reference [<</TransformMethod /FieldMDP /TransformParams <</Action /Include /Fields [] /P 2>>>>]", "", 2)]
    [InlineData("/Reference [<</TransformMethod /DocMDP /TransformParams <</P 3>>>>]", "", 3)]
    [InlineData("", "/Lock <</Type /SigFieldLock /Action /Include /Fields [] /P 1>>", 1)]
    [InlineData("", "/Lock <</Type /SigFieldLock /Action /Include /Fields [] /P 2>>", 2)]
    [InlineData("", "/Lock <</Type /SigFieldLock /Action /Include /Fields []>>", 0)]
    public async Task A_signature_that_locks_the_document_permits_what_its_level_does(string reference, string fieldLock, int level)
    {
        var tagged = Tagged() with { More = [.. Tagged().More.Take(7), Tagged().More[7].Replace("/T (theirs)", $"/T (theirs) {fieldLock}", StringComparison.Ordinal)] };
        var file = AppendedSignature.To(
            tagged.Build(), $"/Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached {reference}", new HandMadeCms(SignedSamples.Company).Over, into: 17);
        foreach ((var update, var permitted) in (ValueTuple<string, int[]>[])[("validation data", [0, 1, 2, 3]), ("field filled in", [0, 2, 3]), ("comment", [0, 3]), ("text over the page", [0])])
        {
            var judgement = await SignedSamples.Judge(Update(file, update));
            judgement.Verdict.ShouldBe(permitted.Contains(level) ? Verdict.TotalPassed : Verdict.TotalFailed, $"{update}: {judgement.ToJson()}");
        }
    }

    private static byte[] Signed(int certification) => AppendedSignature.To(
        Tagged(certification).Build(),
        "/Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached",
        new HandMadeCms(SignedSamples.Company).Over,
        "First");

    private static byte[] Update(byte[] file, string update) => update switch
    {
        "information and metadata" => AppendedUpdate.To(
            file,
            (13, "<</Title (Contract) /ModDate (D:20261122000000Z) /Producer (Another)>>"),
            (14, AppendedUpdate.Stream("<x:xmpmeta>2</x:xmpmeta>").Replace("<<", "<</Type /Metadata /Subtype /XML ", StringComparison.Ordinal))),
        "title and version" => AppendedUpdate.To(file, (1, Edited.Catalog(file, "Version", "/1.7").Item2[..^2] + " /Extensions <</ADBE <</BaseVersion /1.7 /ExtensionLevel 5>>>>>>")),
        "validation data" => AppendedSignature.Store(file, [SignedSamples.Company.Certificate.RawData.ToArray()], [], []),
        "everything written again unchanged" => AppendedUpdate.To(file, [.. new[] { 1, 2, 3, 10, 11, 12, 15, 17, 18 }.Select(number => (number, Edited.Text(Edited.Newest(file).Object(number))))]),
        "tabulator order" => AppendedUpdate.To(file, Edited.With(file, 18, "Tabs", "/S")),
        "field filled in" => AppendedUpdate.To(file, (15, "<</Type /Annot /Subtype /Widget /FT /Tx /T (amount) /Rect [0 0 90 20] /AP <</N 60 0 R>> /V (9)>>"), (60, AppendedUpdate.Stream("0 g"))),
        "comment" => Annotated(file, "<</Type /Annot /Subtype /Text /Rect [0 0 20 20] /Contents (see)>>"),
        "link" => Annotated(file, "<</Type /Annot /Subtype /Link /Rect [0 0 20 20] /A <</S /URI /URI (https://example.com)>>>>"),
        "text over the page" => Annotated(file, "<</Type /Annot /Subtype /FreeText /Rect [0 0 200 20] /Contents (Pay more) /DA (0 g)>>"),
        "stamp over the page" => Annotated(file, "<</Type /Annot /Subtype /Stamp /Rect [0 0 200 20]>>"),
        "large note" => Annotated(file, "<</Type /Annot /Subtype /Text /Rect [0 0 500 500] /AP <</N 16 0 R>>>>"),
        "highlight" => Drawn(file, "Highlight", "/G gs /Fm Do", "/Resources <</ExtGState <</G <</BM /Multiply>>>> /XObject <</Fm 63 0 R>>>>"),
        "filled square" => Annotated(file, "<</Type /Annot /Subtype /Square /Rect [0 0 500 500] /IC [1 1 1]>>"),
        "square with a filling of its own" => Drawn(file, "Square", "1 g 0 0 500 500 re f", ""),
        "highlight that is text" => Drawn(file, "Highlight", "BT /Helv 12 Tf (Pay more) Tj ET", ""),
        "pen line" => Annotated(file, "<</Type /Annot /Subtype /Line /Rect [0 0 500 500] /L [0 0 500 500] /Border [0 0 2] /BS <</W 3>>>>"),
        "line as broad as the page" => Annotated(file, "<</Type /Annot /Subtype /Line /Rect [0 0 500 500] /L [0 0 500 500] /C [1 1 1] /BS <</W 500>>>>"),
        "line as broad as the page, the older way" => Annotated(file, "<</Type /Annot /Subtype /Ink /Rect [0 0 500 500] /InkList [[0 0 500 500]] /C [1 1 1] /Border [0 0 500.5]>>"),
        "line enlarged" => Drawn(file, "Ink", "1 G q 100 0 0 100 0 0 cm 0 2 m 5 2 l S Q", ""),
        "line enlarged in another state" => Drawn(file, "Ink", "1 G q 100 0 0 100 0 0 cm Q 0 2 m 5 2 l S", ""),
        "line enlarged below many states" => Drawn(file, "Ink", $"{string.Concat(Enumerable.Repeat("q ", 64))}100 0 0 100 0 0 cm q Q 0 2 m 5 2 l S", ""),
        "line enlarged beyond all numbers" => Drawn(
            file, "Ink", $"{string.Concat(Enumerable.Repeat($"1{new string('0', 100)} 0 0 1{new string('0', 100)} 0 0 cm ", 2))}0 2 m 5 2 l S", ""),
        "line made broad by a state" => Drawn(file, "Ink", "1 G /G gs 0 250 m 500 250 l S", "/Resources <</ExtGState <</G <</LW 300>>>>>>"),
        "line in a form that is enlarged" => Annotated(
            file,
            "<</Type /Annot /Subtype /Ink /Rect [0 0 500 500] /AP <</N 62 0 R>>>>",
            (62, AppendedUpdate.Stream("50 0 0 50 0 0 cm /F Do").Replace("<<", "<</Type /XObject /Subtype /Form /BBox [0 0 500 500] /Resources <</XObject <</F 63 0 R>>>> ", StringComparison.Ordinal)),
            (63, AppendedUpdate.Stream("0 5 m 10 5 l S").Replace("<<", "<</Type /XObject /Subtype /Form /BBox [0 0 10 10] ", StringComparison.Ordinal))),
        "line in a small picture" => Annotated(
            file,
            "<</Type /Annot /Subtype /Ink /Rect [0 0 500 500] /AP <</N 62 0 R>>>>",
            (62, AppendedUpdate.Stream("0 5 m 10 5 l S").Replace("<<", "<</Type /XObject /Subtype /Form /BBox [0 0 10 10] ", StringComparison.Ordinal))),
        "line in a turned picture" => Annotated(
            file,
            "<</Type /Annot /Subtype /Ink /Rect [0 0 10 500] /AP <</N 62 0 R>>>>",
            (62, AppendedUpdate.Stream("0 5 m 500 5 l S").Replace("<<", "<</Type /XObject /Subtype /Form /BBox [0 0 500 10] /Matrix [0 1 -1 0 0 0] ", StringComparison.Ordinal))),
        "line drawn broadly" => Drawn(file, "Ink", "1 G 500 w 0 250 m 500 250 l S", ""),
        "line with words on it" => Annotated(file, "<</Type /Annot /Subtype /Line /Rect [0 0 500 500] /L [0 250 500 250] /Cap true /Contents (Pay more)>>"),
        "empty field shown by a flag" => AppendedUpdate.To(file, (17, Edited.With(file, 17, "AP", "<</N 65 0 R>>").Item2), (65, AppendedUpdate.Stream("1 0 0 rg 0 0 32 8 re f").Replace("<<", "<</Type /XObject /Subtype /Form /BBox [0 0 90 20] ", StringComparison.Ordinal))),
        _ => Drawn(file, "Line", "/Im Do", "/Resources <</XObject <</Im 64 0 R>>>>"),
    };

    private static byte[] Drawn(byte[] file, string type, string content, string resources) => Annotated(
        file,
        $"<</Type /Annot /Subtype /{type} /Rect [0 0 500 500] /AP <</N 62 0 R>>>>",
        (62, AppendedUpdate.Stream(content).Replace("<<", $"<</Type /XObject /Subtype /Form /BBox [0 0 500 500] {resources} ", StringComparison.Ordinal)),
        (63, AppendedUpdate.Stream("1 1 0 rg 0 0 500 500 re f").Replace("<<", "<</Type /XObject /Subtype /Form /BBox [0 0 500 500] ", StringComparison.Ordinal)),
        (64, AppendedUpdate.Stream("x").Replace("<<", "<</Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 ", StringComparison.Ordinal)));

    private static byte[] Annotated(byte[] file, string annotation, params (int, string)[] parts)
    {
        var existing = Edited.Text(((Documents.Pdf.PdfDictionary)Edited.Newest(file).Object(18))["Annots"]!);
        return AppendedUpdate.To(file, [Edited.With(file, 18, "Annots", existing[..^1] + " 61 0 R]"), (61, annotation), .. parts]);
    }
}
