using System.Globalization;
using System.Text;

namespace Seal.Documents.Pdf;

/// <summary>
/// Writes a signature dictionary with room for what is known only later: the byte range, and the signature in
/// <c>/Contents</c>.
/// </summary>
/// <param name="entries">The other entries.</param>
/// <param name="capacity">Room for the signature in bytes of DER.</param>
internal sealed class SignatureDictionary(PdfDictionary entries, int capacity)
{
    private const int RangeWidth = 48; // four numbers of up to 11 digits with their spaces

    /// <summary>Where the numbers of <c>/ByteRange</c> begin, counted from the start of the update.</summary>
    public long RangeStart { get; private set; }

    /// <summary>Where <c>/Contents</c> begins with its <c>&lt;</c>, counted from the start of the update.</summary>
    public long ContentsStart { get; private set; }

    /// <summary>Length of <c>/Contents</c>, both delimiters included.</summary>
    public long ContentsLength => (2L * capacity) + 2;

    /// <summary>The entries of a signature that shows who sealed, when and why.</summary>
    public static PdfDictionary Describe(SealRequest request, SignatureNames names, IReadOnlyList<PdfObject> references)
    {
        var described = Named("Sig", names).With("M", PdfText.MakeDate(request.SigningTime));
        foreach ((var key, var text) in new[] { ("Name", request.Name), ("Reason", request.Reason), ("Location", request.Location) })
        {
            described = text is null ? described : described.With(key, PdfText.Make(text));
        }

        return references.Count == 0 ? described : described.With("Reference", new PdfArray(references));
    }

    /// <summary>The entries that say what kind of signature it is.</summary>
    public static PdfDictionary Named(string type, SignatureNames names) => new(
    [
        KeyValuePair.Create<string, PdfObject>("Type", new PdfName(type)),
        KeyValuePair.Create<string, PdfObject>("Filter", new PdfName(names.Filter)),
        KeyValuePair.Create<string, PdfObject>("SubFilter", new PdfName(names.SubFilter)),
    ]);

    public void Write(PdfSyntaxWriter writer)
    {
        writer.Raw("<<");
        writer.Entries(entries);
        writer.Raw("/ByteRange [");
        RangeStart = writer.Length;
        writer.Raw(new string(' ', RangeWidth)).Raw("]/Contents ");
        ContentsStart = writer.Length;
        writer.Raw("<").Zeros(2 * capacity).Raw(">>>");
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
}
