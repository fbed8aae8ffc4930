using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Seal.Documents.Judging;
using Seal.Documents.Tests.Pdf;

namespace Seal.Documents.Tests.Judging;

/// <summary>
/// The attacks of pdf-insecurity.org variant by variant, on a document that was signed in one go: universal signature forgery,
/// incremental saving and signature wrapping.
/// </summary>
public sealed partial class PublishedAttackTests
{
    private const string Evil = "BT /F1 24 Tf 72 700 Td (Pay more) Tj ET";

    public static TheoryData<string, string> Forgeries => new()
    {
        { "/Contents", "" },
        { "/Contents", "null" },
        { "/Contents", "<>" },
        { "/Contents", "<00>" },
        { "/Contents", "0x00" },
        { "/Contents", "()" },
        { "/Contents", "<30>" },
        { "/Contents", "[<3082>]" },
        { "/Contents", "99 0 R" },
        { "/ByteRange", "" },
        { "/ByteRange", "null" },
        { "/ByteRange", "[]" },
        { "/ByteRange", "[null null null null]" },
        { "/ByteRange", "[0 0 0 0]" },
        { "/ByteRange", "[0 -1 0 0]" },
        { "/ByteRange", "[-1 -1 -1 -1]" },
        { "/ByteRange", "[0 999999 999999 999999]" },
        { "/ByteRange", "[0 9223372036854775807 9223372036854775807 1]" },
        { "/ByteRange", "[0 99999999999999999999 1 1]" },
        { "/ByteRange", "99 0 R" },
        { "/ByteRange", "(0 1 2 3)" },
        { "/ByteRange", "[0 (a) 2 3]" },
        { "/ByteRange", "[[0 1 2 3]]" },
        { "/ByteRange", "[0.0 1.0 2.0 3.0]" },
    };

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task Universal_forgery_is_a_format_failure(string key, string value)
    {
        var text = Encoding.Latin1.GetString(OneRevision.Signed(text => text));
        var forged = (key == "/Contents" ? Contents() : ByteRange()).Replace(
            text,
            match => (value.Length == 0 ? "" : $"{key} {value}").PadRight(match.Length),
            1);
        await Fails(Encoding.Latin1.GetBytes(forged.Replace("(Page 1)", "(Page 7)", StringComparison.Ordinal)));
        await Fails(Encoding.Latin1.GetBytes(forged));
    }

    public static TheoryData<string> Wrappings => new("second part moved to the end", "cross-reference moved", "object in the hole");

    /// <summary>The signed bytes stay as they are, at another place, and the hole between them grows to hold what was not signed.</summary>
    [Theory]
    [MemberData(nameof(Wrappings))]
    public async Task Signature_wrapping_is_a_format_failure(string variant)
    {
        var text = Encoding.Latin1.GetString(OneRevision.Signed(text => text));
        var range = ByteRange().Match(text).Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).ToArray();
        var evil = $"13 0 obj\n{AppendedUpdate.Stream(Evil)}\nendobj\n";
        var second = text[range[2]..];
        var hole = variant switch
        {
            "second part moved to the end" => $"\n/More 1 >>\nendobj\n{evil}{Table(text.Length)}\n9 0 obj\n<</Junk ",
            "cross-reference moved" => $">>\nendobj\n{evil}",
            _ => $"\n/Hidden <</A {evil.Replace("endobj", "", StringComparison.Ordinal)}>>\n",
        };
        var forged = text[..range[2]] + hole + second;
        var put = string.Create(CultureInfo.InvariantCulture, $"[0 {range[1]} {range[2] + hole.Length} {second.Length}]");
        await Fails(Encoding.Latin1.GetBytes(ByteRange().Replace(forged, match => $"/ByteRange {put}".PadRight(match.Length), 1)));
    }

    public static TheoryData<string> Savings => new("body, table and trailer", "body and trailer", "body alone", "body and a copy of the signature", "table of nothing", "trailer that leads back");

    [Theory]
    [MemberData(nameof(Savings))]
    public async Task Incremental_saving_is_a_format_failure(string variant)
    {
        var file = OneRevision.Signed(text => text);
        var text = Encoding.Latin1.GetString(file);
        var evil = $"13 0 obj\n{AppendedUpdate.Stream(Evil)}\nendobj\n";
        var start = text.LastIndexOf("\nxref", StringComparison.Ordinal) + 1;
        var signature = text[text.IndexOf("10 0 obj", StringComparison.Ordinal)..text.IndexOf("11 0 obj", StringComparison.Ordinal)];
        var forged = variant switch
        {
            "body, table and trailer" => Encoding.Latin1.GetString(AppendedUpdate.To(file, (13, AppendedUpdate.Stream(Evil)))),
            "body and trailer" => text + evil + $"trailer\n<</Size 20 /Root 1 0 R /Prev {start}>>\n%%EOF\n",
            "body alone" => text + evil,
            "body and a copy of the signature" => text + evil + signature + $"trailer\n<</Size 20 /Root 1 0 R /Prev {start}>>\nstartxref\n0\n%%EOF\n",
            "table of nothing" => text + evil + $"xref\n0 0\ntrailer\n<</Size 20 /Root 1 0 R /Prev {start}>>\nstartxref\n{text.Length + evil.Length}\n%%EOF\n",
            _ => text + evil + $"trailer\n<</Size 20 /Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n",
        };
        await Fails(Encoding.Latin1.GetBytes(forged));
    }

    private static string Table(int length) => $"xref\n13 1\n{length:D10} 00000 n \ntrailer\n<</Size 20 /Root 1 0 R>>\nstartxref\n{length}\n%%EOF";

    private static async Task Fails(byte[] file)
    {
        var judgement = await SignedSamples.Judge(file);
        (judgement.Verdict, judgement.SubIndication).ShouldBe((Verdict.TotalFailed, SubIndication.FormatFailure), judgement.ToJson());
    }

    [GeneratedRegex("/Contents <[0-9a-f]*>")]
    private static partial Regex Contents();

    [GeneratedRegex(@"/ByteRange \[([^\]]*)\]")]
    private static partial Regex ByteRange();
}
