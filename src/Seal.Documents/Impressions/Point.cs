namespace Seal.Documents.Impressions;

/// <summary>A point, or a vector. In a <see cref="Picture"/>: millimetres from the top left, y downwards.</summary>
/// <param name="X">To the right.</param>
/// <param name="Y">Down in pictures, up in font outlines.</param>
public readonly record struct Point(double X, double Y)
{
    internal static Point Middle(Point a, Point b) => new((a.X + b.X) / 2, (a.Y + b.Y) / 2);

    internal double DistanceTo(Point other) => Math.Sqrt((other.X - X) * (other.X - X) + (other.Y - Y) * (other.Y - Y));
}

/// <summary>A rectangle by its corners, in the coordinates of the path it bounds.</summary>
/// <param name="MinX">Left.</param>
/// <param name="MinY">Smallest y.</param>
/// <param name="MaxX">Right.</param>
/// <param name="MaxY">Largest y.</param>
public readonly record struct Bounds(double MinX, double MinY, double MaxX, double MaxY)
{
    /// <summary>Extent in x.</summary>
    public double Width => MaxX - MinX;

    /// <summary>Extent in y.</summary>
    public double Height => MaxY - MinY;
}
