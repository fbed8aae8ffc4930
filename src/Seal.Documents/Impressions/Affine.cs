namespace Seal.Documents.Impressions;

/// <summary>
/// An affine map of the plane in double precision: <c>x' = A·x + C·y + E</c>, <c>y' = B·x + D·y + F</c>
/// (the letters of SVG's and PDF's <c>matrix</c>). System.Numerics has it in single precision only.
/// </summary>
internal readonly record struct Affine(double A, double B, double C, double D, double E, double F)
{
    /// <summary>Leaves every point where it is.</summary>
    public static Affine Identity { get; } = new(1, 0, 0, 1, 0, 0);

    /// <summary>Moves by (x, y).</summary>
    public static Affine Translation(double x, double y) => new(1, 0, 0, 1, x, y);

    /// <summary>Scales about the origin.</summary>
    public static Affine Scale(double x, double y) => new(x, 0, 0, y, 0, 0);

    /// <summary>Turns the x axis onto the unit vector (x, y).</summary>
    public static Affine RotationTo(double x, double y) => new(x, y, -y, x, 0, 0);

    /// <summary>This map first, then <paramref name="next"/>.</summary>
    public Affine Then(Affine next) => new(
        next.A * A + next.C * B,
        next.B * A + next.D * B,
        next.A * C + next.C * D,
        next.B * C + next.D * D,
        next.A * E + next.C * F + next.E,
        next.B * E + next.D * F + next.F);

    /// <summary>The image of a point.</summary>
    public Point Apply(Point p) => new(A * p.X + C * p.Y + E, B * p.X + D * p.Y + F);
}
