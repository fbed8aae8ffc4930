using System.Globalization;
using System.Text;

namespace Seal.Documents.Impressions;

/// <summary>Writes a <see cref="Picture"/> as SVG, coordinates in mm to a thousandth.</summary>
internal static class SvgWriter
{
    public static string Write(Picture picture)
    {
        string width = Number(picture.WidthMm), height = Number(picture.HeightMm);
        var svg = new StringBuilder();
        svg.Append("<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\" ")
            .Append(CultureInfo.InvariantCulture, $"width=\"{width}mm\" height=\"{height}mm\" viewBox=\"0 0 {width} {height}\">\n");
        foreach (var figure in picture.Figures)
        {
            svg.Append("<path fill=\"").Append(figure.Filled ? picture.Ink.ToString() : "none").Append('"');
            if (figure.StrokeMm > 0)
            {
                svg.Append(CultureInfo.InvariantCulture, $" stroke=\"{picture.Ink}\" stroke-width=\"{Number(figure.StrokeMm)}\" stroke-linejoin=\"miter\"");
            }

            svg.Append(" d=\"");
            Append(svg, figure.Path);
            svg.Append("\"/>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Append(StringBuilder svg, VectorPath path)
    {
        foreach (var s in path.Segments)
        {
            switch (s.Kind)
            {
                case PathSegmentKind.Move:
                    svg.Append('M').Append(Pair(s.End));
                    break;
                case PathSegmentKind.Line:
                    svg.Append('L').Append(Pair(s.End));
                    break;
                case PathSegmentKind.Quadratic:
                    svg.Append('Q').Append(Pair(s.Control1)).Append(' ').Append(Pair(s.End));
                    break;
                case PathSegmentKind.Cubic:
                    svg.Append('C').Append(Pair(s.Control1)).Append(' ').Append(Pair(s.Control2)).Append(' ').Append(Pair(s.End));
                    break;
                default:
                    svg.Append('Z');
                    break;
            }
        }
    }

    private static string Pair(Point p) => $"{Number(p.X)} {Number(p.Y)}";

    private static string Number(double value) => Decimals.Thousandths(value);
}
