using System.Globalization;
using System.Text;

namespace Seal.Documents.Pdf;

/// <summary>Encodings of fonts that carry no ToUnicode map (ISO 32000-1 annex D, §9.7.5.2).</summary>
internal static class FontEncodings
{
    /// <summary>Instead of a length: codes of one, two or four bytes.</summary>
    public const int Mixed = 0;

    private const int Windows1252 = 1252;
    private const int MacRoman = 10000;

    /// <summary>The names of glyphs that are no letter by themselves (Adobe Glyph List, what occurs in running text).</summary>
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["space"] = " ",
        ["exclam"] = "!",
        ["quotedbl"] = "\"",
        ["numbersign"] = "#",
        ["dollar"] = "$",
        ["percent"] = "%",
        ["ampersand"] = "&",
        ["quotesingle"] = "'",
        ["quoteright"] = "’",
        ["quoteleft"] = "‘",
        ["parenleft"] = "(",
        ["parenright"] = ")",
        ["asterisk"] = "*",
        ["plus"] = "+",
        ["comma"] = ",",
        ["hyphen"] = "-",
        ["period"] = ".",
        ["slash"] = "/",
        ["zero"] = "0",
        ["one"] = "1",
        ["two"] = "2",
        ["three"] = "3",
        ["four"] = "4",
        ["five"] = "5",
        ["six"] = "6",
        ["seven"] = "7",
        ["eight"] = "8",
        ["nine"] = "9",
        ["colon"] = ":",
        ["semicolon"] = ";",
        ["less"] = "<",
        ["equal"] = "=",
        ["greater"] = ">",
        ["question"] = "?",
        ["at"] = "@",
        ["bracketleft"] = "[",
        ["backslash"] = "\\",
        ["bracketright"] = "]",
        ["underscore"] = "_",
        ["braceleft"] = "{",
        ["bar"] = "|",
        ["braceright"] = "}",
        ["endash"] = "–",
        ["emdash"] = "—",
        ["bullet"] = "•",
        ["quotedblleft"] = "“",
        ["quotedblright"] = "”",
        ["fi"] = "fi",
        ["fl"] = "fl",
    };

    static FontEncodings() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The encoding of a font with single-byte codes.</summary>
    public static Encoding Simple(string name) => Encoding.GetEncoding(name == "MacRomanEncoding" ? MacRoman : Windows1252);

    /// <summary>What a composite font's predefined encoding is, with the length of its codes; no encoding where codes are glyphs.</summary>
    public static (Encoding? Encoding, int Length) Composite(string name) => name.Split('-') switch
    {
        [var set, ..] when set.StartsWith("Uni", StringComparison.Ordinal) && !name.Contains("UTF8", StringComparison.Ordinal) && !name.Contains("UTF32", StringComparison.Ordinal)
            => (Encoding.BigEndianUnicode, 2),
        ["GB" or "GBpc" or "GBK" or "GBKp" or "GBK2K", ..] => (Encoding.GetEncoding("GB18030"), Mixed),
        ["B5pc" or "HKscs" or "ETen" or "ETenms", ..] => (Encoding.GetEncoding(950), Mixed),
        ["83pv" or "90ms" or "90msp" or "90pv", "RKSJ", ..] => (Encoding.GetEncoding(932), Mixed),
        ["KSC" or "KSCms" or "KSCpc", ..] => (Encoding.GetEncoding(949), Mixed),
        _ => (null, 2),
    };

    /// <summary>The characters that an encoding's /Differences name.</summary>
    public static Dictionary<uint, string> Differences(PdfView view, PdfObject? differences)
    {
        Dictionary<uint, string> named = [];
        uint code = 0;
        foreach (var item in view.Array(differences)?.Items ?? [])
        {
            switch (view.Resolve(item))
            {
                case PdfInteger { Value: >= 0 and < 256 } next:
                    code = (uint)next.Value;
                    break;
                case PdfName glyph:
                    if (Meaning(glyph.Value) is { } text)
                    {
                        named[code] = text;
                    }

                    code++;
                    break;
                default:
                    break;
            }
        }

        return named;
    }

    private static string? Meaning(string glyph) =>
        Names.GetValueOrDefault(glyph)
        ?? (glyph.Length == 1 ? glyph : null)
        ?? (glyph.StartsWith("uni", StringComparison.Ordinal) ? Hexadecimal(glyph[3..]) : null)
        ?? (glyph.StartsWith('u') ? Hexadecimal(glyph[1..]) : null);

    private static string? Hexadecimal(string digits) =>
        digits.Length is >= 4 and <= 6 && int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && Rune.IsValid(code)
            ? new Rune(code).ToString()
            : null;
}
