using PdfSharp.Drawing;
using PdfSharp.Pdf;

namespace Seal.Documents.Tests.Samples;

/// <summary>A page of a letter set in Chinese: a pen that goes down the page in millimetres and breaks lines as Chinese does.</summary>
public sealed class Sheet : IDisposable
{
    public const double Left = 25;
    public const double Right = 185;

    private const string NeverFirst = "，。；：、！？）》」％”";
    private readonly XGraphics _graphics;

    public Sheet(PdfPage page)
    {
        _graphics = XGraphics.FromPdfPage(page, XGraphicsUnit.Millimeter);
    }

    /// <summary>Where the next line goes: its upper edge, in millimetres from the page's upper edge.</summary>
    public double Y { get; set; } = 25;

    public void Centred(string text, double points, bool bold = false)
    {
        Draw(text, 105, points, XStringFormats.TopCenter, bold);
        Y += Height(points);
    }

    public void ToTheRight(string text, double points)
    {
        Draw(text, Right, points, XStringFormats.TopRight);
        Y += Height(points);
    }

    public void Heading(string text)
    {
        Y += 2.2;
        Draw(text, Left, 11.5, XStringFormats.TopLeft, bold: true);
        Y += Height(11.5);
    }

    /// <summary>A paragraph with its first line two characters in.</summary>
    public void Paragraph(string text, double points = 11)
    {
        foreach (var line in Lines("　　" + text, points))
        {
            Draw(line, Left, points, XStringFormats.TopLeft);
            Y += Height(points);
        }
    }

    public void Text(string text, double x, double points, bool grey = false) =>
        _graphics.DrawString(text, Font(points, false), grey ? XBrushes.Gray : XBrushes.Black, new XPoint(x, Y), XStringFormats.TopLeft);

    /// <summary>A table with a frame: cells of the first column to the left, all others in the middle.</summary>
    public void Table(double[] widths, double rowHeight, params string[][] rows)
    {
        XPen pen = new(XColors.Black, 0.15);
        var top = Y;
        foreach (var row in rows)
        {
            var x = Left;
            for (var i = 0; i < row.Length; i++)
            {
                XRect cell = new(x + 2, Y, widths[i] - 4, rowHeight);
                _graphics.DrawString(row[i], Font(9.5, row == rows[0]), XBrushes.Black, cell, i == 0 && row != rows[0] ? XStringFormats.CenterLeft : XStringFormats.Center);
                x += widths[i];
            }

            _graphics.DrawLine(pen, Left, Y, Right, Y);
            Y += rowHeight;
        }

        _graphics.DrawLine(pen, Left, Y, Right, Y);
        var edge = Left;
        foreach (var width in widths.Append(0))
        {
            _graphics.DrawLine(pen, edge, top, edge, Y);
            edge += width;
        }

        Y += 3;
    }

    public void Box(double x, double y, double width, double height) => _graphics.DrawRectangle(new XPen(XColors.Black, 0.15), x, y, width, height);

    public void Rule(double x, double y, double width) => _graphics.DrawLine(new XPen(XColors.Black, 0.15), x, y, x + width, y);

    public void Dispose() => _graphics.Dispose();

    private static double Height(double points) => points * 25.4 / 72 * 1.62;

    private static XFont Font(double points, bool bold) =>
        new(SungTypeface.Family, points * 25.4 / 72, bold ? XFontStyleEx.Bold : XFontStyleEx.Regular, new XPdfFontOptions(PdfFontEncoding.Unicode));

    private void Draw(string text, double x, double points, XStringFormat format, bool bold = false) =>
        _graphics.DrawString(text, Font(points, bold), XBrushes.Black, new XPoint(x, Y), format);

    private IEnumerable<string> Lines(string text, double points)
    {
        var font = Font(points, false);
        var start = 0;
        while (start < text.Length)
        {
            var end = text.Length;
            while (_graphics.MeasureString(text[start..end], font).Width > Right - Left)
            {
                end--;
            }

            while (end < text.Length && NeverFirst.Contains(text[end], StringComparison.Ordinal))
            {
                end--;
            }

            yield return text[start..end];
            start = end;
        }
    }
}
