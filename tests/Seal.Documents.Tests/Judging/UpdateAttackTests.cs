using System.Text;
using Seal.Documents.Judging;
using Seal.Documents.Tests.Pdf;

namespace Seal.Documents.Tests.Judging;

/// <summary>Updates appended to a sealed file by somebody who wants it to show something else.</summary>
public sealed class UpdateAttackTests
{
    private const string Evil = "BT /F1 24 Tf 72 700 Td (Pay more) Tj ET";

    // 1 catalog, 2 pages, 3 font, 10 text field, 11 its look, 12 optional content, 13 a stream that hides an object, 14 first page,
    // 15 its content, 16 second page, 17 its content.
    private static SamplePdf Rich => new()
    {
        CatalogExtra = "/AcroForm <</Fields [10 0 R]>> /OCProperties <</OCGs [12 0 R] /D <</ON [12 0 R]>>>> /Names <</Dests <</Names []>>>>",
        PageExtra = "/Annots [10 0 R]",
        More =
        [
            "<</Type /Annot /Subtype /Widget /FT /Tx /T (amount) /V (5) /Rect [0 0 90 20] /AP <</N 11 0 R>>>>",
            Form("q Q"),
            "<</Type /OCG /Name (Draft)>>",
            AppendedUpdate.Stream($"15 0 obj\n{AppendedUpdate.Stream(Evil)}\nendobj\n"),
        ],
    };

    private static readonly Dictionary<string, Func<byte[], byte[]>> Attacks = new(StringComparer.Ordinal)
    {
        ["content replaced"] = file => AppendedUpdate.To(file, (15, AppendedUpdate.Stream(Evil))),
        ["content removed"] = file => Raw(file, "xref\n15 1\n0000000000 00001 f \n", "/Root 1 0 R"),
        ["content of another generation"] = file => RawObject(file, "15 1 obj", AppendedUpdate.Stream(Evil), 15, 1),
        ["content taken from inside a signed stream"] = file => Raw(file, $"xref\n15 1\n{Inside(file):D10} 00000 n \n", "/Root 1 0 R"),
        ["content array"] = file => AppendedUpdate.To(file, Edited.With(file, 14, "Contents", "[15 0 R 99 0 R]"), (99, AppendedUpdate.Stream(Evil))),
        ["content array in place"] = file => AppendedUpdate.To(file, (15, "[15 0 R 99 0 R]"), (99, AppendedUpdate.Stream(Evil))),
        ["page removed"] = file => AppendedUpdate.To(file, Edited.With(file, 2, "Kids", "[14 0 R]")),
        ["page added"] = file => AppendedUpdate.To(file, Edited.With(file, 2, "Kids", "[14 0 R 16 0 R 98 0 R]"), (98, "<</Type /Page /Parent 2 0 R /Contents 15 0 R>>")),
        ["pages in another order"] = file => AppendedUpdate.To(file, Edited.With(file, 2, "Kids", "[16 0 R 14 0 R]")),
        ["page of another size"] = file => AppendedUpdate.To(file, Edited.With(file, 2, "MediaBox", "[0 0 300 300]")),
        ["page cropped"] = file => AppendedUpdate.To(file, Edited.With(file, 14, "CropBox", "[0 0 100 100]")),
        ["page turned"] = file => AppendedUpdate.To(file, Edited.With(file, 14, "Rotate", "180")),
        ["all pages turned"] = file => AppendedUpdate.To(file, Edited.With(file, 2, "Rotate", "90")),
        ["page in another unit"] = file => AppendedUpdate.To(file, Edited.With(file, 14, "UserUnit", "10")),
        ["page trimmed"] = file => AppendedUpdate.To(file, Edited.With(file, 14, "TrimBox", "[0 0 100 100]")),
        ["page of its own size"] = file => AppendedUpdate.To(file, Edited.With(file, 14, "MediaBox", "[0 0 595 100]")),
        ["page of a size elsewhere"] = file => AppendedUpdate.To(file, Edited.With(file, 14, "MediaBox", "99 0 R"), (99, "[0 0 595 100]")),
        ["page blended"] = file => AppendedUpdate.To(file, Edited.With(file, 14, "Group", "<</S /Transparency /CS /DeviceCMYK>>")),
        ["page with another parent"] = file => AppendedUpdate.To(
            file, Edited.With(file, 14, "Parent", "99 0 R"), (99, "<</Type /Pages /Parent 2 0 R /Count 1 /Kids [14 0 R] /Resources <</Font <</F1 97 0 R>>>> /MediaBox [0 0 595 842]>>"), (97, "<</Type /Font /Subtype /Type1 /BaseFont /Symbol>>")),
        ["page under a branch of its own"] = file => AppendedUpdate.To(
            file, Edited.With(file, 2, "Kids", "[99 0 R 16 0 R]"), (99, "<</Type /Pages /Parent 2 0 R /Count 1 /Kids [14 0 R] /Rotate 90>>")),
        ["page that is another object"] = file => AppendedUpdate.To(file, Edited.With(file, 2, "Kids", "[98 0 R 16 0 R]"), (98, Edited.Text(Edited.Newest(file).Object(14)))),
        ["pages kept elsewhere"] = file => AppendedUpdate.To(file, Edited.Catalog(file, "Pages", "99 0 R"), (99, Edited.Text(Edited.Newest(file).Object(2)))),
        ["page resources"] = file => AppendedUpdate.To(file, Edited.With(file, 2, "Resources", "<</Font <</F1 97 0 R>>>>"), (97, "<</Type /Font /Subtype /Type1 /BaseFont /Symbol>>")),
        ["page key twice"] = file => AppendedUpdate.To(file, (14, Edited.With(file, 14, "Tabs", "/S").Item2[..^2] + " /Contents 99 0 R>>"), (99, AppendedUpdate.Stream(Evil))),
        ["font"] = file => AppendedUpdate.To(file, (3, "<</Type /Font /Subtype /Type1 /BaseFont /Symbol>>")),
        ["optional content switched off"] = file => AppendedUpdate.To(file, Edited.Catalog(file, "OCProperties", "<</OCGs [12 0 R] /D <</OFF [12 0 R]>>>>")),
        ["optional content renamed"] = file => AppendedUpdate.To(file, (12, "<</Type /OCG /Name (Final)>>")),
        ["optional content removed"] = file => AppendedUpdate.To(file, Edited.Catalog(file, "OCProperties", null)),
        ["file embedded"] = file => AppendedUpdate.To(file, Edited.Catalog(file, "Names", "<</Dests <</Names []>> /EmbeddedFiles <</Names [(a.exe) 99 0 R]>>>>"), (99, "<</Type /Filespec /F (a.exe)>>")),
        ["file associated"] = file => AppendedUpdate.To(file, Edited.Catalog(file, "AF", "[99 0 R]"), (99, "<</Type /Filespec /F (a.exe)>>")),
        ["file attached by an annotation"] = file => AppendedUpdate.To(file, Edited.With(file, 16, "Annots", "[10 0 R 99 0 R]"), (99, "<</Type /Annot /Subtype /FileAttachment /Rect [0 0 9 9] /FS <</Type /Filespec /F (a.exe)>>>>")),
        ["shown as a folder of files"] = file => AppendedUpdate.To(file, Edited.Catalog(file, "Collection", "<</Type /Collection /View /D>>")),
        ["printed in other colours"] = file => AppendedUpdate.To(file, Edited.Catalog(file, "OutputIntents", "[<</S /GTS_PDFX /OutputConditionIdentifier (x)>>]")),
        ["certified afterwards"] = file => AppendedUpdate.To(file, Edited.Catalog(file, "Perms", "<</DocMDP 99 0 R>>"), (99, "<</Type /Sig /Reference [<</TransformMethod /DocMDP /TransformParams <</P 3>>>>]>>")),
        ["script by name"] = file => AppendedUpdate.To(file, Edited.Catalog(file, "Names", "<</Dests <</Names []>> /JavaScript <</Names [(a) 99 0 R]>>>>"), (99, "<</S /JavaScript /JS (x)>>")),
        ["script on opening"] = file => AppendedUpdate.To(file, Edited.Catalog(file, "OpenAction", "<</S /JavaScript /JS (x)>>")),
        ["action of the document"] = file => AppendedUpdate.To(file, Edited.Catalog(file, "AA", "<</WC <</S /JavaScript /JS (x)>>>>")),
        ["action of a page"] = file => AppendedUpdate.To(file, Edited.With(file, 14, "AA", "<</O <</S /Launch /F (x)>>>>")),
        ["action of a field"] = file => AppendedUpdate.To(file, Edited.With(file, 10, "AA", "<</K <</S /JavaScript /JS (x)>>>>")),
        ["action on a click"] = file => AppendedUpdate.To(file, Edited.With(file, 10, "A", "<</S /URI /URI (http://x)>>")),
        ["XFA form"] = file => AppendedUpdate.To(file, Form(file, "XFA", "99 0 R"), (99, AppendedUpdate.Stream("<xdp/>"))),
        ["fields calculated"] = file => AppendedUpdate.To(file, Form(file, "CO", "[10 0 R]")),
        ["fields to be drawn anew"] = file => AppendedUpdate.To(file, Form(file, "NeedAppearances", "true")),
        ["form removed"] = file => AppendedUpdate.To(file, Edited.Catalog(file, "AcroForm", null)),
        ["form emptied"] = file => AppendedUpdate.To(file, Form(file, "Fields", "[]")),
        ["sealed field removed"] = file => AppendedUpdate.To(file, Form(file, "Fields", "[10 0 R]")),
        ["seal unsigned"] = file => AppendedUpdate.To(file, Edited.With(file, Edited.Field(file, "Seal1"), "V", null)),
        ["seal moved"] = file => AppendedUpdate.To(file, Edited.With(file, Edited.Field(file, "Seal1"), "Rect", "[300 300 500 500]")),
        ["seal hidden"] = file => AppendedUpdate.To(file, Edited.With(file, Edited.Field(file, "Seal1"), "F", "2")),
        ["seal's picture drawn over"] = file => AppendedUpdate.To(file, (Picture(file), Form("1 g 0 0 90 20 re f"))),
        ["seal's widget unprinted"] = file => AppendedUpdate.To(file, Edited.With(file, Edited.Field(file, "Seal1"), "F", "0")),
        ["seal in optional content"] = file => AppendedUpdate.To(file, Edited.With(file, Edited.Field(file, "Seal1"), "OC", "12 0 R")),
        ["seal's state"] = file => AppendedUpdate.To(file, Edited.With(file, Edited.Field(file, "Seal1"), "AS", "/Off")),
        ["seal renamed"] = file => AppendedUpdate.To(file, Edited.With(file, Edited.Field(file, "Seal1"), "T", "(Nothing)")),
        ["seal with another picture"] = file => AppendedUpdate.To(file, Edited.With(file, Edited.Field(file, "Seal1"), "AP", "<</N 99 0 R>>"), (99, Form("1 g"))),
        ["seal's annotation taken from the page"] = file => AppendedUpdate.To(file, Edited.With(file, 14, "Annots", "[10 0 R]")),
        ["catalog exchanged"] = file => Raw(file, null, "/Root 99 0 R", (99, Edited.Catalog(file, "Lang", "(en)").Item2)),
        ["catalog key twice"] = file => AppendedUpdate.To(file, (1, Edited.Catalog(file, "Lang", null).Item2[..^2] + " /Pages 99 0 R>>"), (99, "<</Type /Pages /Count 0 /Kids []>>")),
        ["metadata that are the page"] = file => AppendedUpdate.To(file, Edited.Catalog(file, "Metadata", "15 0 R"), (15, AppendedUpdate.Stream(Evil))),
        ["validation data that are the page"] = file => AppendedUpdate.To(file, Edited.Catalog(file, "DSS", "<</Certs [15 0 R]>>"), (15, AppendedUpdate.Stream(Evil))),
        ["media annotation"] = file => AppendedUpdate.To(file, Edited.With(file, 16, "Annots", "[10 0 R 99 0 R]"), (99, "<</Type /Annot /Subtype /Screen /Rect [0 0 500 500]>>")),
        ["widget of no field"] = file => AppendedUpdate.To(file, Edited.With(file, 16, "Annots", "[10 0 R 99 0 R]"), (99, "<</Type /Annot /Subtype /Widget /Rect [0 0 500 500] /AP <</N 11 0 R>>>>")),
        ["a section that refers to itself"] = file => Raw(file, "xref\n99 1\n0000000015 00000 n \n", "/Root 1 0 R", previous: file.Length),
        ["a section with a number twice"] = file => Raw(file, "xref\n15 1\n0000000015 00000 n \n15 1\n0000000016 00000 n \n", "/Root 1 0 R"),
        ["objects taken out by the size"] = file => Encoding.Latin1.GetBytes(
            Encoding.Latin1.GetString(Raw(file, "xref\n0 1\n0000000000 65535 f \n", "/Root 1 0 R")).ReplaceLast("/Size 500", "/Size 15")),
        ["content moved into a signed stream"] = ContentInSignedStream,
        ["hidden beside the table"] = HiddenBesideTheTable,
        ["an unreadable section"] = file => [.. file, .. "xref\n0 1\nnonsense\nstartxref\n5\n%%EOF\n"u8],
        ["an object without any section"] = file => [.. file, .. Encoding.Latin1.GetBytes($"15 0 obj\n{AppendedUpdate.Stream(Evil)}\nendobj\n%%EOF\n")],
    };

    public static TheoryData<string> Names => [.. Attacks.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_is_a_format_failure(string attack)
    {
        var sealedFile = await SignedSamples.Seal(Rich.Build());
        (await SignedSamples.Judge(sealedFile)).Verdict.ShouldBe(Verdict.TotalPassed);
        var judgement = await SignedSamples.Judge(Attacks[attack](sealedFile));
        (judgement.Verdict, judgement.SubIndication).ShouldBe((Verdict.TotalFailed, SubIndication.FormatFailure), attack + judgement.ToJson());
    }

    private static string Form(string content) =>
        AppendedUpdate.Stream(content).Replace("<<", "<</Type /XObject /Subtype /Form /BBox [0 0 90 20] ", StringComparison.Ordinal);

    private static (int, string) Form(byte[] file, string key, string value)
    {
        var view = Edited.Newest(file);
        return view.Catalog["AcroForm"] is Documents.Pdf.PdfReference reference
            ? Edited.With(file, reference.Number, key, value)
            : Edited.Catalog(file, "AcroForm", Edited.CatalogEntry(file, "AcroForm")[..^2] + $" /{key} {value}>>");
    }

    private static int Picture(byte[] file)
    {
        var view = Edited.Newest(file);
        return ((Documents.Pdf.PdfReference)view.Dictionary(view.Dictionary(new Documents.Pdf.PdfReference(Edited.Field(file, "Seal1"), 0))!["AP"])!["N"]!).Number;
    }

    private static long Inside(byte[] file) => file.AsSpan().IndexOf("stream\n15 0 obj"u8) + 7;

    private static byte[] RawObject(byte[] file, string header, string body, int number, int generation) => Raw(
        [.. file, .. Encoding.Latin1.GetBytes($"{header}\n{body}\nendobj\n")],
        $"xref\n{number} 1\n{file.Length:D10} {generation:D5} n \n",
        "/Root 1 0 R",
        previous: Previous(file));

    // A cross-reference stream that says: 15 is the first object in the stream 13, which was signed as something else.
    private static byte[] ContentInSignedStream(byte[] file)
    {
        byte[] row = [2, 0, 0, 13, 0];
        return
        [
            .. file,
            .. Encoding.Latin1.GetBytes(
                $"99 0 obj\n<</Type /XRef /W [1 3 1] /Index [15 1] /Size 500 /Root 1 0 R /Prev {Previous(file)} /Length 5>>\nstream\n{Encoding.Latin1.GetString(row)}\nendstream\nendobj\nstartxref\n{file.Length}\n%%EOF\n"),
        ];
    }

    private static byte[] HiddenBesideTheTable(byte[] file)
    {
        var content = $"15 0 obj\n{AppendedUpdate.Stream(Evil)}\nendobj\n";
        var at = file.Length + content.Length;
        byte[] row = [1, (byte)(file.Length >> 16), (byte)(file.Length >> 8), (byte)file.Length, 0];
        var stream = $"99 0 obj\n<</Type /XRef /W [1 3 1] /Index [15 1] /Size 100 /Length 5>>\nstream\n{Encoding.Latin1.GetString(row)}\nendstream\nendobj\n";
        return Raw(
            [.. file, .. Encoding.Latin1.GetBytes(content + stream)],
            "xref\n0 1\n0000000000 65535 f \n",
            $"/Root 1 0 R /XRefStm {at}",
            previous: Previous(file));
    }

    private static byte[] Raw(byte[] file, string? section, string trailer, params (int Number, string Body)[] objects) =>
        objects.Length == 0
            ? Raw(file, section!, trailer, Previous(file))
            : Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(AppendedUpdate.To(file, objects)).ReplaceLast("/Root 1 0 R", trailer));

    private static byte[] Raw(byte[] file, string section, string trailer, long previous) =>
        [.. file, .. Encoding.Latin1.GetBytes($"{section}trailer\n<</Size 500 {trailer} /Prev {previous}>>\nstartxref\n{file.Length}\n%%EOF\n")];

    private static long Previous(byte[] file)
    {
        var text = Encoding.Latin1.GetString(file);
        return long.Parse(text[(text.LastIndexOf("startxref", StringComparison.Ordinal) + 10)..].Split('\n')[0], System.Globalization.CultureInfo.InvariantCulture);
    }
}

internal static class Replacing
{
    public static string ReplaceLast(this string text, string found, string put)
    {
        var at = text.LastIndexOf(found, StringComparison.Ordinal);
        return text[..at] + put + text[(at + found.Length)..];
    }
}
