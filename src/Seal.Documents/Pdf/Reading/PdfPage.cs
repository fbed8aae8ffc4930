namespace Seal.Documents.Pdf;

/// <summary>A rectangle in user space, edges in order: <see cref="Left"/> ≤ <see cref="Right"/>, <see cref="Bottom"/> ≤ <see cref="Top"/>.</summary>
internal readonly record struct PdfRectangle(double Left, double Bottom, double Right, double Top)
{
    public double Width => Right - Left;

    public double Height => Top - Bottom;

    public PdfRectangle Intersect(PdfRectangle other) => new(
        Math.Max(Left, other.Left),
        Math.Max(Bottom, other.Bottom),
        Math.Min(Right, other.Right),
        Math.Min(Top, other.Top));

    /// <summary>Any two opposite corners are allowed (ISO 32000-1 §7.9.5).</summary>
    public static PdfRectangle? Read(PdfView view, PdfObject? value)
    {
        if (view.Array(value) is not { Items.Count: 4 } array)
        {
            return null;
        }

        double?[] numbers = [.. array.Items.Select(view.Number)];
        return numbers is [{ } x1, { } y1, { } x2, { } y2]
            ? new PdfRectangle(Math.Min(x1, x2), Math.Min(y1, y2), Math.Max(x1, x2), Math.Max(y1, y2))
            : null;
    }
}

/// <summary>A page with what it inherits (ISO 32000-1 §7.7.3.4).</summary>
/// <param name="Reference">The page object.</param>
/// <param name="Dictionary">Its dictionary as written, without what is inherited.</param>
/// <param name="Visible">The part that is displayed: crop box within media box, in user space units.</param>
/// <param name="Rotation">Clockwise when displayed: 0, 90, 180 or 270.</param>
/// <param name="UserUnit">Size of a user space unit in points.</param>
internal sealed record PdfPage(PdfReference Reference, PdfDictionary Dictionary, PdfRectangle Visible, int Rotation, double UserUnit)
{
    private const double PointsPerMm = 72 / 25.4;

    /// <summary>User space units in a millimetre.</summary>
    public double UnitsPerMm => PointsPerMm / UserUnit;

    /// <summary>Its size as displayed.</summary>
    public PdfPageSize Size => Rotation is 90 or 270
        ? new PdfPageSize(Visible.Height / UnitsPerMm, Visible.Width / UnitsPerMm)
        : new PdfPageSize(Visible.Width / UnitsPerMm, Visible.Height / UnitsPerMm);

    /// <summary>A rectangle from "right and down from the displayed top left corner" to user space; both in units of user space.</summary>
    public PdfRectangle ToUserSpace(double right, double down, double width, double height) => Rotation switch
    {
        90 => new PdfRectangle(Visible.Left + down, Visible.Bottom + right, Visible.Left + down + height, Visible.Bottom + right + width),
        180 => new PdfRectangle(Visible.Right - right - width, Visible.Bottom + down, Visible.Right - right, Visible.Bottom + down + height),
        270 => new PdfRectangle(Visible.Right - down - height, Visible.Top - right - width, Visible.Right - down, Visible.Top - right),
        _ => new PdfRectangle(Visible.Left + right, Visible.Top - down - height, Visible.Left + right + width, Visible.Top - down),
    };

    /// <summary>A point of user space as "right and down from the displayed top left corner", in mm.</summary>
    public (double RightMm, double DownMm) ToDisplayed(double x, double y)
    {
        (var right, var down) = Rotation switch
        {
            90 => (y - Visible.Bottom, x - Visible.Left),
            180 => (Visible.Right - x, y - Visible.Bottom),
            270 => (Visible.Top - y, Visible.Right - x),
            _ => (x - Visible.Left, Visible.Top - y),
        };
        return (right / UnitsPerMm, down / UnitsPerMm);
    }
}

/// <summary>A page's size as displayed: crop box, rotation and user unit taken into account.</summary>
/// <param name="WidthMm">Width in mm.</param>
/// <param name="HeightMm">Height in mm.</param>
public readonly record struct PdfPageSize(double WidthMm, double HeightMm);
