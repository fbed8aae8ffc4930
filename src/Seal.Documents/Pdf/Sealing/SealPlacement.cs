namespace Seal.Documents.Pdf;

/// <summary>
/// A part of a seal (mostly all of it) at its place in a page's user space, and the form matrix that keeps the picture upright on
/// the page as displayed.
/// </summary>
/// <param name="Page">The page.</param>
/// <param name="Rectangle">The annotation's <c>/Rect</c>.</param>
/// <param name="Box">The part of the picture that shows, in points from its lower left corner: the form's <c>/BBox</c>.</param>
/// <param name="Rotation">The page's rotation, which the picture undoes.</param>
internal sealed record SealPlacement(PdfPage Page, PdfRectangle Rectangle, PdfRectangle Box, int Rotation)
{
    private const double PointsPerMm = 72 / 25.4;
    private const double ToleranceMm = 0.01;

    /// <summary>The whole seal at a place, from the displayed page's upper left corner.</summary>
    public static SealPlacement Of(PdfPage page, double xMm, double yMm, double widthMm, double heightMm) =>
        Part(page, xMm, yMm, new PdfRectangle(0, 0, widthMm, heightMm));

    /// <summary>A part of the seal at a place.</summary>
    /// <param name="page">The page.</param>
    /// <param name="xMm">Where the part's left edge is.</param>
    /// <param name="yMm">Where the part's upper edge is.</param>
    /// <param name="part">The part, in mm from the seal's lower left corner.</param>
    public static SealPlacement Part(PdfPage page, double xMm, double yMm, PdfRectangle part)
    {
        var shown = page.Size;
        // Written so that NaN is refused too.
        var inside = part.Width > 0 && part.Height > 0
            && xMm >= -ToleranceMm && xMm + part.Width <= shown.WidthMm + ToleranceMm
            && yMm >= -ToleranceMm && yMm + part.Height <= shown.HeightMm + ToleranceMm;
        if (!inside)
        {
            throw new PdfFormatException(
                PdfProblem.StampOutsidePage,
                FormattableString.Invariant($"the page is {shown.WidthMm:0.##} x {shown.HeightMm:0.##} mm, the seal {part.Width:0.##} x {part.Height:0.##} mm at {xMm:0.##}, {yMm:0.##}"));
        }

        var units = page.UnitsPerMm;
        PdfRectangle box = new(part.Left * PointsPerMm, part.Bottom * PointsPerMm, part.Right * PointsPerMm, part.Top * PointsPerMm);
        return new SealPlacement(page, page.ToUserSpace(xMm * units, yMm * units, part.Width * units, part.Height * units), box, page.Rotation);
    }

    /// <summary>The page is turned clockwise for display, so the picture is turned the other way first; viewers then fit it into the rectangle (ISO 32000-1 §12.5.5).</summary>
    public double[] Matrix => Rotation switch
    {
        90 => [0, 1, -1, 0, Box.Height, 0],
        180 => [-1, 0, 0, -1, Box.Width, Box.Height],
        270 => [0, -1, 1, 0, 0, Box.Width],
        _ => [1, 0, 0, 1, 0, 0],
    };
}
