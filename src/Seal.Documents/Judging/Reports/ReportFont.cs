using System.Globalization;
using System.Text;
using Seal.Documents.Impressions;
using Seal.Documents.Pdf;

namespace Seal.Documents.Judging;

/// <summary>
/// The characters that a report uses, as Type 3 fonts (ISO 32000-1 §9.6.5) of the outlines of one face: a report carries what it
/// needs and looks the same everywhere, and its text can be searched and copied.
/// </summary>
internal sealed class ReportFont(FontOutlines outlines)
{
    private const int GlyphsPerFont = 256;

    private static readonly Rune Missing = new('?');

    private readonly Dictionary<Rune, int> _codes = [];
    private readonly List<(Rune Character, GlyphOutline Outline)> _glyphs = [];

    /// <summary>How many fonts the characters met so far take.</summary>
    public int Count => (_glyphs.Count + GlyphsPerFont - 1) / GlyphsPerFont;

    /// <summary>The width of a character for a size of 1.</summary>
    public double Width(Rune character) => (double)_glyphs[Code(character)].Outline.Advance / outlines.UnitsPerEm;

    /// <summary>The font and the code in it that show a character.</summary>
    public (int Font, int Code) Place(Rune character)
    {
        var code = Code(character);
        return (code / GlyphsPerFont, code % GlyphsPerFont);
    }

    /// <summary>Writes the fonts and gives their objects.</summary>
    public IReadOnlyList<PdfReference> Write(ReportFile file) =>
        [.. _glyphs.Chunk(GlyphsPerFont).Select(glyphs => WriteFont(file, glyphs))];

    private int Code(Rune character)
    {
        if (!_codes.TryGetValue(character, out var code))
        {
            var shown = outlines.Has(character) ? character : Missing;
            _codes[character] = code = _glyphs.Count;
            _glyphs.Add((character, outlines.Glyph(shown)));
        }

        return code;
    }

    private PdfReference WriteFont(ReportFile file, (Rune Character, GlyphOutline Outline)[] glyphs)
    {
        var scale = (1.0 / outlines.UnitsPerEm).ToString("0.########", CultureInfo.InvariantCulture);
        var procedures = glyphs.Select((glyph, code) => $"/g{code} {file.AddStream("", Procedure(glyph.Outline))}").ToArray();
        var toUnicode = file.AddStream("", Encoding.ASCII.GetBytes(ToUnicode(glyphs)));
        return file.Add(
            $"<</Type /Font /Subtype /Type3 /FontBBox [0 0 0 0] /FontMatrix [{scale} 0 0 {scale} 0 0] /Resources <<>> "
            + $"/CharProcs <<{string.Join(' ', procedures)}>> "
            + $"/Encoding <</Type /Encoding /Differences [0 {string.Join(' ', glyphs.Select((_, code) => $"/g{code}"))}]>> "
            + $"/FirstChar 0 /LastChar {glyphs.Length - 1} /Widths [{string.Join(' ', glyphs.Select(glyph => glyph.Outline.Advance))}] /ToUnicode {toUnicode}>>");
    }

    private static byte[] Procedure(GlyphOutline glyph)
    {
        var box = glyph.Path.Bounds();
        StringBuilder content = new();
        content.Append(CultureInfo.InvariantCulture, $"{glyph.Advance} 0 {box.MinX:0.##} {box.MinY:0.##} {box.MaxX:0.##} {box.MaxY:0.##} d1\n");
        var current = default(Point);
        foreach (var step in glyph.Path.Segments)
        {
            switch (step.Kind)
            {
                case PathSegmentKind.Move:
                    content.Append(Pair(step.End)).Append("m\n");
                    break;
                case PathSegmentKind.Line:
                    content.Append(Pair(step.End)).Append("l\n");
                    break;
                case PathSegmentKind.Quadratic:
                    // PDF has cubic curves only; raising the degree is exact.
                    content.Append(Pair(Toward(current, step.Control1))).Append(Pair(Toward(step.End, step.Control1))).Append(Pair(step.End)).Append("c\n");
                    break;
                case PathSegmentKind.Cubic:
                    content.Append(Pair(step.Control1)).Append(Pair(step.Control2)).Append(Pair(step.End)).Append("c\n");
                    break;
                default:
                    content.Append("h\n");
                    break;
            }

            current = step.Kind == PathSegmentKind.Close ? current : step.End;
        }

        return Encoding.ASCII.GetBytes(content.Append("f\n").ToString());
    }

    private static Point Toward(Point from, Point control) =>
        new(from.X + ((control.X - from.X) * 2 / 3), from.Y + ((control.Y - from.Y) * 2 / 3));

    private static string Pair(Point point) => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.##} {point.Y:0.##} ");

    private static string ToUnicode((Rune Character, GlyphOutline Outline)[] glyphs)
    {
        StringBuilder map = new("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Seal def /CMapType 2 def\n1 begincodespacerange <00> <FF> endcodespacerange\n");
        foreach (var hundred in glyphs.Select((glyph, code) => (glyph.Character, code)).Chunk(100)) // as many as a section may have
        {
            map.Append(CultureInfo.InvariantCulture, $"{hundred.Length} beginbfchar\n");
            foreach ((var character, var code) in hundred)
            {
                map.Append(CultureInfo.InvariantCulture, $"<{code:X2}> <{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(character.ToString()))}>\n");
            }

            map.Append("endbfchar\n");
        }

        return map.Append("endcmap end end\n").ToString();
    }
}
