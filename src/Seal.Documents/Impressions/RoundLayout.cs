using System.Globalization;

namespace Seal.Documents.Impressions;

/// <summary>Circle and oval: border, name along the upper arc, star or line in the centre, line below, code on the lower arc.</summary>
internal sealed class RoundLayout
{
    // Narrower than this share of their height Song characters close up into blots.
    private const double LeastSqueeze = 0.26;

    private readonly ImpressionDesign _design;
    private readonly Lettering _lettering;
    private readonly Point _centre;
    private readonly double _radiusX;
    private readonly double _radiusY;
    private readonly List<Figure> _figures = [];

    private RoundLayout(ImpressionDesign design, Lettering lettering)
    {
        (_design, _lettering) = (design, lettering);
        (_radiusX, _radiusY) = (design.WidthMm / 2, design.HeightMm / 2);
        _centre = new Point(_radiusX, _radiusY);
    }

    private bool IsOval => _design.Shape == ImpressionShape.Oval;

    public static IReadOnlyList<Figure> Draw(ImpressionDesign design, Lettering lettering)
    {
        var layout = new RoundLayout(design, lettering);
        layout.DrawAll();
        return layout._figures;
    }

    private void DrawAll()
    {
        var half = _design.BorderMm / 2;
        _figures.Add(new Figure(VectorPath.Ellipse(_centre, _radiusX - half, _radiusY - half), Filled: false, _design.BorderMm));
        DrawArcText(_design.ArcText ?? throw new ImpressionException(ImpressionProblem.TextEmpty, nameof(_design.ArcText),
            $"A {_design.Shape} has a text along its arc."));
        if (_design.CentreMark == CentreMark.FivePointStar)
        {
            _figures.Add(new Figure(Star(), Filled: true, StrokeMm: 0));
        }

        if (_design.CentreText is { } line)
        {
            DrawCentreText(line);
        }

        if (_design.BottomText is { } bottom)
        {
            DrawBottomText(bottom);
        }

        if (_design.Code is { } code)
        {
            DrawCode(code);
        }
    }

    private void DrawArcText(string text)
    {
        var letters = _lettering.Read(text, nameof(_design.ArcText));
        var ems = letters.Sum(letter => letter.Advance);
        // Long names are cut a little lower, which keeps their inner edges apart. The oval's measure is the tax rule's 4.2 on 30 mm.
        var height = IsOval ? _design.HeightMm * 0.14 : _design.HeightMm * (0.158 - 0.001 * Math.Clamp(ems - 10, 0, 20));
        var inset = _design.BorderMm + (IsOval ? 0.5 : _design.HeightMm * 0.0175);
        var span = ArcSpan(ems);
        var middle = Track(inset + height / 2, -span / 2, span / 2);
        var inner = Track(inset + height, -span / 2, span / 2);
        // The feet of neighbours may come as close as their side bearings; they must not run into each other.
        var em = Math.Min(Math.Min(0.8 * height, 0.92 * middle.Length / ems), 1.02 * inner.Length / ems);
        if (em < LeastSqueeze * height)
        {
            var fits = (int)(ems * em / (LeastSqueeze * height));
            throw new ImpressionException(ImpressionProblem.TextTooLong, nameof(_design.ArcText),
                string.Create(CultureInfo.InvariantCulture, $"ArcText has {letters.Length} characters; about {fits} fit on this arc."));
        }

        SetAlong(middle, letters, ems, new Setting(height, em));
    }

    /// <summary>Grows with the text and levels off: 117° for 4 characters, 184° for 8, 233° for 14, 255° for 20.</summary>
    private double ArcSpan(double ems)
    {
        var most = _design.BottomText is null ? (_design.Code is null ? 270 : 262) : IsOval ? 236 : 240;
        return Math.Min(most, 270 * (1 - Math.Exp(-ems / 7))) * Math.PI / 180;
    }

    private EllipseTrack Track(double inset, double from, double to) => new(_centre, _radiusX, _radiusY, inset, from, to);

    private static void Spread(Letter[] letters, double ems, double length, Action<Letter, double> set)
    {
        var before = 0.0;
        foreach (var letter in letters)
        {
            set(letter, (before + letter.Advance / 2) / ems * length);
            before += letter.Advance;
        }
    }

    private void SetAlong(EllipseTrack track, Letter[] letters, double ems, Setting setting)
    {
        Spread(letters, ems, track.Length, (letter, at) => setting.Set(letter, track.At(at)));
        _figures.Add(setting.Ink());
    }

    private void DrawCentreText(string text)
    {
        // The tax rule's 3.7 high and 26 wide on an oval of 40 × 30.
        var height = IsOval ? _design.HeightMm * 3.7 / 30 : _design.HeightMm * 0.105;
        var most = IsOval ? _design.WidthMm * 26 / 40 : _design.WidthMm * 0.52;
        DrawLine(text, nameof(_design.CentreText), _centre.Y, height, most);
    }

    private void DrawBottomText(string text)
    {
        var height = IsOval ? _design.HeightMm * 4.6 / 30 : _design.HeightMm * 0.108;
        var below = IsOval ? _design.HeightMm * (_design.Code is null ? 0.265 : 0.245) : _design.HeightMm * 0.255;
        DrawLine(text, nameof(_design.BottomText), _centre.Y + below, height, _design.WidthMm * (IsOval ? 0.42 : 0.46));
    }

    private void DrawLine(string text, string field, double y, double height, double mostWidth)
    {
        var letters = _lettering.Read(text, field);
        _figures.Add(LineSetting.Set(letters, field, new Point(_centre.X, y), height, mostWidth));
    }

    private void DrawCode(string code)
    {
        var letters = _lettering.Read(code, nameof(_design.Code));
        var height = _design.HeightMm * 0.038;
        var inset = _design.BorderMm + _design.HeightMm * 0.015 + height / 2;
        var span = (IsOval ? 46 : 58) * Math.PI / 180;
        var track = Track(inset, Math.PI + span / 2, Math.PI - span / 2);
        var ems = letters.Sum(letter => letter.Advance);
        SetAlong(track, letters, ems, new Setting(height, 0.8 * track.Length / ems));
    }

    /// <summary>Ten corners, every other one on the inner pentagon that the lines between the points cut out.</summary>
    private VectorPath Star()
    {
        double outer = _design.StarMm / 2, inner = outer * Math.Cos(2 * Math.PI / 5) / Math.Cos(Math.PI / 5);
        return VectorPath.Polygon(Enumerable.Range(0, 10).Select(i =>
        {
            var (radius, angle) = (i % 2 == 0 ? outer : inner, i * Math.PI / 5);
            return new Point(_centre.X + radius * Math.Sin(angle), _centre.Y - radius * Math.Cos(angle));
        }));
    }
}
