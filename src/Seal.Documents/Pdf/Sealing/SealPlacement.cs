namespace Seal.Documents.Pdf;

/// <summary>
/// A seal's rectangle in the page's user space and the form matrix that keeps the picture upright on the page as
/// displayed.
/// </summary>
/// <param name="Rectangle">The annotation's <c>/Rect</c>.</param>
/// <param name="Matrix">The form's <c>/Matrix</c>; viewers then fit its box into the rectangle (ISO 32000-1 §12.5.5).</param>
/// <param name="WidthPt">Width of the picture in points, before rotation.</param>
/// <param name="HeightPt">Height of the picture in points, before rotation.</param>
internal sealed record SealPlacement(PdfRectangle Rectangle, IReadOnlyList<double> Matrix, double WidthPt, double HeightPt)
{
    private const double PointsPerMm = 72 / 25.4;
    private const double ToleranceMm = 0.01;

    public static SealPlacement Of(PdfPage page, SealRequest request)
    {
        var shown = page.Size;
        // Written so that NaN is refused too.
        var inside = request.WidthMm > 0 && request.HeightMm > 0
            && request.XMm >= -ToleranceMm && request.XMm + request.WidthMm <= shown.WidthMm + ToleranceMm
            && request.YMm >= -ToleranceMm && request.YMm + request.HeightMm <= shown.HeightMm + ToleranceMm;
        if (!inside)
        {
            throw new PdfFormatException(
                PdfProblem.StampOutsidePage,
                FormattableString.Invariant($"the page is {shown.WidthMm:0.##} x {shown.HeightMm:0.##} mm, the seal {request.WidthMm:0.##} x {request.HeightMm:0.##} mm at {request.XMm:0.##}, {request.YMm:0.##}"));
        }

        var rectangle = Turn(
            page,
            request.XMm * page.UnitsPerMm,
            request.YMm * page.UnitsPerMm,
            request.WidthMm * page.UnitsPerMm,
            request.HeightMm * page.UnitsPerMm);
        var width = request.WidthMm * PointsPerMm;
        var height = request.HeightMm * PointsPerMm;
        return new SealPlacement(rectangle, Upright(page.Rotation, width, height), width, height);
    }

    /// <summary>From "right and down from the displayed top left corner" to user space.</summary>
    private static PdfRectangle Turn(PdfPage page, double right, double down, double width, double height)
    {
        var box = page.Visible;
        return page.Rotation switch
        {
            90 => new PdfRectangle(box.Left + down, box.Bottom + right, box.Left + down + height, box.Bottom + right + width),
            180 => new PdfRectangle(box.Right - right - width, box.Bottom + down, box.Right - right, box.Bottom + down + height),
            270 => new PdfRectangle(box.Right - down - height, box.Top - right - width, box.Right - down, box.Top - right),
            _ => new PdfRectangle(box.Left + right, box.Top - down - height, box.Left + right + width, box.Top - down),
        };
    }

    /// <summary>The page is turned clockwise for display, so the picture is turned the other way first.</summary>
    private static double[] Upright(int rotation, double width, double height) => rotation switch
    {
        90 => [0, 1, -1, 0, height, 0],
        180 => [-1, 0, 0, -1, width, height],
        270 => [0, -1, 1, 0, 0, width],
        _ => [1, 0, 0, 1, 0, 0],
    };
}
