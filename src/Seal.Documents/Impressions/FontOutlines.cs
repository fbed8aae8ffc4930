using System.Text;

namespace Seal.Documents.Impressions;

/// <summary>
/// The outlines of one TrueType face (tables head, maxp, hhea, hmtx, cmap formats 4 and 12, loca, glyf; TTC).
/// Written here because the package feed carries no font library, and PDFsharp, which reads fonts, gives no outlines.
/// Hinting is left out: outlines are drawn at sizes where it does nothing. Safe for use by several threads.
/// </summary>
public sealed class FontOutlines
{
    /// <summary>No text font comes near; a larger file is refused before it is read.</summary>
    private const long MaximumBytes = 64 << 20;

    private static readonly string[] UsualFolders =
    [
        "/usr/share/fonts/truetype/arphic-gbsn00lp",
        "/usr/share/fonts/truetype/arphic",
        "/usr/share/fonts/TTF",
        "/usr/local/share/fonts",
    ];

    private readonly TrueTypeFile _file;
    private readonly CharacterMap _characters;
    private readonly GlyphTable _glyphs;
    private readonly int _advances;

    private FontOutlines(ReadOnlyMemory<byte> bytes, int face)
    {
        _file = new TrueTypeFile(bytes, face);
        var head = _file.Table("head");
        UnitsPerEm = TrueTypeFile.UInt16(head, 18);
        // The specification's range; outside it nothing could be scaled sensibly.
        if (UnitsPerEm is < 16 or > 16384)
        {
            throw TrueTypeFile.Damaged($"it has {UnitsPerEm} units to the em");
        }

        int glyphCount = TrueTypeFile.UInt16(_file.Table("maxp"), 4);
        var hhea = _file.Table("hhea");
        Ascent = TrueTypeFile.Int16(hhea, 4);
        Descent = TrueTypeFile.Int16(hhea, 6);
        _advances = TrueTypeFile.UInt16(hhea, 34);
        if (_advances == 0)
        {
            throw TrueTypeFile.Damaged("it has no advance widths");
        }

        _characters = new CharacterMap(_file.Table("cmap"));
        _glyphs = new GlyphTable(_file, glyphCount, longOffsets: TrueTypeFile.Int16(head, 50) != 0);
    }

    /// <summary>Font units to the em, 16–16384.</summary>
    public int UnitsPerEm { get; }

    /// <summary>Height of the line above the baseline, in font units.</summary>
    public int Ascent { get; }

    /// <summary>Depth of the line below the baseline, in font units, negative.</summary>
    public int Descent { get; }

    /// <summary>Reads a .ttf or .ttc file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="face">Which face of a collection, from 0.</param>
    /// <exception cref="ImpressionException"><c>font-not-found</c>, <c>font-damaged</c>.</exception>
    public static FontOutlines Load(string path, int face = 0)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
            {
                throw NotFound($"There is no font file at '{path}'.");
            }

            if (file.Length > MaximumBytes)
            {
                throw TrueTypeFile.Damaged($"it has {file.Length} bytes, more than {MaximumBytes}");
            }

            return Parse(File.ReadAllBytes(path), face);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw NotFound($"The font file at '{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads the bytes of a .ttf or .ttc file; they must not change afterwards.</summary>
    /// <exception cref="ImpressionException"><c>font-damaged</c>.</exception>
    public static FontOutlines Parse(ReadOnlyMemory<byte> bytes, int face = 0) => new(bytes, face);

    /// <summary>
    /// The Song face for impressions: <paramref name="path"/> when given (a setting of the host), else
    /// AR PL SungtiL GB (<c>gbsn00lp.ttf</c> of Debian's fonts-arphic-gbsn00lp) in the usual folders.
    /// </summary>
    /// <exception cref="ImpressionException"><c>font-not-found</c> with the command that installs it, <c>font-damaged</c>.</exception>
    public static FontOutlines FindSong(string? path = null)
    {
        if (!string.IsNullOrEmpty(path))
        {
            return Load(path);
        }

        var found = UsualFolders.Select(folder => Path.Combine(folder, "gbsn00lp.ttf")).FirstOrDefault(File.Exists)
            ?? throw NotFound("No Song font for impressions was found. Install it: apt-get install fonts-arphic-gbsn00lp");
        return Load(found);
    }

    /// <summary>True when the font has an outline for the character.</summary>
    public bool Has(Rune character) => _characters.GlyphOf(character.Value) != 0;

    /// <summary>The outline of a character in font units, y upwards from the baseline.</summary>
    /// <exception cref="ImpressionException"><c>font-lacks-character</c>, <c>font-damaged</c>.</exception>
    public GlyphOutline Glyph(Rune character)
    {
        var glyph = _characters.GlyphOf(character.Value);
        if (glyph == 0)
        {
            throw new ImpressionException(ImpressionProblem.FontLacksCharacter, null,
                $"The font has no outline for '{character}' (U+{character.Value:X4}); choose a font that has it.");
        }

        // Glyphs past the last advance share it.
        var advance = TrueTypeFile.UInt16(_file.Table("hmtx"), 4L * Math.Min(glyph, _advances - 1));
        return new GlyphOutline(advance, _glyphs.Outline(glyph));
    }

    private static ImpressionException NotFound(string message, Exception? cause = null) =>
        new(ImpressionProblem.FontNotFound, null, message, cause);
}

/// <summary>A character's outline.</summary>
/// <param name="Advance">Distance to the next character's origin, font units.</param>
/// <param name="Path">Contours in font units, y upwards, origin on the baseline; empty for a space.</param>
public sealed record GlyphOutline(int Advance, VectorPath Path);
