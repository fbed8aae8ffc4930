namespace Seal.Documents.Impressions;

/// <summary>Where a letter stands: the middle of its cell, the direction of reading and the direction of its top (unit vectors).</summary>
internal readonly record struct Place(Point Middle, Point Right, Point Up);

/// <summary>Letters of one size, gathered into one figure.</summary>
internal sealed class Setting(double heightMm, double emWidthMm)
{
    private readonly VectorPath _path = new();

    public void Set(Letter letter, Place place)
    {
        var cell = letter.Cell;
        double sx = letter.Advance * emWidthMm / cell.Width, sy = heightMm / cell.Height;
        var map = Affine.Translation(-(cell.MinX + cell.MaxX) / 2, -(cell.MinY + cell.MaxY) / 2)
            .Then(new Affine(
                sx * place.Right.X, sx * place.Right.Y, sy * place.Up.X, sy * place.Up.Y, place.Middle.X, place.Middle.Y));
        _path.Append(letter.Path, map);
    }

    /// <summary>
    /// The text as a figure. The face is a light one and ink spreads: a thin line around each outline gives the weight
    /// of a cut seal, less where letters are squeezed so that their strokes stay apart.
    /// </summary>
    public Figure Ink() => new(_path, Filled: true, StrokeMm: 0.03 + 0.034 * Math.Min(heightMm, 1.5 * emWidthMm));
}
