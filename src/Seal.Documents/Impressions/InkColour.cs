using System.Globalization;

namespace Seal.Documents.Impressions;

/// <summary>Colour of the ink, 8 bits a channel, sRGB.</summary>
/// <param name="Red">0–255.</param>
/// <param name="Green">0–255.</param>
/// <param name="Blue">0–255.</param>
public readonly record struct InkColour(byte Red, byte Green, byte Blue)
{
    /// <summary>#E60012: what full magenta on full yellow gives in print, so the red of screen and paper agree.</summary>
    public static InkColour OfficialRed { get; } = new(0xE6, 0x00, 0x12);

    /// <summary>As <c>#RRGGBB</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{Red:X2}{Green:X2}{Blue:X2}");
}
