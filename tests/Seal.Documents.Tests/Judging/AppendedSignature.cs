using System.Globalization;
using System.Text;
using Seal.Documents.Pdf;
using Seal.Documents.Tests.Pdf;

namespace Seal.Documents.Tests.Judging;

/// <summary>Appends signatures of any kind, and validation data, in incremental updates as other programs write them.</summary>
public static class AppendedSignature
{
    private const int DefaultCapacity = 9000;

    /// <summary>Adds an invisible signature field and signs everything but its <c>/Contents</c>.</summary>
    /// <param name="file">The document so far.</param>
    /// <param name="entries">Entries of the signature dictionary beside <c>/ByteRange</c> and <c>/Contents</c>.</param>
    /// <param name="sign">From the bytes covered to the container.</param>
    /// <param name="field">The field's name.</param>
    /// <param name="capacity">Room for the container, in bytes.</param>
    /// <param name="into">The object of an empty signature field that is there; null adds a field.</param>
    public static byte[] To(byte[] file, string entries, Func<byte[], byte[]> sign, string field = "Other", int? into = null, int capacity = DefaultCapacity)
    {
        var view = Edited.Newest(file);
        var free = Enumerable.Range(200, 5000).First(number => view.Find(number).Kind == EntryKind.Free && view.Find(number + 1).Kind == EntryKind.Free);
        var form = view.Dictionary(view.Catalog["AcroForm"]) ?? PdfDictionary.Empty;
        PdfArray fields = new([.. view.Array(form["Fields"])?.Items ?? [], new PdfReference(free + 1, 0)]);
        form = form.With("Fields", fields).With("SigFlags", new PdfInteger(3));
        var holder = view.Catalog["AcroForm"] is PdfReference reference
            ? (reference.Number, Edited.Text(form))
            : (((PdfReference)view.Trailer["Root"]!).Number, Edited.Text(view.Catalog.With("AcroForm", form)));
        var hole = new string('0', 2 * capacity);
        var updated = into is { } empty ? AppendedUpdate.To(file, Edited.With(file, empty, "V", $"{free} 0 R"), Value()) : AppendedUpdate.To(
            file,
            holder,
            Value(),
            (free + 1, $"<</Type /Annot /Subtype /Widget /FT /Sig /T ({field}) /V {free} 0 R /F 132 /Rect [0 0 0 0]>>"));
        return Fill(updated, file.Length, capacity, sign);

        (int, string) Value() => (free, $"<<{entries} /ByteRange [0 {new string(' ', 40)}] /Contents <{hole}>>>");
    }

    /// <summary>Adds a document time stamp.</summary>
    public static byte[] Stamp(byte[] file, TestSigner authority, DateTimeOffset time, string field = "Stamp") => To(
        file,
        "/Type /DocTimeStamp /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161",
        bytes => TestTimestamp.Token(authority, System.Security.Cryptography.SHA256.HashData(bytes), time),
        field);

    /// <summary>Adds a document security store.</summary>
    public static byte[] Store(byte[] file, IReadOnlyList<byte[]> certificates, IReadOnlyList<byte[]> lists, IReadOnlyList<byte[]> answers)
    {
        var view = Edited.Newest(file);
        List<(int, string)> objects = [(((PdfReference)view.Trailer["Root"]!).Number, Edited.Text(view.Catalog.With("DSS", new PdfReference(150, 0))))];
        var next = 151;
        var store = string.Join(' ', [Add("Certs", certificates), Add("CRLs", lists), Add("OCSPs", answers)]);
        objects.Add((150, $"<</Type /DSS {store}>>"));
        return AppendedUpdate.To(file, [.. objects]);

        string Add(string key, IReadOnlyList<byte[]> items)
        {
            var numbers = items.Select(item =>
            {
                objects.Add((next, AppendedUpdate.Stream(Encoding.Latin1.GetString(item))));
                return $"{next++} 0 R";
            });
            return $"/{key} [{string.Join(' ', numbers.ToArray())}]";
        }
    }

    /// <summary>Signs a file that has its empty signature in it already: the first after a position.</summary>
    public static byte[] Fill(byte[] file, int from, int capacity, Func<byte[], byte[]> sign)
    {
        var start = from + file.AsSpan(from).IndexOf("/Contents <"u8) + 10;
        var end = start + (2 * capacity) + 2;
        var range = from + file.AsSpan(from).IndexOf("/ByteRange [0 "u8) + 14;
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{start} {end} {file.Length - end}")).CopyTo(file, range);
        byte[] covered = [.. file[..start], .. file[end..]];
        Encoding.ASCII.GetBytes(Convert.ToHexStringLower(sign(covered))).CopyTo(file, start + 1);
        return file;
    }
}
