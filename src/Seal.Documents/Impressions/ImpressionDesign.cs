namespace Seal.Documents.Impressions;

/// <summary>Outline of an impression.</summary>
public enum ImpressionShape
{
    /// <summary>A circle; width and height are its diameter.</summary>
    Circle,

    /// <summary>An ellipse lying on its long side, as invoice seals have.</summary>
    Oval,

    /// <summary>A square with a person's name.</summary>
    Square,
}

/// <summary>What stands in the centre.</summary>
public enum CentreMark
{
    /// <summary>Nothing but <see cref="ImpressionDesign.CentreText"/>, if any.</summary>
    None,

    /// <summary>A five-pointed star, one point up, filled.</summary>
    FivePointStar,
}

/// <summary>
/// What an impression is made from. Measures are in mm and outer: the border lies inside them. The factories in
/// <see cref="ImpressionKinds"/> give the customary design of each kind of seal, to be varied by <c>with</c>.
/// </summary>
public sealed record ImpressionDesign
{
    /// <summary>Circle, oval or square.</summary>
    public required ImpressionShape Shape { get; init; }

    /// <summary>Outer width, 10–60 mm.</summary>
    public required double WidthMm { get; init; }

    /// <summary>Outer height, 10–60 mm; equal to the width but for an oval, and not above it.</summary>
    public required double HeightMm { get; init; }

    /// <summary>Width of the border line, 0.3–2.5 mm and at most a twelfth of the height.</summary>
    public required double BorderMm { get; init; }

    /// <summary>Text along the upper arc from left to right, the owner's name: required on circle and oval, not on a square.</summary>
    public string? ArcText { get; init; }

    /// <summary>The mark in the centre of a circle.</summary>
    public CentreMark CentreMark { get; init; }

    /// <summary>Diameter of the circle through the star's points, 4 mm to four tenths of the width.</summary>
    public double StarMm { get; init; } = 14;

    /// <summary>A horizontal line in the centre where no star is (tax number), or the name on a square.</summary>
    public string? CentreText { get; init; }

    /// <summary>A horizontal line below the centre, such as 财务专用章.</summary>
    public string? BottomText { get; init; }

    /// <summary>The 13-digit code of the seal, small along the lower arc.</summary>
    public string? Code { get; init; }

    /// <summary>Colour of the ink.</summary>
    public InkColour Ink { get; init; } = InkColour.OfficialRed;

    /// <summary>Draws the impression with the outlines of a font.</summary>
    /// <exception cref="ImpressionException">
    /// A measure is out of range, parts disagree, a text is missing, invalid or too long, or the font lacks a character;
    /// <see cref="ImpressionException.Field"/> names the property.
    /// </exception>
    public Picture Draw(FontOutlines font)
    {
        DesignRules.Check(this);
        var lettering = new Lettering(font);
        var figures = Shape == ImpressionShape.Square
            ? SquareLayout.Draw(this, lettering)
            : RoundLayout.Draw(this, lettering);
        return new Picture(WidthMm, HeightMm, Ink, figures);
    }
}
