namespace Seal.Documents.Pdf;

/// <summary>Where on a document a seal stands. Lengths are millimetres on pages as they are displayed.</summary>
public abstract record SealPlace
{
    private SealPlace()
    {
    }

    /// <summary>One page.</summary>
    /// <param name="Page">The page, counted from 1.</param>
    /// <param name="XMm">From the page's left edge to the seal's left edge.</param>
    /// <param name="YMm">From the page's top edge down to the seal's top edge.</param>
    public sealed record OnPage(int Page, double XMm, double YMm) : SealPlace;

    /// <summary>The same place on several pages.</summary>
    /// <param name="XMm">From the page's left edge to the seal's left edge.</param>
    /// <param name="YMm">From the page's top edge down to the seal's top edge.</param>
    /// <param name="Pages">Which pages.</param>
    public sealed record OnPages(double XMm, double YMm, PageRange Pages) : SealPlace;

    /// <summary>
    /// The middle of the seal on the middle of a text found on the pages, moved inwards as far as the page's edges demand. White
    /// space, letter spacing and the width of letters (half, full) do not matter; upper and lower case do.
    /// </summary>
    /// <param name="Text">What is looked for.</param>
    /// <param name="Pages">On which pages.</param>
    /// <param name="Occurrence">Which of the hits, counted from 1 through all the pages, -1 being the last; null is each of them.</param>
    /// <param name="RightMm">How far to the right of it.</param>
    /// <param name="DownMm">How far below it.</param>
    public sealed record AtText(string Text, PageRange Pages, int? Occurrence = null, double RightMm = 0, double DownMm = 0) : SealPlace;

    /// <summary>
    /// Across the edges of pages laid like a fan (骑缝章): each page shows one slice, in the order in which the fan shows them. So
    /// that no slice is narrower than 2 mm, long documents get several seals.
    /// </summary>
    /// <param name="Edge">Which edge.</param>
    /// <param name="CentreMm">The seal's middle along that edge, from the top or from the left.</param>
    /// <param name="Pages">Which pages; at least two.</param>
    public sealed record AcrossEdges(PageEdge Edge, double CentreMm, PageRange Pages) : SealPlace;

    /// <summary>A signature field that waits to be signed: the seal stands in its middle, made smaller if the field is. It can only be a request's sole place.</summary>
    /// <param name="Name">The field's full name.</param>
    public sealed record InField(string Name) : SealPlace;
}

/// <summary>A run of pages.</summary>
/// <param name="First">The first, counted from 1.</param>
/// <param name="Last">The last; null is the document's last.</param>
public readonly record struct PageRange(int First, int? Last)
{
    /// <summary>All pages.</summary>
    public static PageRange All { get; } = new(1, null);

    /// <summary>Whether a page belongs to it.</summary>
    public bool Contains(int page) => page >= First && (Last is not { } last || page <= last);
}

/// <summary>An edge of a page as displayed.</summary>
public enum PageEdge
{
    /// <summary>The right edge, where Chinese contracts are sealed across.</summary>
    Right,

    /// <summary>The left edge.</summary>
    Left,

    /// <summary>The upper edge.</summary>
    Top,

    /// <summary>The lower edge.</summary>
    Bottom,
}
