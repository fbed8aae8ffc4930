using System.Globalization;

namespace Seal.Documents.Ofd;

/// <summary>ST_Box: left, top, width and height in mm from the top left corner.</summary>
/// <param name="X">From the left edge, in mm.</param>
/// <param name="Y">From the top edge, in mm.</param>
/// <param name="Width">In mm.</param>
/// <param name="Height">In mm.</param>
public readonly record struct OfdBox(double X, double Y, double Width, double Height)
{
    private const double Farthest = 1e6;

    /// <summary>Four numbers with white space between; null for anything else.</summary>
    public static OfdBox? Parse(string? text)
    {
        var parts = text?.Split((char[]?)null, 5, StringSplitOptions.RemoveEmptyEntries) ?? [];
        var numbers = new double[4];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (parts.Length != numbers.Length
                || !double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i])
                || !(Math.Abs(numbers[i]) <= Farthest))
            {
                return null;
            }
        }

        return new OfdBox(numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    /// <summary>As written: at most four decimals, a full stop for the point.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{X:0.####} {Y:0.####} {Width:0.####} {Height:0.####}");
}
