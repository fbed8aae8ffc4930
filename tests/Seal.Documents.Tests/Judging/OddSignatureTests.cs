using System.Text;
using Seal.Documents.Judging;
using Seal.Documents.Pdf;
using Seal.Documents.Tests.Pdf;

namespace Seal.Documents.Tests.Judging;

/// <summary>Signatures whose dictionary, or whose document, was written so that something can be exchanged later or read in two ways.</summary>
public sealed class OddSignatureTests
{
    // In OneRevision's sample: 1 catalog, 10 signature, 11 its field, 12 first page, 13 its content.
    private static readonly Dictionary<string, Func<byte[]>> Odd = new(StringComparer.Ordinal)
    {
        ["contents under an escaped name as well"] = () => OneRevision.Signed(
            text => OneRevision.StartXref(text, 0), With(signature => signature.Replace("/Type /Sig", "/Type /Sig /Con#74ents <30030101ff>", StringComparison.Ordinal))),
        ["the byte range twice"] = () => OneRevision.Signed(
            text => text, With(signature => signature.Replace("/Type /Sig", "/Byte#52ange [0 1 2 3] /Type /Sig", StringComparison.Ordinal))),
        ["a marker of the end in the hole"] = () => Spoilt(OneRevision.Signed(text => text), "\n%%EOF\n"),
        ["a cross-reference in the hole"] = () => Spoilt(OneRevision.Signed(text => text), "\nstartxref\n9\n%%EOF\n"),
        ["a name in the hole"] = () => Spoilt(OneRevision.Signed(text => text), "/A(b)"),
        ["the hole as a literal string"] = () => Literal(OneRevision.Signed(text => text)),
        ["the length of the content exchanged"] = () => Later(
            Prepared((11, "<</Length 40 0 R>>\nstream\nBT /F1 24 Tf 72 700 Td (Pay 5) Tj ET\nBT ET\nendstream"), (40, "42")), (40, "10")),
        ["the filter of the content exchanged"] = () => Later(
            Prepared((11, "<</Length 8 /Filter 40 0 R>>\nstream\n71205120\nendstream"), (40, "null")), (40, "/ASCIIHexDecode")),
        ["the certification's level raised"] = () => Later(Certified(), Edited.With(Certified(), 10, "Reference", Level(3)), Annotated, Note),
        ["the certification withdrawn"] = () => Later(Certified(), Edited.Catalog(Certified(), "Perms", null), Annotated, Note),
        ["the certification passed on"] = () => Later(
            Certified(), Edited.Catalog(Certified(), "Perms", "<</DocMDP 41 0 R>>"), Annotated, Note, (41, $"<</Type /Sig /Reference {Level(3)}>>")),
    };

    private static readonly (int, string) Note = (99, "<</Type /Annot /Subtype /Text /Rect [0 0 90 90] /Contents (paid)>>");

    private static readonly (int, string) Annotated = (12, "<</Type /Page /Parent 2 0 R /Contents 13 0 R /Annots [99 0 R]>>");

    public static TheoryData<string> Names => [.. Odd.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_never_passes(string what)
    {
        try
        {
            var judgement = await SignedSamples.Judge(Odd[what]());
            judgement.Signatures.ShouldNotBeEmpty();
            (judgement.Verdict, judgement.SubIndication).ShouldBe((Verdict.TotalFailed, SubIndication.FormatFailure), judgement.ToJson());
        }
        catch (PdfFormatException refused)
        {
            refused.Code.ShouldBe(PdfProblem.Damaged);
        }
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("\r\n")]
    [InlineData("\0")]
    public async Task White_space_in_the_hole_says_nothing(string space) =>
        (await SignedSamples.Judge(Spoilt(OneRevision.Signed(text => text), space))).Verdict.ShouldBe(Verdict.TotalPassed);

    [Fact]
    public async Task What_was_prepared_for_an_exchange_passes_until_it_happens()
    {
        (await SignedSamples.Judge(Prepared((11, "<</Length 8 /Filter 40 0 R>>\nstream\n71205120\nendstream"), (40, "null")))).Verdict.ShouldBe(Verdict.TotalPassed);
        (await SignedSamples.Judge(Certified())).Verdict.ShouldBe(Verdict.TotalPassed);
    }

    private static SamplePdf With(Func<string, string> signature) =>
        OneRevision.Sample with { More = [signature(OneRevision.Sample.More[0]), .. OneRevision.Sample.More.Skip(1)] };

    private static byte[] Prepared(params (int, string)[] objects) =>
        AppendedSignature.To(AppendedUpdate.To(new SamplePdf().Build(), objects), "/Type /Sig /SubFilter /ETSI.CAdES.detached", new HandMadeCms(SignedSamples.Company).Over);

    private static readonly Lazy<byte[]> LazyCertified = new(() => OneRevision.Signed(
        text => text,
        With(signature => signature.Replace("/Type /Sig", $"/Type /Sig /Reference {Level(1)}", StringComparison.Ordinal)) with { CatalogExtra = OneRevision.Sample.CatalogExtra + " /Perms <</DocMDP 10 0 R>>" }));

    private static byte[] Certified() => [.. LazyCertified.Value];

    private static string Level(int level) => $"[<</Type /SigRef /TransformMethod /DocMDP /TransformParams <</Type /TransformParams /V /1.2 /P {level}>>>>]";

    private static byte[] Later(byte[] file, params (int, string)[] objects) => AppendedUpdate.To(file, objects);

    /// <summary>Puts something in the place of zeros behind the signature.</summary>
    private static byte[] Spoilt(byte[] file, string put)
    {
        var open = file.AsSpan().IndexOf("/Contents <"u8);
        var close = open + file.AsSpan(open).IndexOf((byte)'>');
        Encoding.Latin1.GetBytes(put).CopyTo(file, close - 100);
        return file;
    }

    private static byte[] Literal(byte[] file)
    {
        var open = file.AsSpan().IndexOf("/Contents <"u8) + 10;
        var close = open + file.AsSpan(open).IndexOf((byte)'>');
        (file[open], file[close]) = ((byte)'(', (byte)')');
        return file;
    }
}
