using System.Globalization;

namespace Seal.Documents.Impressions;

/// <summary>
/// Numbers as both SVG and PDF read them. Rounding to a thousandth (of a mm or point, far below what any device shows)
/// also takes away the last bits in which processors' sine and cosine may differ, so outputs are the same everywhere.
/// </summary>
internal static class Decimals
{
    public static string Thousandths(double value)
    {
        var text = Math.Round(value, 3, MidpointRounding.AwayFromZero).ToString("0.###", CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text;
    }
}
