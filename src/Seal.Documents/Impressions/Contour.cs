namespace Seal.Documents.Impressions;

/// <summary>From the points of a TrueType contour to lines and quadratic curves.</summary>
internal static class Contour
{
    public static void Append(ReadOnlySpan<OutlinePoint> points, Affine map, VectorPath path)
    {
        if (points.Length < 2)
        {
            return;
        }
        // Between two control points lies an implied point; a contour may begin with a control point.
        var start = points[0].OnCurve ? points[0].Place
            : points[^1].OnCurve ? points[^1].Place
            : Point.Middle(points[0].Place, points[^1].Place);
        path.MoveTo(map.Apply(start));
        Point? control = null;
        foreach (var point in points)
        {
            if (point.OnCurve)
            {
                if (control is { } c)
                {
                    path.QuadraticTo(map.Apply(c), map.Apply(point.Place));
                }
                else if (point.Place != start || path.Segments[^1].Kind != PathSegmentKind.Move)
                {
                    path.LineTo(map.Apply(point.Place));
                }

                control = null;
            }
            else
            {
                if (control is { } c)
                {
                    path.QuadraticTo(map.Apply(c), map.Apply(Point.Middle(c, point.Place)));
                }

                control = point.Place;
            }
        }

        if (control is { } open)
        {
            path.QuadraticTo(map.Apply(open), map.Apply(start));
        }

        path.Close();
    }
}
