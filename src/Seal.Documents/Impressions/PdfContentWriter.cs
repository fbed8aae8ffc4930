using System.Globalization;
using System.Text;

namespace Seal.Documents.Impressions;

/// <summary>Writes a <see cref="Picture"/> as PDF path operators (ISO 32000-1, 8.5), in points to a thousandth, y upwards.</summary>
internal sealed class PdfContentWriter
{
    private const double PointsPerMm = 72 / 25.4;

    private readonly StringBuilder _content = new();
    private readonly double _heightMm;

    private PdfContentWriter(double heightMm) => _heightMm = heightMm;

    public static byte[] Write(Picture picture)
    {
        var writer = new PdfContentWriter(picture.HeightMm);
        writer.WriteAll(picture);
        return Encoding.ASCII.GetBytes(writer._content.ToString());
    }

    private void WriteAll(Picture picture)
    {
        var ink = $"{Channel(picture.Ink.Red)} {Channel(picture.Ink.Green)} {Channel(picture.Ink.Blue)}";
        _content.Append(CultureInfo.InvariantCulture, $"q\n{ink} rg\n{ink} RG\n0 j\n");
        foreach (var figure in picture.Figures)
        {
            if (figure.StrokeMm > 0)
            {
                _content.Append(Number(figure.StrokeMm * PointsPerMm)).Append(" w\n");
            }

            Append(figure.Path);
            _content.Append((figure.Filled, figure.StrokeMm > 0) switch
            {
                (true, true) => "B\n",
                (true, false) => "f\n",
                (false, true) => "S\n",
                _ => "n\n",
            });
        }

        _content.Append("Q\n");
    }

    private void Append(VectorPath path)
    {
        var current = default(Point);
        foreach (var s in path.Segments)
        {
            switch (s.Kind)
            {
                case PathSegmentKind.Move:
                    Pair(s.End).Append("m\n");
                    break;
                case PathSegmentKind.Line:
                    Pair(s.End).Append("l\n");
                    break;
                case PathSegmentKind.Quadratic:
                    // PDF has cubic curves only; raising the degree is exact.
                    Curve(Toward(current, s.Control1), Toward(s.End, s.Control1), s.End);
                    break;
                case PathSegmentKind.Cubic:
                    Curve(s.Control1, s.Control2, s.End);
                    break;
                default:
                    _content.Append("h\n");
                    break;
            }

            if (s.Kind != PathSegmentKind.Close)
            {
                current = s.End;
            }
        }
    }

    private static Point Toward(Point from, Point control) =>
        new(from.X + (control.X - from.X) * 2 / 3, from.Y + (control.Y - from.Y) * 2 / 3);

    private void Curve(Point control1, Point control2, Point end)
    {
        Pair(control1);
        Pair(control2);
        Pair(end).Append("c\n");
    }

    private StringBuilder Pair(Point p) =>
        _content.Append(Number(p.X * PointsPerMm)).Append(' ').Append(Number((_heightMm - p.Y) * PointsPerMm)).Append(' ');

    private static string Channel(byte value) => Number(value / 255.0);

    private static string Number(double value) => Decimals.Thousandths(value);
}
