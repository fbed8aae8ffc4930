namespace Seal.Documents.Impressions;

/// <summary>
/// The curve at a fixed distance inside an ellipse, measured by its own length, so that letters on it keep the same
/// distance from the border and from each other. The angle runs clockwise from the top.
/// </summary>
internal sealed class EllipseTrack
{
    private const int Samples = 720;

    private readonly Point _centre;
    private readonly double _radiusX;
    private readonly double _radiusY;
    private readonly double _inset;
    private readonly double _from;
    private readonly double _step;
    private readonly double[] _lengths = new double[Samples + 1];

    /// <summary>A track from one angle to another (radians; backwards when <paramref name="to"/> is smaller).</summary>
    public EllipseTrack(Point centre, double radiusX, double radiusY, double inset, double from, double to)
    {
        (_centre, _radiusX, _radiusY, _inset, _from) = (centre, radiusX, radiusY, inset, from);
        _step = (to - from) / Samples;
        for (var i = 1; i <= Samples; i++)
        {
            _lengths[i] = _lengths[i - 1] + PointAt(from + (i - 1) * _step).DistanceTo(PointAt(from + i * _step));
        }
    }

    public double Length => _lengths[Samples];

    /// <summary>The place of a letter at a distance along the track; its top is outside, or inside on a backward track.</summary>
    public Place At(double distance)
    {
        var next = Array.BinarySearch(_lengths, distance);
        if (next < 0)
        {
            next = ~next;
        }

        next = Math.Clamp(next, 1, Samples);
        var share = (distance - _lengths[next - 1]) / (_lengths[next] - _lengths[next - 1]);
        var angle = _from + (next - 1 + share) * _step;
        var outward = Outward(angle);
        var forward = _step > 0 ? 1 : -1;
        return new Place(PointAt(angle), new Point(-outward.Y * forward, outward.X * forward), new Point(outward.X * forward, outward.Y * forward));
    }

    private Point PointAt(double angle)
    {
        var outward = Outward(angle);
        return new Point(
            _centre.X + _radiusX * Math.Sin(angle) - _inset * outward.X,
            _centre.Y - _radiusY * Math.Cos(angle) - _inset * outward.Y);
    }

    private Point Outward(double angle)
    {
        double x = _radiusY * Math.Sin(angle), y = -_radiusX * Math.Cos(angle), length = Math.Sqrt(x * x + y * y);
        return new Point(x / length, y / length);
    }
}
