namespace Seal.Documents.Pdf;

/// <summary>Finds out where exactly the seal goes.</summary>
internal sealed class PlaceResolver(PdfView view, SealRequest request)
{
    /// <summary>Narrowest slice of a seal across edges, in mm: less of it says nothing.</summary>
    private const double NarrowestSliceMm = 2;

    private IReadOnlyList<PdfPage>? _pages;

    private IReadOnlyList<PdfPage> Pages => _pages ??= PdfPages.All(view);

    /// <summary>Every part of the seal with its place, in the order of the request.</summary>
    public IReadOnlyList<SealPlacement> Resolve()
    {
        if (request.Places.Count == 0)
        {
            throw new ArgumentException("A seal is put at one place at least.", nameof(request));
        }

        List<SealPlacement> placements = [];
        foreach (var place in request.Places)
        {
            placements.AddRange(Resolve(place));
            if (placements.Count > request.Limits.MaxPlacements)
            {
                throw TooMany();
            }
        }

        return placements;
    }

    private IEnumerable<SealPlacement> Resolve(SealPlace place) => place switch
    {
        // A page by its number is found without looking at those behind it.
        SealPlace.OnPage one => [Whole(PdfPages.Find(view, one.Page), one.XMm, one.YMm)],
        SealPlace.OnPages several => Within(several.Pages).Select(page => Whole(page, several.XMm, several.YMm)),
        SealPlace.AcrossEdges edges => Across(edges),
        SealPlace.AtText text => At(text),
        _ => throw new ArgumentException("A field is signed by itself.", nameof(place)),
    };

    private SealPlacement Whole(PdfPage page, double xMm, double yMm) => SealPlacement.Of(page, xMm, yMm, request.WidthMm, request.HeightMm);

    private PdfPage[] Within(PageRange range)
    {
        if (range.First < 1 || range.First > Pages.Count || range.Last > Pages.Count || range.Last < range.First)
        {
            throw new PdfFormatException(PdfProblem.PageNotFound, $"pages {range.First} to {range.Last} of {Pages.Count}");
        }

        return [.. Pages.Skip(range.First - 1).Take((range.Last ?? Pages.Count) - range.First + 1)];
    }

    private IEnumerable<SealPlacement> Across(SealPlace.AcrossEdges edges)
    {
        var pages = Within(edges.Pages);
        if (pages.Length < 2)
        {
            throw new PdfFormatException(PdfProblem.RidingNeedsPages, "a seal across edges of one page");
        }

        var upright = edges.Edge is PageEdge.Right or PageEdge.Left;
        var most = Math.Max(2, (int)((upright ? request.WidthMm : request.HeightMm) / NarrowestSliceMm));
        var groups = (pages.Length + most - 1) / most;
        for (var group = 0; group < groups; group++)
        {
            // Evenly, so that no group is left with one page.
            var from = pages.Length * group / groups;
            var count = (pages.Length * (group + 1) / groups) - from;
            for (var i = 0; i < count; i++)
            {
                yield return Slice(pages[from + i], edges, i, count);
            }
        }
    }

    /// <summary>
    /// Page i of a fan. Fanned out to the right, the first page lies on top and shows the leftmost slice; to the left, the
    /// rightmost; and so on.
    /// </summary>
    private SealPlacement Slice(PdfPage page, SealPlace.AcrossEdges edges, int i, int count)
    {
        var shown = page.Size;
        (var width, var height) = (request.WidthMm / count, request.HeightMm / count);
        return edges.Edge switch
        {
            PageEdge.Right => Upright(i, shown.WidthMm - width),
            PageEdge.Left => Upright(count - 1 - i, 0),
            PageEdge.Bottom => Lying(i, shown.HeightMm - height),
            _ => Lying(count - 1 - i, 0),
        };

        SealPlacement Upright(int slice, double x) => SealPlacement.Part(
            page, x, edges.CentreMm - (request.HeightMm / 2), new PdfRectangle(slice * width, 0, (slice + 1) * width, request.HeightMm));

        // Slices are counted from the top, the picture's box from below.
        SealPlacement Lying(int slice, double y) => SealPlacement.Part(
            page,
            edges.CentreMm - (request.WidthMm / 2),
            y,
            new PdfRectangle(0, request.HeightMm - ((slice + 1) * height), request.WidthMm, request.HeightMm - (slice * height)));
    }

    /// <summary>The places of the request, each text replaced by the points that it was found at.</summary>
    public IReadOnlyList<SealPlace> Settle() => [.. request.Places.SelectMany<SealPlace, SealPlace>(place => place is SealPlace.AtText text ? Points(text) : [place])];

    private IEnumerable<SealPlacement> At(SealPlace.AtText text) => Points(text).Select(point => Whole(Pages[point.Page - 1], point.XMm, point.YMm));

    private IEnumerable<SealPlace.OnPage> Points(SealPlace.AtText text)
    {
        var most = text.Occurrence is null ? request.Limits.MaxPlacements : int.MaxValue;
        var hits = TextSearch.Find(view, Within(text.Pages), text.Text, most);
        if (hits.Count > most)
        {
            throw TooMany();
        }

        if (text.Occurrence is { } wanted)
        {
            var index = wanted < 0 ? hits.Count + wanted : wanted - 1;
            hits = index >= 0 && index < hits.Count ? [hits[index]] : [];
        }

        if (hits.Count == 0)
        {
            throw new PdfFormatException(PdfProblem.TextNotFound, "the text is not on these pages, or not that often");
        }

        var numbers = Pages.Index().ToDictionary(page => page.Item.Reference, page => page.Index + 1);
        return hits.Select(hit =>
        {
            var shown = hit.Page.Size;
            (var right, var down) = hit.CentreMm;
            return new SealPlace.OnPage(
                numbers[hit.Page.Reference],
                Inwards(right + text.RightMm - (request.WidthMm / 2), shown.WidthMm - request.WidthMm),
                Inwards(down + text.DownMm - (request.HeightMm / 2), shown.HeightMm - request.HeightMm));
        });
    }

    private PdfFormatException TooMany() => new(PdfProblem.TooManyObjects, $"more than {request.Limits.MaxPlacements} places", nameof(PdfLimits.MaxPlacements));

    /// <summary>As close as the page allows; a seal larger than the page stays outside of it, and is refused.</summary>
    private static double Inwards(double at, double most) => most < 0 ? at : Math.Clamp(at, 0, most);
}
