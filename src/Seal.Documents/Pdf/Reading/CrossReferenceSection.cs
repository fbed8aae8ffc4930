namespace Seal.Documents.Pdf;

/// <summary>How a cross-reference section is written; an update is written the same way as the section it continues.</summary>
public enum CrossReferenceKind
{
    /// <summary>The classic table of ISO 32000-1 §7.5.4, possibly with an <c>/XRefStm</c> beside it (§7.5.8.4).</summary>
    Table,

    /// <summary>A cross-reference stream (§7.5.8).</summary>
    Stream,
}

/// <summary>Where an object stands.</summary>
internal enum EntryKind
{
    Free,
    InFile,
    InObjectStream,
}

/// <summary>
/// One entry: for <see cref="EntryKind.InFile"/> the offset and generation, for
/// <see cref="EntryKind.InObjectStream"/> the object stream's number and the index in it.
/// </summary>
internal readonly record struct CrossReferenceEntry(EntryKind Kind, long OffsetOrStream, int GenerationOrIndex);

/// <summary>One cross-reference section with its trailer and the footer (<c>startxref</c>, <c>%%EOF</c>) that closes it.</summary>
internal sealed record CrossReferenceSection(
    long Offset,
    CrossReferenceKind Kind,
    IReadOnlyDictionary<int, CrossReferenceEntry> Entries,
    PdfDictionary Trailer,
    CrossReferenceFooter? Footer)
{
    /// <summary>What had to be repaired to read it.</summary>
    public IReadOnlyList<PdfQuirk> Quirks { get; init; } = [];

    /// <summary>Where the stream stands that lists the objects a hybrid file hides; null when there is none.</summary>
    public long? HiddenOffset { get; init; }
}

/// <summary>
/// What closes a revision. <see cref="MarkerEnd"/> is the position after <c>%%EOF</c>, <see cref="End"/> the one after
/// the white space that follows it.
/// </summary>
internal readonly record struct CrossReferenceFooter(long StartXref, long MarkerEnd, long End);
