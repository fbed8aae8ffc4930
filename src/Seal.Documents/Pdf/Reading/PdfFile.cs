namespace Seal.Documents.Pdf;

/// <summary>What stands behind the last readable revision.</summary>
internal enum PdfTail
{
    /// <summary>Nothing, or white space.</summary>
    None,

    /// <summary>Bytes in which no reader finds anything of a PDF; only told when files are repaired.</summary>
    Inert,

    /// <summary>Bytes that end without <c>%%EOF</c>: an update that was cut off, or junk.</summary>
    CutOff,

    /// <summary>An update that claims to be whole and cannot be read.</summary>
    Unreadable,
}

/// <summary>
/// An opened PDF: its revisions and, parsed when they are asked for, its objects. The stream stays the caller's, must
/// be seekable and must not change; nothing of it is held in memory but what was read of its structure.
/// Not safe for several threads.
/// </summary>
public sealed class PdfFile
{
    /// <summary>Where any of these stands, some reader may find a part of the document.</summary>
    private static readonly byte[][] Words = ["obj"u8.ToArray(), "xref"u8.ToArray(), "trailer"u8.ToArray(), "%%EOF"u8.ToArray(), "%PDF"u8.ToArray()];

    private readonly PdfView?[] _views;

    private PdfFile(PdfBytes bytes, PdfBudget budget, IReadOnlyList<PdfRevision> revisions, PdfRepair? repair)
    {
        Bytes = bytes;
        Budget = budget;
        Revisions = revisions;
        Repair = repair;
        History = new ObjectHistory(revisions, budget);
        Objects = new PdfObjectReader(bytes, budget);
        Places = new EntryPlaces(bytes, budget);
        _views = new PdfView?[revisions.Count];
        Tail = ClassifyTail();
    }

    /// <summary>The revisions, oldest first; never empty.</summary>
    public IReadOnlyList<PdfRevision> Revisions { get; }

    /// <summary>Length of the file in bytes.</summary>
    public long Length => Bytes.Length;

    internal PdfBytes Bytes { get; }

    internal PdfBudget Budget { get; }

    internal ObjectHistory History { get; }

    internal PdfObjectReader Objects { get; }

    internal EntryPlaces Places { get; }

    internal PdfTail Tail { get; }

    /// <summary>How damage is repaired; null when it is refused.</summary>
    internal PdfRepair? Repair { get; }

    internal PdfView Newest => AsOf(Revisions.Count - 1);

    /// <summary>Opens a file: reads its header and its cross-reference chain, and nothing else yet.</summary>
    /// <param name="stream">Readable and seekable; read from position 0.</param>
    /// <param name="limits">What the file may cost.</param>
    /// <param name="cancellation">Stops the reading, also of objects asked for later.</param>
    /// <exception cref="PdfFormatException">The file is refused, with a code of <see cref="PdfProblem"/>.</exception>
    public static PdfFile Open(Stream stream, PdfLimits limits, CancellationToken cancellation) => Begin(stream, limits, repairs: false, cancellation);

    /// <summary>Opens a file that may be damaged in ways which widely used readers repair; <see cref="Repair"/> tells what was.</summary>
    internal static PdfFile OpenRepairing(Stream stream, PdfLimits limits, CancellationToken cancellation) => Begin(stream, limits, repairs: true, cancellation);

    private static PdfFile Begin(Stream stream, PdfLimits limits, bool repairs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(limits);
        if (stream.Length > limits.MaxFileBytes)
        {
            throw new PdfFormatException(PdfProblem.TooLarge, $"{stream.Length} bytes, {limits.MaxFileBytes} allowed", nameof(PdfLimits.MaxFileBytes));
        }

        StreamBytes bytes = new(stream);
        var header = FindHeader(bytes);
        PdfBudget budget = new(limits, cancellation);
        var repair = repairs ? new PdfRepair(bytes, budget) : null;
        if (header > 0)
        {
            repair?.Note(PdfQuirk.HeaderNotAtStart);
        }

        PdfFile file = new(bytes, budget, RevisionChain.Read(bytes, budget, repair, header), repair);
        if (file.Revisions.Any(revision => revision.Sections.Any(section => section.Trailer["Encrypt"] is not (null or PdfNull))))
        {
            throw new PdfFormatException(PdfProblem.Encrypted, "the trailer names an encryption dictionary");
        }

        return file;
    }

    /// <summary>Opens a file away from the caller's thread, because reading a stream at random positions blocks.</summary>
    /// <inheritdoc cref="Open"/>
    public static Task<PdfFile> OpenAsync(Stream stream, PdfLimits limits, CancellationToken cancellation) =>
        Task.Run(() => Open(stream, limits, cancellation), cancellation);

    /// <summary>The number of pages, counted in the page tree.</summary>
    /// <exception cref="PdfFormatException">The page tree is damaged or larger than the limits allow.</exception>
    public int CountPages() => PdfPages.Count(Newest);

    /// <summary>A page's size as displayed, in mm.</summary>
    /// <param name="number">The page, counted from 1.</param>
    /// <exception cref="PdfFormatException"><see cref="PdfProblem.PageNotFound"/>, or the page tree is damaged.</exception>
    public PdfPageSize PageSize(int number) => PdfPages.Find(Newest, number).Size;

    /// <summary>The document as it was in one revision.</summary>
    internal PdfView AsOf(int revision) => _views[revision] ??= new PdfView(this, revision);

    /// <summary>Throws when there is something behind the last revision that cannot be read.</summary>
    internal void RequireReadableTail()
    {
        switch (Tail)
        {
            case PdfTail.CutOff:
                throw new PdfFormatException(PdfProblem.Truncated, "the file goes on after its last %%EOF and is cut off");
            case PdfTail.Unreadable:
                throw PdfFormatException.Damaged("the last update of the file cannot be read");
            default:
                break;
        }
    }

    /// <summary>The object that an entry stands for as of a revision.</summary>
    internal PdfObject Read(int number, CrossReferenceEntry entry, int revision) => Objects.ReadAt(Locate(number, entry, revision), number, entry.GenerationOrIndex);

    /// <summary>Where the object of an entry in the file really begins: where it says, or, when damage is repaired, where it is found.</summary>
    internal long Locate(int number, CrossReferenceEntry entry, int revision)
    {
        if (Repair is null || Objects.IsAt(entry.OffsetOrStream, number, entry.GenerationOrIndex))
        {
            return entry.OffsetOrStream;
        }

        var end = Revisions[revision].End;
        if (Repair.Last(number, end < 0 ? Length : end) is { } header && header.Generation == entry.GenerationOrIndex)
        {
            Repair.Note(PdfQuirk.OffsetsWrong);
            return header.Start;
        }

        return entry.OffsetOrStream;
    }

    // Writers put up to 1024 bytes of junk before the header (Acrobat implementation note 13).
    private static long FindHeader(StreamBytes bytes)
    {
        Span<byte> head = stackalloc byte[1029];
        var got = bytes.Read(0, head);
        var at = head[..got].IndexOf("%PDF-"u8);
        return at >= 0 ? at : throw new PdfFormatException(PdfProblem.NotAPdf, "no %PDF- header in the first 1024 bytes");
    }

    private PdfTail ClassifyTail()
    {
        var end = Revisions.Max(revision => revision.End);
        if (end == Length)
        {
            return PdfTail.None;
        }

        if (end < 0)
        {
            throw new PdfFormatException(PdfProblem.Truncated, "no %%EOF: the end of the file is missing");
        }

        if (Repair is not null && Words.All(word => Bytes.LastIndexOf(word, Length) < end))
        {
            Repair.Note(PdfQuirk.BytesAfterEnd);
            return PdfTail.Inert;
        }

        return Bytes.LastIndexOf("%%EOF"u8, Length) >= end ? PdfTail.Unreadable : PdfTail.CutOff;
    }
}
