using System.Globalization;
using System.Text;

namespace Seal.Documents.Pdf;

/// <summary>
/// Writes the signature dictionary with room for what is known only later: the byte range, and the signature in
/// <c>/Contents</c>.
/// </summary>
internal sealed class SignatureDictionary(SealRequest request)
{
    private const int RangeWidth = 48; // four numbers of up to 11 digits with their spaces

    /// <summary>Where the numbers of <c>/ByteRange</c> begin, counted from the start of the update.</summary>
    public long RangeStart { get; private set; }

    /// <summary>Where <c>/Contents</c> begins with its <c>&lt;</c>, counted from the start of the update.</summary>
    public long ContentsStart { get; private set; }

    /// <summary>Length of <c>/Contents</c>, both delimiters included.</summary>
    public long ContentsLength => (2L * request.SignatureCapacity) + 2;

    public void Write(PdfSyntaxWriter writer)
    {
        writer.Raw("<</Type /Sig/Filter /Adobe.PPKLite/SubFilter /ETSI.CAdES.detached/M ");
        writer.Value(PdfText.MakeDate(request.SigningTime));
        Text(writer, "Name", request.Name);
        Text(writer, "Reason", request.Reason);
        Text(writer, "Location", request.Location);
        writer.Raw("/ByteRange [");
        RangeStart = writer.Length;
        writer.Raw(new string(' ', RangeWidth)).Raw("]/Contents ");
        ContentsStart = writer.Length;
        writer.Raw("<").Raw(new string('0', 2 * request.SignatureCapacity)).Raw(">>>");
    }

    /// <summary>Fills in the byte range of a finished update and gives it back.</summary>
    public long[] PatchRange(byte[] update, long sourceLength)
    {
        var hole = sourceLength + ContentsStart;
        long[] range = [0, hole, hole + ContentsLength, update.Length - ContentsStart - ContentsLength];
        var text = string.Join(' ', range.Select(number => number.ToString(CultureInfo.InvariantCulture)));
        Encoding.ASCII.GetBytes(text, update.AsSpan((int)RangeStart, RangeWidth));
        return range;
    }

    private static void Text(PdfSyntaxWriter writer, string key, string? text)
    {
        if (text is not null)
        {
            writer.Raw($"/{key} ");
            writer.Value(PdfText.Make(text));
        }
    }
}
