using Seal.Documents.Pdf;

namespace Seal.Documents.Ofd;

/// <summary>Turns what is asked for into stamps on pages that exist.</summary>
internal sealed class OfdPlacing(OfdPackage package, OfdBody body, OfdSealRequest request)
{
    private const double ToleranceMm = 0.01;
    private const double LargestMm = 1000;

    /// <summary>Narrowest slice of a seal across edges, in mm: less of it says nothing.</summary>
    private const double NarrowestSliceMm = 2;

    private const int MostStamps = 1000;

    /// <summary>The stamps, each with the page's ID.</summary>
    /// <exception cref="OfdFormatException">A page or a text does not exist, or the seal would stand outside the page.</exception>
    public IReadOnlyList<(string PageId, OfdPlacement Place)> Resolve()
    {
        List<(string, OfdPlacement)> stamps = [];
        foreach (var place in request.Places.Concat(Riding()).Concat(request.Rules.SelectMany(Of)))
        {
            stamps.Add(Check(Page(place.PageNumber), place));
            if (stamps.Count > MostStamps)
            {
                throw TooMany();
            }
        }

        return stamps;
    }

    /// <summary>The rules with each text replaced by the points that it was found at.</summary>
    public IReadOnlyList<SealPlace> Settle() =>
        [.. request.Rules.SelectMany<SealPlace, SealPlace>(rule => rule is SealPlace.AtText text ? At(text).Select(place => new SealPlace.OnPage(place.PageNumber, place.XMm, place.YMm)) : [rule])];

    private IEnumerable<OfdPlacement> Of(SealPlace rule) => rule switch
    {
        SealPlace.OnPage one => [Whole(one.Page, one.XMm, one.YMm)],
        SealPlace.OnPages several => Within(several.Pages).Select(page => Whole(page.Number, several.XMm, several.YMm)),
        SealPlace.AcrossEdges edges => Across(edges, request.WidthMm, request.HeightMm),
        SealPlace.AtText text => At(text),
        _ => throw new OfdFormatException(OfdProblem.PlacingUnsupported, "an OFD has no signature fields"),
    };

    private OfdPlacement Whole(int page, double xMm, double yMm) => new(page, xMm, yMm, request.WidthMm, request.HeightMm);

    private IEnumerable<OfdPlacement> Riding() => request.Riding is not { } riding ? [] : Across(
        new SealPlace.AcrossEdges(PageEdge.Right, riding.YMm + (riding.HeightMm / 2), new PageRange(riding.FirstPage, riding.LastPage)), riding.WidthMm, riding.HeightMm);

    private IEnumerable<OfdPlacement> Across(SealPlace.AcrossEdges edges, double widthMm, double heightMm)
    {
        var pages = Within(edges.Pages);
        if (pages.Length < 2)
        {
            throw new OfdFormatException(OfdProblem.RidingNeedsPages, "a seal across edges of one page");
        }

        var upright = edges.Edge is PageEdge.Right or PageEdge.Left;
        var most = Math.Max(2, (int)((upright ? widthMm : heightMm) / NarrowestSliceMm));
        var groups = (pages.Length + most - 1) / most;
        for (var group = 0; group < groups; group++)
        {
            // Evenly, so that no group is left with one page.
            var from = pages.Length * group / groups;
            var count = (pages.Length * (group + 1) / groups) - from;
            for (var i = 0; i < count; i++)
            {
                yield return Slice(pages[from + i], edges, widthMm, heightMm, i, count);
            }
        }
    }

    /// <summary>Page i of a fan: to the right the first page lies on top and shows the leftmost slice; to the left, the rightmost; and so on.</summary>
    private OfdPlacement Slice(OfdPage page, SealPlace.AcrossEdges edges, double widthMm, double heightMm, int i, int count)
    {
        var size = Size(page);
        (var width, var height) = (widthMm / count, heightMm / count);
        (var left, var top) = (edges.CentreMm - (widthMm / 2), edges.CentreMm - (heightMm / 2));
        return edges.Edge switch
        {
            PageEdge.Right => Upright(i, size.Width - width),
            PageEdge.Left => Upright(count - 1 - i, 0),
            PageEdge.Bottom => Lying(i, size.Height - height),
            _ => Lying(count - 1 - i, 0),
        };

        OfdPlacement Upright(int slice, double x) => new(page.Number, x - (slice * width), top, widthMm, heightMm, new OfdBox(slice * width, 0, width, heightMm));

        OfdPlacement Lying(int slice, double y) => new(page.Number, left, y - (slice * height), widthMm, heightMm, new OfdBox(0, slice * height, widthMm, height));
    }

    private List<OfdPlacement> At(SealPlace.AtText text)
    {
        List<OfdPlacement> hits = [];
        var left = package.Budget.Limits.MaxCharacters;
        foreach (var page in Within(text.Pages))
        {
            var size = Size(page);
            var characters = OfdPageText.Of(package, page, left);
            left -= characters.Count;
            hits.AddRange(TextSearch.Match(characters, text.Text, text.Occurrence is null ? MostStamps : int.MaxValue, package.Budget.SpendTime).Select(hit => Whole(
                page.Number,
                Inwards(hit.Centre.X + text.RightMm - (request.WidthMm / 2), size.Width - request.WidthMm),
                Inwards(hit.Centre.Y + text.DownMm - (request.HeightMm / 2), size.Height - request.HeightMm))));
            if (text.Occurrence is null && hits.Count > MostStamps)
            {
                throw TooMany();
            }
        }

        if (text.Occurrence is { } wanted)
        {
            var index = wanted < 0 ? hits.Count + wanted : wanted - 1;
            hits = index >= 0 && index < hits.Count ? [hits[index]] : [];
        }

        return hits.Count > 0 ? hits : throw new OfdFormatException(OfdProblem.TextNotFound, "the text is not on these pages, or not that often");
    }

    private static OfdFormatException TooMany() => new(OfdProblem.TooManyEntries, $"more than {MostStamps} places");

    /// <summary>As close as the page allows; a seal larger than the page stays outside of it, and is refused.</summary>
    private static double Inwards(double at, double most) => most < 0 ? at : Math.Clamp(at, 0, most);

    private OfdPage[] Within(PageRange range) => range.First >= 1 && range.First <= body.Pages.Count && (range.Last ?? range.First) >= range.First && !(range.Last > body.Pages.Count)
        ? [.. body.Pages.Skip(range.First - 1).Take((range.Last ?? body.Pages.Count) - range.First + 1)]
        : throw new OfdFormatException(OfdProblem.PageNotFound, $"pages {range.First} to {range.Last} of {body.Pages.Count}");

    private OfdPage Page(int number) => number >= 1 && number <= body.Pages.Count
        ? body.Pages[number - 1]
        : throw new OfdFormatException(OfdProblem.PageNotFound, $"the document has {body.Pages.Count} pages, not {number}");

    private OfdBox Size(OfdPage page) => page.Size(package) is { Width: > 0, Height: > 0 } size
        ? size
        : throw OfdFormatException.Damaged($"page {page.Number} has no size");

    private (string PageId, OfdPlacement Place) Check(OfdPage page, OfdPlacement place)
    {
        var size = Size(page);
        var shown = place.Slice ?? new OfdBox(0, 0, place.WidthMm, place.HeightMm);

        // Stamps are placed from the top left corner of the physical box. Written so that NaN is refused too.
        var isInside = place is { WidthMm: > 0 and <= LargestMm, HeightMm: > 0 and <= LargestMm }
            && shown is { X: >= 0, Y: >= 0, Width: > 0, Height: > 0 }
            && shown.X + shown.Width <= place.WidthMm + ToleranceMm && shown.Y + shown.Height <= place.HeightMm + ToleranceMm
            && place.XMm + shown.X >= -ToleranceMm && place.YMm + shown.Y >= -ToleranceMm
            && place.XMm + shown.X + shown.Width <= size.Width + ToleranceMm && place.YMm + shown.Y + shown.Height <= size.Height + ToleranceMm;
        return isInside
            ? (page.Id, place)
            : throw new OfdFormatException(
                OfdProblem.StampOutsidePage,
                FormattableString.Invariant($"page {page.Number} is {size.Width:0.##} x {size.Height:0.##} mm, the seal {place.WidthMm:0.##} x {place.HeightMm:0.##} mm at {place.XMm:0.##}, {place.YMm:0.##}"));
    }
}
