using System.Text;

namespace Seal.Documents.Impressions;

/// <summary>
/// A character ready to be set: its outline and the cell of it that is scaled onto its place.
/// </summary>
/// <param name="Path">Font units, y upwards.</param>
/// <param name="Cell">Across: what takes part in the spacing. Up: what fills the height of the text.</param>
/// <param name="Advance">Width of the cell in ems: 1 for a Chinese character.</param>
internal readonly record struct Letter(VectorPath Path, Bounds Cell, double Advance);

/// <summary>
/// Turns text into letters. A seal's characters fill the height of their line: Chinese characters by the ink of a full
/// one, Latin capitals and digits by the height of a capital, so that ABB（中国） looks of one size, as cut seals do.
/// </summary>
internal sealed class Lettering
{
    private readonly FontOutlines _font;
    private readonly Bounds _ideographBox;
    private readonly Bounds _capitalBox;

    public Lettering(FontOutlines font)
    {
        _font = font;
        _ideographBox = InkOf('国', new Bounds(0, font.Descent, font.UnitsPerEm, font.Ascent));
        _capitalBox = InkOf('H', _ideographBox);
    }

    public Letter[] Read(string text, string field)
    {
        try
        {
            return [.. text.Trim().EnumerateRunes().Select(ReadOne)];
        }
        catch (ImpressionException e) when (e.Code == ImpressionProblem.FontLacksCharacter)
        {
            throw new ImpressionException(e.Code, field, e.Message, e);
        }
    }

    private Letter ReadOne(Rune rune)
    {
        var glyph = _font.Glyph(rune);
        var box = Rune.IsLetterOrDigit(rune) && rune.Value < 0x2E80 ? _capitalBox : _ideographBox;
        double left = 0, right = Math.Max(glyph.Advance, 1);
        var ink = glyph.Path.Bounds();
        // A bracket or dot that has a full em to itself would tear a hole into the line.
        if (!glyph.Path.IsEmpty && ink.Width < 0.35 * glyph.Advance)
        {
            var bearing = 0.08 * _font.UnitsPerEm;
            (left, right) = (ink.MinX - bearing, ink.MaxX + bearing);
        }

        return new Letter(glyph.Path, new Bounds(left, box.MinY, right, box.MaxY), (right - left) / _font.UnitsPerEm);
    }

    private Bounds InkOf(char character, Bounds otherwise)
    {
        var rune = new Rune(character);
        if (!_font.Has(rune))
        {
            return otherwise;
        }

        var ink = _font.Glyph(rune).Path.Bounds();
        return ink.Height > 0 ? ink : otherwise;
    }
}
