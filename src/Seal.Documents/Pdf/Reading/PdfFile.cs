namespace Seal.Documents.Pdf;

/// <summary>What stands behind the last readable revision.</summary>
internal enum PdfTail
{
    /// <summary>Nothing, or white space.</summary>
    None,

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
    private readonly PdfView?[] _views;

    private PdfFile(PdfBytes bytes, PdfBudget budget, IReadOnlyList<PdfRevision> revisions)
    {
        Bytes = bytes;
        Budget = budget;
        Revisions = revisions;
        History = new ObjectHistory(revisions, budget);
        Objects = new PdfObjectReader(bytes, budget);
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

    internal PdfTail Tail { get; }

    internal PdfView Newest => AsOf(Revisions.Count - 1);

    /// <summary>Opens a file: reads its header and its cross-reference chain, and nothing else yet.</summary>
    /// <param name="stream">Readable and seekable; read from position 0.</param>
    /// <param name="limits">What the file may cost.</param>
    /// <param name="cancellation">Stops the reading, also of objects asked for later.</param>
    /// <exception cref="PdfFormatException">The file is refused, with a code of <see cref="PdfProblem"/>.</exception>
    public static PdfFile Open(Stream stream, PdfLimits limits, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(limits);
        if (stream.Length > limits.MaxFileBytes)
        {
            throw new PdfFormatException(PdfProblem.TooLarge, $"{stream.Length} bytes, {limits.MaxFileBytes} allowed", nameof(PdfLimits.MaxFileBytes));
        }

        StreamBytes bytes = new(stream);
        if (!HasHeader(bytes))
        {
            throw new PdfFormatException(PdfProblem.NotAPdf, "no %PDF- header in the first 1024 bytes");
        }

        PdfBudget budget = new(limits, cancellation);
        var chain = RevisionChain.Read(bytes, budget);
        PdfFile file = new(bytes, budget, chain.Revisions);
        if (chain.Revisions.Any(revision => revision.Sections.Any(section => section.Trailer["Encrypt"] is not (null or PdfNull))))
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

    // Writers put up to 1024 bytes of junk before the header (Acrobat implementation note 13).
    private static bool HasHeader(StreamBytes bytes)
    {
        Span<byte> head = stackalloc byte[1029];
        var got = bytes.Read(0, head);
        return head[..got].IndexOf("%PDF-"u8) >= 0;
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

        return Bytes.LastIndexOf("%%EOF"u8, Length) >= end ? PdfTail.Unreadable : PdfTail.CutOff;
    }
}
