namespace Seal.Documents.Impressions;

/// <summary>What a <see cref="PathSegment"/> draws from the current point.</summary>
public enum PathSegmentKind
{
    /// <summary>Starts a contour at <see cref="PathSegment.End"/>.</summary>
    Move,

    /// <summary>A straight line to <see cref="PathSegment.End"/>.</summary>
    Line,

    /// <summary>A quadratic Bézier curve with one control point, as in TrueType outlines.</summary>
    Quadratic,

    /// <summary>A cubic Bézier curve with two control points.</summary>
    Cubic,

    /// <summary>A straight line back to the start of the contour.</summary>
    Close,
}

/// <summary>One step of a path. Control points that the kind does not have are zero.</summary>
/// <param name="Kind">What is drawn.</param>
/// <param name="Control1">First control point of a curve.</param>
/// <param name="Control2">Second control point of a cubic curve.</param>
/// <param name="End">Where the step ends.</param>
public readonly record struct PathSegment(PathSegmentKind Kind, Point Control1, Point Control2, Point End);

/// <summary>
/// Closed contours of lines and Bézier curves; the inside is told by the non-zero winding rule, as in TrueType.
/// </summary>
public sealed class VectorPath
{
    // Four of these make a circle that is round to 0.03 % of its radius.
    private const double QuarterCircle = 0.5522847498307936;

    private readonly List<PathSegment> _segments = [];

    /// <summary>The steps in drawing order.</summary>
    public IReadOnlyList<PathSegment> Segments => _segments;

    /// <summary>True when nothing is drawn (a space).</summary>
    public bool IsEmpty => _segments.Count == 0;

    /// <summary>The box around all end and control points (for TrueType outlines, which have their extremes on the curve, the ink box).</summary>
    public Bounds Bounds()
    {
        if (IsEmpty)
        {
            return default;
        }

        double minX = double.MaxValue, minY = double.MaxValue, maxX = double.MinValue, maxY = double.MinValue;
        foreach (var s in _segments)
        {
            if (s.Kind == PathSegmentKind.Close)
            {
                continue;
            }

            Include(s.End);
            if (s.Kind is PathSegmentKind.Quadratic or PathSegmentKind.Cubic)
            {
                Include(s.Control1);
            }

            if (s.Kind == PathSegmentKind.Cubic)
            {
                Include(s.Control2);
            }
        }

        return new Bounds(minX, minY, maxX, maxY);

        void Include(Point p)
        {
            minX = Math.Min(minX, p.X);
            maxX = Math.Max(maxX, p.X);
            minY = Math.Min(minY, p.Y);
            maxY = Math.Max(maxY, p.Y);
        }
    }

    internal void MoveTo(Point end) => _segments.Add(new(PathSegmentKind.Move, default, default, end));

    internal void LineTo(Point end) => _segments.Add(new(PathSegmentKind.Line, default, default, end));

    internal void QuadraticTo(Point control, Point end) => _segments.Add(new(PathSegmentKind.Quadratic, control, default, end));

    internal void CubicTo(Point control1, Point control2, Point end) => _segments.Add(new(PathSegmentKind.Cubic, control1, control2, end));

    internal void Close() => _segments.Add(new(PathSegmentKind.Close, default, default, default));

    internal void Append(VectorPath other, Affine map)
    {
        foreach (var s in other._segments)
        {
            _segments.Add(new(s.Kind, map.Apply(s.Control1), map.Apply(s.Control2), map.Apply(s.End)));
        }
    }

    internal static VectorPath Ellipse(Point centre, double radiusX, double radiusY)
    {
        double kx = radiusX * QuarterCircle, ky = radiusY * QuarterCircle;
        var path = new VectorPath();
        path.MoveTo(At(0, -radiusY));
        path.CubicTo(At(kx, -radiusY), At(radiusX, -ky), At(radiusX, 0));
        path.CubicTo(At(radiusX, ky), At(kx, radiusY), At(0, radiusY));
        path.CubicTo(At(-kx, radiusY), At(-radiusX, ky), At(-radiusX, 0));
        path.CubicTo(At(-radiusX, -ky), At(-kx, -radiusY), At(0, -radiusY));
        path.Close();
        return path;

        Point At(double x, double y) => new(centre.X + x, centre.Y + y);
    }

    internal static VectorPath Polygon(IEnumerable<Point> corners)
    {
        var path = new VectorPath();
        foreach (var corner in corners)
        {
            if (path.IsEmpty)
            {
                path.MoveTo(corner);
            }
            else
            {
                path.LineTo(corner);
            }
        }

        path.Close();
        return path;
    }
}
