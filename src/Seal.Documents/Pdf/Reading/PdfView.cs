namespace Seal.Documents.Pdf;

/// <summary>The document as it was in one revision: the merged cross-reference up to it, and its objects.</summary>
internal sealed class PdfView(PdfFile file, int revision)
{
    private const int LongestReferenceChain = 16;

    public PdfFile File => file;

    public PdfRevision Revision => file.Revisions[revision];

    public PdfDictionary Trailer => Revision.Trailer;

    public PdfDictionary Catalog => Dictionary(Trailer["Root"])
        ?? throw PdfFormatException.Damaged("the trailer names no document catalog");

    /// <summary>The entry that counts for an object number; free when there is none.</summary>
    public CrossReferenceEntry Find(int number) => file.History.Find(number, revision);

    /// <summary>The object with this number; null object when it is free or unknown.</summary>
    public PdfObject Object(int number, int generation = -1)
    {
        file.Budget.SpendTime(1);
        var entry = Find(number);
        switch (entry.Kind)
        {
            case EntryKind.InFile when generation < 0 || generation == entry.GenerationOrIndex:
                return file.Read(number, entry, revision);
            case EntryKind.InObjectStream when generation <= 0:
                return FromObjectStream(number, entry);
            default:
                return PdfNull.Value;
        }
    }

    /// <summary>Follows references until there is a value.</summary>
    public PdfObject Resolve(PdfObject? value)
    {
        for (var hops = 0; value is PdfReference reference; hops++)
        {
            if (hops == LongestReferenceChain)
            {
                throw PdfFormatException.Damaged($"a chain of references at {reference}");
            }

            value = Object(reference.Number, reference.Generation);
        }

        return value ?? PdfNull.Value;
    }

    public PdfDictionary? Dictionary(PdfObject? value) => Resolve(value) switch
    {
        PdfDictionary dictionary => dictionary,
        PdfStream stream => stream.Dictionary,
        _ => null,
    };

    public PdfArray? Array(PdfObject? value) => Resolve(value) as PdfArray;

    public string? Name(PdfObject? value) => (Resolve(value) as PdfName)?.Value;

    public long? Integer(PdfObject? value) => (Resolve(value) as PdfInteger)?.Value;

    public double? Number(PdfObject? value) => Resolve(value) switch
    {
        PdfInteger integer => integer.Value,
        PdfReal real => real.Value,
        _ => null,
    };

    /// <summary>The length of a stream's raw bytes, checked against the <c>endstream</c> that must follow them.</summary>
    public long LengthOf(PdfStream stream)
    {
        if (Integer(stream.Dictionary["Length"]) is not { } length || length < 0 || length > file.Length - stream.DataStart)
        {
            throw PdfFormatException.Damaged($"the stream at {stream.DataStart} has no usable length");
        }

        PdfParser parser = new(file.Bytes, file.Budget, stream.DataStart + length);
        return parser.ReadValue() is PdfKeyword { Value: "endstream" }
            ? length
            : throw PdfFormatException.Damaged($"the stream at {stream.DataStart} does not end where its length says");
    }

    /// <summary>The bytes of a stream after its filters; only such as <see cref="PdfFilters"/> undoes.</summary>
    public byte[] Content(PdfStream stream) =>
        PdfFilters.Decode(PdfStreamData.ReadExactly(file.Bytes, stream.DataStart, LengthOf(stream), file.Budget), stream.Dictionary, file.Budget);

    private PdfObject FromObjectStream(int number, CrossReferenceEntry entry)
    {
        // §7.5.7: an object stream stands in the file itself, and its length is not inside an object stream.
        if (entry.OffsetOrStream <= int.MaxValue
            && Find((int)entry.OffsetOrStream) is { Kind: EntryKind.InFile } container
            && file.Locate((int)entry.OffsetOrStream, container, revision) is var place
            && file.Objects.ReadAt(place, (int)entry.OffsetOrStream, container.GenerationOrIndex) is PdfStream stream
            && (stream.Dictionary["Length"] is PdfInteger
                || (stream.Dictionary["Length"] is PdfReference reference && Find(reference.Number).Kind == EntryKind.InFile)))
        {
            return file.Objects.ReadFromStream(place, stream, LengthOf(stream), number, entry.GenerationOrIndex);
        }

        throw PdfFormatException.Damaged($"object {number} is said to be in object stream {entry.OffsetOrStream}, which is none");
    }
}
