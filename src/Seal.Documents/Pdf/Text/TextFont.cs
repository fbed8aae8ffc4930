using System.Text;

namespace Seal.Documents.Pdf;

/// <summary>A character as a font shows it.</summary>
/// <param name="Text">What it means; null when the font does not tell.</param>
/// <param name="Advance">How far the next one is, in thousandths of the font size.</param>
/// <param name="IsSpace">It is the single-byte code 32, which word spacing widens (ISO 32000-1 §9.3.3).</param>
internal readonly record struct ShownCharacter(string? Text, double Advance, bool IsSpace);

/// <summary>As much of a font as is needed to find text: what its codes mean and how wide they are.</summary>
internal sealed class TextFont
{
    private const double WidthOfNothingKnown = 500;
    private const double FullWidth = 1000;

    private readonly CharacterCodes? _toUnicode;
    private readonly bool _isComposite;
    private readonly Encoding? _encoding;
    private readonly int _widestCode;
    private readonly Dictionary<uint, double> _widths = [];
    private readonly Dictionary<uint, string> _named;
    private readonly double _otherWidth;

    private TextFont(PdfView view, PdfDictionary font)
    {
        _toUnicode = view.Resolve(font["ToUnicode"]) is PdfStream map ? CharacterCodes.Read(view, map) : null;
        _isComposite = view.Name(font["Subtype"]) == "Type0";
        var encoding = view.Name(font["Encoding"]) ?? view.Name(view.Dictionary(font["Encoding"])?[_isComposite ? "CMapName" : "BaseEncoding"]) ?? "";
        (_encoding, _widestCode) = _isComposite ? FontEncodings.Composite(encoding) : (FontEncodings.Simple(encoding), 1);
        IsVertical = _isComposite && encoding.EndsWith("-V", StringComparison.Ordinal);
        _named = _isComposite ? [] : FontEncodings.Differences(view, view.Dictionary(font["Encoding"])?["Differences"]);
        _otherWidth = _isComposite ? ReadCompositeWidths(view, font) : ReadSimpleWidths(view, font);
    }

    /// <summary>Text runs downward.</summary>
    public bool IsVertical { get; }

    public static TextFont Read(PdfView view, PdfDictionary font) => new(view, font);

    /// <summary>Takes a string apart.</summary>
    public IEnumerable<ShownCharacter> Decode(byte[] shown)
    {
        for (var at = 0; at < shown.Length;)
        {
            var length = Math.Min(_isComposite ? LengthAt(shown, at) : 1, shown.Length - at);
            uint code = 0;
            for (var i = 0; i < length; i++)
            {
                code = (code << 8) | shown[at + i];
            }

            yield return new ShownCharacter(Meaning(code, shown.AsSpan(at, length)), Advance(code, length), length == 1 && code == ' ');
            at += length;
        }
    }

    private string? Meaning(uint code, ReadOnlySpan<byte> bytes) =>
        _toUnicode?.Find(code) ?? _named.GetValueOrDefault(code) ?? _encoding?.GetString(bytes);

    private double Advance(uint code, int length) => IsVertical ? FullWidth
        : _widths.TryGetValue(code, out var width) ? width
        // Predefined encodings number their characters differently; what is written with one byte is half as wide.
        : _isComposite && length == 1 ? FullWidth / 2
        : _otherWidth;

    private int LengthAt(byte[] shown, int at)
    {
        if (_toUnicode is { CodeSpaces: { Count: > 0 } spaces } && _encoding is null)
        {
            uint code = 0;
            for (var length = 1; length <= 4 && at + length <= shown.Length; length++)
            {
                code = (code << 8) | shown[at + length - 1];
                if (spaces.Any(space => space.Length == length && code >= space.From && code <= space.To))
                {
                    return length;
                }
            }

            return 2;
        }

        return _widestCode switch
        {
            // The multi-byte codes of mainland, Taiwan, Japan and Korea: a lead byte above ASCII, GB 18030's four with a digit second.
            FontEncodings.Mixed when shown[at] < 0x81 => 1,
            FontEncodings.Mixed => at + 1 < shown.Length && shown[at + 1] is >= (byte)'0' and <= (byte)'9' ? 4 : 2,
            var fixedLength => fixedLength,
        };
    }

    private double ReadSimpleWidths(PdfView view, PdfDictionary font)
    {
        var first = view.Integer(font["FirstChar"]) ?? 0;
        foreach (var width in view.Array(font["Widths"])?.Items ?? [])
        {
            if (first is >= 0 and < 256 && view.Number(width) is { } known)
            {
                _widths[(uint)first] = known;
            }

            first++;
        }

        return view.Number(view.Dictionary(font["FontDescriptor"])?["MissingWidth"]) is { } missing and > 0 ? missing : WidthOfNothingKnown;
    }

    /// <summary>The /W array of a CIDFont (§9.7.4.3), where codes are its numbers.</summary>
    private double ReadCompositeWidths(PdfView view, PdfDictionary font)
    {
        var descendant = view.Array(font["DescendantFonts"])?.Items is [var only, ..] ? view.Dictionary(only) : null;
        var items = _encoding is null ? view.Array(descendant?["W"])?.Items ?? [] : [];
        for (var at = 0; at + 1 < items.Count;)
        {
            var first = (uint)Math.Clamp(view.Integer(items[at]) ?? 0, 0, 0xFFFF);
            if (view.Array(items[at + 1]) is { } each)
            {
                foreach (var width in each.Items)
                {
                    _widths[first++] = view.Number(width) ?? FullWidth;
                }

                at += 2;
                continue;
            }

            var last = (uint)Math.Clamp(view.Integer(items[at + 1]) ?? 0, 0, 0xFFFF);
            var same = at + 2 < items.Count ? view.Number(items[at + 2]) ?? FullWidth : FullWidth;
            view.File.Budget.SpendTime(last > first ? last - first : 1);
            for (var code = first; code <= last; code++)
            {
                _widths[code] = same;
            }

            at += 3;
        }

        return view.Number(descendant?["DW"]) ?? FullWidth;
    }
}
