namespace Seal.Domain.Signings;

/// <summary>A further place of a seal on a document, or several by one rule. Lengths are millimetres on pages as they are displayed.</summary>
/// <param name="Kind">Which rule; it says which of the others are needed.</param>
/// <param name="Page">Point: the page, from 1.</param>
/// <param name="XMm">Point, pages: the impression's left edge from the page's left edge.</param>
/// <param name="YMm">Point, pages: the impression's upper edge from the page's upper edge.</param>
/// <param name="Text">Text: the words in whose middle the impression is to stand.</param>
/// <param name="Occurrence">Text: which of the hits, from 1, or from the end with -1; each of them when absent.</param>
/// <param name="RightMm">Text: how far to the right of it.</param>
/// <param name="DownMm">Text: how far below it.</param>
/// <param name="Edge">Edges: across which edge of the pages 骑缝章.</param>
/// <param name="CentreMm">Edges: the impression's middle along that edge, from the top or from the left.</param>
/// <param name="FirstPage">Pages, text, edges: the first page; 1 when absent.</param>
/// <param name="LastPage">Pages, text, edges: the last page; the document's last when absent.</param>
/// <param name="Field">Field: the full name of a signature field that waits to be signed; then it is the only place.</param>
public sealed record Placing(
    PlacingKind Kind,
    int? Page = null,
    decimal? XMm = null,
    decimal? YMm = null,
    string? Text = null,
    int? Occurrence = null,
    decimal? RightMm = null,
    decimal? DownMm = null,
    PlacingEdge? Edge = null,
    decimal? CentreMm = null,
    int? FirstPage = null,
    int? LastPage = null,
    string? Field = null);

/// <summary>The rules by which a place is told.</summary>
public enum PlacingKind
{
    /// <summary>One place on one page.</summary>
    Point,

    /// <summary>The same place on several pages.</summary>
    Pages,

    /// <summary>On words found in the document.</summary>
    Text,

    /// <summary>Across the edges of pages, one slice on each.</summary>
    Edges,

    /// <summary>In a signature field that waits to be signed.</summary>
    Field,

    /// <summary>Nowhere: the document is signed, and no impression shows; only by itself.</summary>
    Unseen,
}

/// <summary>An edge of a page as displayed.</summary>
public enum PlacingEdge
{
    /// <summary>The right edge.</summary>
    Right,

    /// <summary>The left edge.</summary>
    Left,

    /// <summary>The upper edge.</summary>
    Top,

    /// <summary>The lower edge.</summary>
    Bottom,
}
