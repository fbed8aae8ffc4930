namespace Seal.Documents.Ofd;

/// <summary>Turns what is asked for into stamps on pages that exist.</summary>
internal static class OfdPlacing
{
    private const double ToleranceMm = 0.01;
    private const double LargestMm = 1000;

    /// <summary>The stamps, each with the page's ID.</summary>
    /// <exception cref="OfdFormatException">A page does not exist, or the seal would stand outside it.</exception>
    public static IReadOnlyList<(string PageId, OfdPlacement Place)> Resolve(OfdPackage package, OfdBody body, IReadOnlyList<OfdPlacement> places, OfdRiding? ride)
    {
        List<(string, OfdPlacement)> stamps = [];
        foreach (var place in places)
        {
            stamps.Add(Check(package, Page(body, place.PageNumber), place));
        }

        if (ride is not { } riding)
        {
            return stamps;
        }

        if (riding.LastPage <= riding.FirstPage)
        {
            throw new OfdFormatException(OfdProblem.PageNotFound, "a riding seal takes at least two pages");
        }

        var slice = riding.WidthMm / (riding.LastPage - riding.FirstPage + 1);
        for (var number = riding.FirstPage; number <= riding.LastPage; number++)
        {
            var page = Page(body, number);
            var index = number - riding.FirstPage;
            var left = Size(package, page).Width - (slice * (index + 1));
            OfdPlacement place = new(number, left, riding.YMm, riding.WidthMm, riding.HeightMm, new OfdBox(slice * index, 0, slice, riding.HeightMm));
            stamps.Add(Check(package, page, place));
        }

        return stamps;
    }

    private static OfdPage Page(OfdBody body, int number) => number >= 1 && number <= body.Pages.Count
        ? body.Pages[number - 1]
        : throw new OfdFormatException(OfdProblem.PageNotFound, $"the document has {body.Pages.Count} pages, not {number}");

    private static OfdBox Size(OfdPackage package, OfdPage page) => page.Size(package) is { Width: > 0, Height: > 0 } size
        ? size
        : throw OfdFormatException.Damaged($"page {page.Number} has no size");

    private static (string PageId, OfdPlacement Place) Check(OfdPackage package, OfdPage page, OfdPlacement place)
    {
        var size = Size(package, page);
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
