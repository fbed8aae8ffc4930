using System.Globalization;
using System.Text;
using Seal.Documents.Pdf;

namespace Seal.Documents.Judging;

/// <summary>Sets lines of text on A4 pages, from top to bottom. Lengths are points.</summary>
internal sealed class ReportLayout(ReportFont font)
{
    public const double Left = 50;
    public const double Right = 545;

    private const double Width = 595;
    private const double Height = 842;
    private const double Top = 790;
    private const double Bottom = 60;
    private const double Leading = 1.45;
    private const double FooterSize = 8;

    private readonly List<StringBuilder> _pages = [];
    private double _y;

    /// <summary>Leaves room.</summary>
    public void Space(double height) => _y -= height;

    /// <summary>A rule across the page.</summary>
    public void Rule()
    {
        var page = Page(6);
        page.Append(CultureInfo.InvariantCulture, $"0.8 G 0.5 w {Left} {_y:0.##} m {Right} {_y:0.##} l S\n");
        _y -= 6;
    }

    /// <summary>Text that wraps between two edges.</summary>
    public void Text(string text, double size, string colour = "0 g", double left = Left)
    {
        foreach (var line in Lines(text, size, Right - left))
        {
            var page = Page(size * Leading);
            _y -= size * Leading;
            Show(page, line, left, _y, size, colour);
        }
    }

    /// <summary>A row of columns, each beginning at its left edge; the row is as high as its highest column.</summary>
    public void Row(double size, params (double Left, double Right, string Text, string Colour)[] columns)
    {
        var wrapped = columns.Select(column => Lines(column.Text, size, column.Right - column.Left).ToArray()).ToArray();
        for (var line = 0; line < wrapped.Max(lines => lines.Length); line++)
        {
            var page = Page(size * Leading);
            _y -= size * Leading;
            for (var column = 0; column < columns.Length; column++)
            {
                if (line < wrapped[column].Length)
                {
                    Show(page, wrapped[column][line], columns[column].Left, _y, size, columns[column].Colour);
                }
            }
        }
    }

    /// <summary>Writes the pages, numbered, and gives the catalog.</summary>
    public PdfReference Write(ReportFile file)
    {
        for (var number = 0; number < _pages.Count; number++)
        {
            Show(_pages[number], string.Create(CultureInfo.InvariantCulture, $"{number + 1} / {_pages.Count}"), (Width / 2) - 10, Bottom / 2, FooterSize, "0.4 g");
        }

        var tree = file.Reserve();
        var fonts = string.Join(' ', font.Write(file).Select((reference, index) => $"/F{index} {reference}"));
        var pages = _pages.Select(content => file.Add(
            $"<</Type /Page /Parent {tree} /Contents {file.AddStream("", Encoding.ASCII.GetBytes(content.ToString()))}>>")).ToArray();
        file.Put(tree, string.Create(
            CultureInfo.InvariantCulture,
            $"<</Type /Pages /Count {pages.Length} /Kids [{string.Join(' ', pages.AsEnumerable())}] /MediaBox [0 0 {Width} {Height}] /Resources <</Font <<{fonts}>>>>>>"));
        return file.Add($"<</Type /Catalog /Pages {tree}>>");
    }

    /// <summary>The page that has room for so much more.</summary>
    private StringBuilder Page(double height)
    {
        if (_pages.Count == 0 || _y - height < Bottom)
        {
            _pages.Add(new StringBuilder());
            _y = Top;
        }

        return _pages[^1];
    }

    private void Show(StringBuilder page, string text, double x, double y, double size, string colour)
    {
        page.Append(CultureInfo.InvariantCulture, $"BT {colour} 1 0 0 1 {x:0.##} {y:0.##} Tm\n");
        var current = -1;
        foreach (var character in text.EnumerateRunes())
        {
            (var index, var code) = font.Place(character);
            if (index != current)
            {
                page.Append(current < 0 ? "" : "> Tj\n").Append(CultureInfo.InvariantCulture, $"/F{index} {size:0.##} Tf <");
                current = index;
            }

            page.Append(CultureInfo.InvariantCulture, $"{code:X2}");
        }

        page.Append(current < 0 ? "ET\n" : "> Tj ET\n");
    }

    /// <summary>Breaks at spaces, and where there is none that fits, anywhere.</summary>
    private IEnumerable<string> Lines(string text, double size, double width)
    {
        StringBuilder line = new();
        double used = 0;
        var lastSpace = -1;
        foreach (var character in text.EnumerateRunes().Select(rune => Rune.IsControl(rune) ? new Rune(' ') : rune))
        {
            var advance = font.Width(character) * size;
            if (used + advance > width && line.Length > 0)
            {
                var keep = lastSpace > 0 && Rune.IsLetterOrDigit(character) ? lastSpace + 1 : line.Length;
                var rest = line.ToString(keep, line.Length - keep);
                yield return line.ToString(0, keep).TrimEnd();
                line.Clear().Append(rest);
                used = rest.EnumerateRunes().Sum(rune => font.Width(rune) * size);
                lastSpace = -1;
            }

            lastSpace = character.Value == ' ' ? line.Length : lastSpace;
            line.Append(character);
            used += advance;
        }

        yield return line.ToString();
    }
}
