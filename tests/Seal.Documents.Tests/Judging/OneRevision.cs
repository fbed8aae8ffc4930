using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Seal.Documents.Tests.Pdf;

namespace Seal.Documents.Tests.Judging;

/// <summary>
/// A document written and signed in one go, as scripts and teaching examples do it; and damaged before it is signed, so that
/// the signature is right whatever the damage.
/// </summary>
internal static partial class OneRevision
{
    private const int Capacity = 3000;

    /// <summary>10 signature, 11 its field, 12 first page, 13 its content.</summary>
    public static SamplePdf Sample { get; } = new()
    {
        CatalogExtra = "/AcroForm <</Fields [11 0 R] /SigFlags 3>>",
        More =
        [
            $"<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange [0 {new string(' ', 40)}] /Contents <{new string('0', 2 * Capacity)}>>>",
            "<</Type /Annot /Subtype /Widget /FT /Sig /T (Signed) /V 10 0 R /F 132 /Rect [0 0 0 0]>>",
        ],
    };

    public static byte[] Signed(Func<string, string> damage, SamplePdf? sample = null) => AppendedSignature.Fill(
        Encoding.Latin1.GetBytes(damage(Encoding.Latin1.GetString((sample ?? Sample).Build()))), 0, Capacity, new HandMadeCms(SignedSamples.Company).Over);

    /// <summary>Adds to the offset after startxref.</summary>
    public static string StartXref(string text, long by) =>
        Footer().Replace(text, match => string.Create(CultureInfo.InvariantCulture, $"startxref\n{Math.Max(0, long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) + by)}\n"));

    /// <summary>Adds to the offsets in the table.</summary>
    public static string Offsets(string text, int by, int? only = null)
    {
        var number = -1;
        return Entry().Replace(text, match =>
        {
            number++;
            return match.Groups[3].Value == "f" || (only is { } one && one != number)
                ? match.Value
                : string.Create(CultureInfo.InvariantCulture, $"{int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) + by:D10} {match.Groups[2].Value} n");
        });
    }

    [GeneratedRegex(@"startxref\n(\d+)\n")]
    private static partial Regex Footer();

    [GeneratedRegex(@"(\d{10}) (\d{5}) ([nf])")]
    private static partial Regex Entry();
}
