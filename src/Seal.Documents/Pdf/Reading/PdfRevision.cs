namespace Seal.Documents.Pdf;

/// <summary>
/// One state the file was saved in: the original, or an incremental update of it. Its bytes are the file from 0 up to
/// <see cref="End"/>.
/// </summary>
public sealed class PdfRevision
{
    internal PdfRevision(int index, IReadOnlyList<CrossReferenceSection> sections)
    {
        Index = index;
        Sections = sections;
        // A linearized file has its footer proper at the end of the section written last.
        var footer = sections.Where(section => section.Footer is not null).MaxBy(section => section.Footer!.Value.End)?.Footer;
        MarkerEnd = footer?.MarkerEnd ?? -1;
        End = footer?.End ?? -1;
        StartXref = footer?.StartXref ?? -1;
    }

    /// <summary>0 for the original, then counted up.</summary>
    public int Index { get; }

    /// <summary>Length in bytes of the file as saved in this revision, white space after <c>%%EOF</c> included; -1 when its footer is missing.</summary>
    public long End { get; }

    /// <summary>How the newest cross-reference section of this revision is written.</summary>
    public CrossReferenceKind CrossReferenceKind => Sections[0].Kind;

    /// <summary>Position after <c>%%EOF</c>.</summary>
    internal long MarkerEnd { get; }

    /// <summary>Where the footer says the cross-reference section is.</summary>
    internal long StartXref { get; }

    /// <summary>The sections, the one that is read first being the first; two in a linearized original, else one.</summary>
    internal IReadOnlyList<CrossReferenceSection> Sections { get; }

    internal PdfDictionary Trailer => Sections[0].Trailer;

    /// <summary>The footer leads to the section this revision was read from, so the file cut off here opens in the same state.</summary>
    internal bool OpensAsItself => StartXref == Sections[0].Offset;
}
