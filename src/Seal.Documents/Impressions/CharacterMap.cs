namespace Seal.Documents.Impressions;

/// <summary>
/// The 'cmap' table: from Unicode code points to glyph numbers, formats 4 (segments of the basic plane) and
/// 12 (groups of the whole range). Numbers are looked up in place; nothing is allocated by what the file claims.
/// </summary>
internal sealed class CharacterMap
{
    private readonly ReadOnlyMemory<byte> _subtable;
    private readonly int _format;

    public CharacterMap(ReadOnlySpan<byte> cmap)
    {
        int count = TrueTypeFile.UInt16(cmap, 2), best = 0;
        long at = 0;
        for (var i = 0; i < count; i++)
        {
            var record = 4L + 8L * i;
            int platform = TrueTypeFile.UInt16(cmap, record), encoding = TrueTypeFile.UInt16(cmap, record + 2);
            long offset = TrueTypeFile.UInt32(cmap, record + 4);
            int kind = TrueTypeFile.UInt16(cmap, offset);
            var rank = Rank(platform, encoding, kind);
            if (rank > best)
            {
                (best, at, _format) = (rank, offset, kind);
            }
        }

        if (best == 0)
        {
            throw TrueTypeFile.Damaged("it has no Unicode character map of format 4 or 12");
        }

        _subtable = cmap[(int)at..].ToArray();
    }

    /// <summary>The glyph number, 0 when the font lacks the character.</summary>
    public int GlyphOf(int codePoint) => _format == 12 ? InGroups(codePoint) : InSegments(codePoint);

    // Platform 3 is Windows (1 basic plane, 10 full), platform 0 is Unicode (5 is variation sequences, another thing).
    private static int Rank(int platform, int encoding, int format) => (platform, encoding, format) switch
    {
        (3, 10, 12) or (0, not 5, 12) => 2,
        (3, 1, 4) or (0, not 5, 4) => 1,
        _ => 0,
    };

    private int InSegments(int codePoint)
    {
        if (codePoint > 0xFFFF)
        {
            return 0;
        }

        var span = _subtable.Span;
        int doubled = TrueTypeFile.UInt16(span, 6) & ~1, low = 0, high = doubled / 2;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (TrueTypeFile.UInt16(span, 14L + 2 * middle) < codePoint)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        if (low >= doubled / 2)
        {
            return 0;
        }

        long start = 16L + doubled + 2 * low, delta = start + doubled, range = delta + doubled;
        int first = TrueTypeFile.UInt16(span, start);
        if (codePoint < first)
        {
            return 0;
        }

        int rangeOffset = TrueTypeFile.UInt16(span, range);
        if (rangeOffset == 0)
        {
            return (codePoint + TrueTypeFile.UInt16(span, delta)) & 0xFFFF;
        }
        // The offset counts from its own place into the array behind it.
        int glyph = TrueTypeFile.UInt16(span, range + rangeOffset + 2L * (codePoint - first));
        return glyph == 0 ? 0 : (glyph + TrueTypeFile.UInt16(span, delta)) & 0xFFFF;
    }

    private int InGroups(int codePoint)
    {
        var span = _subtable.Span;
        long low = 0, high = Math.Min(TrueTypeFile.UInt32(span, 12), span.Length / 12);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var group = 16 + 12 * middle;
            if (TrueTypeFile.UInt32(span, group + 4) < codePoint)
            {
                low = middle + 1;
            }
            else if (TrueTypeFile.UInt32(span, group) > codePoint)
            {
                high = middle;
            }
            else
            {
                return (int)Math.Min(TrueTypeFile.UInt32(span, group + 8) + (codePoint - (long)TrueTypeFile.UInt32(span, group)), int.MaxValue);
            }
        }

        return 0;
    }
}
