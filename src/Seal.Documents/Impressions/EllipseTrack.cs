namespace Seal.Documents.Impressions;

/// <summary>
/// The curve at a fixed distance inside an ellipse, measured by its own length, so that letters on it keep the same
/// distance from the border and from each other. The angle runs clockwise from the top.
/// </summary>
internal sealed class EllipseTrack
{
    private const int Samples = 720;

    private readonly Point centre;
    private readonly double radiusX;
    private readonly double radiusY;
    private readonly double inset;
    private readonly double from;
    private readonly double step;
    private readonly double[] lengths = new double[Samples + 1];

    /// <summary>A track from one angle to another (radians; backwards when <paramref name="to"/> is smaller).</summary>
    public EllipseTrack(Point centre, double radiusX, double radiusY, double inset, double from, double to)
    {
        (this.centre, this.radiusX, this.radiusY, this.inset, this.from) = (centre, radiusX, radiusY, inset, from);
        step = (to - from) / Samples;
        for (var i = 1; i <= Samples; i++)
            lengths[i] = lengths[i - 1] + PointAt(from + (i - 1) * step).DistanceTo(PointAt(from + i * step));
    }

    public double Length => lengths[Samples];

    /// <summary>The place of a letter at a distance along the track; its top is outside, or inside on a backward track.</summary>
    public Place At(double distance)
    {
        var next = Array.BinarySearch(lengths, distance);
        if (next < 0) next = ~next;
        next = Math.Clamp(next, 1, Samples);
        var share = (distance - lengths[next - 1]) / (lengths[next] - lengths[next - 1]);
        var angle = from + (next - 1 + share) * step;
        var outward = Outward(angle);
        var forward = step > 0 ? 1 : -1;
        return new Place(PointAt(angle), new Point(-outward.Y * forward, outward.X * forward), new Point(outward.X * forward, outward.Y * forward));
    }

    private Point PointAt(double angle)
    {
        var outward = Outward(angle);
        return new Point(
            centre.X + radiusX * Math.Sin(angle) - inset * outward.X,
            centre.Y - radiusY * Math.Cos(angle) - inset * outward.Y);
    }

    private Point Outward(double angle)
    {
        double x = radiusY * Math.Sin(angle), y = -radiusX * Math.Cos(angle), length = Math.Sqrt(x * x + y * y);
        return new Point(x / length, y / length);
    }
}
