namespace Seal.Documents.Impressions;

/// <summary>A point of a simple glyph: on the curve, or the control point of a quadratic curve.</summary>
internal readonly record struct OutlinePoint(Point Place, bool OnCurve);

/// <summary>The packed points of a simple glyph (OpenType 'glyf': flags with repeats, then x, then y as differences).</summary>
internal static class SimplePoints
{
    private const int OnCurve = 0x1, ShortX = 0x2, ShortY = 0x4, Repeat = 0x8, SameOrPositiveX = 0x10, SameOrPositiveY = 0x20;

    public static OutlinePoint[] Read(ReadOnlySpan<byte> data, long at, int count)
    {
        var flags = new byte[count];
        for (var i = 0; i < count; i++)
        {
            flags[i] = TrueTypeFile.Slice(data, at++, 1)[0];
            if ((flags[i] & Repeat) == 0)
            {
                continue;
            }

            int repeats = TrueTypeFile.Slice(data, at++, 1)[0];
            if (repeats >= count - i)
            {
                throw TrueTypeFile.Damaged("an outline repeats flags beyond its points");
            }

            flags.AsSpan(i + 1, repeats).Fill(flags[i]);
            i += repeats;
        }

        var xs = Coordinates(data, ref at, flags, ShortX, SameOrPositiveX);
        var ys = Coordinates(data, ref at, flags, ShortY, SameOrPositiveY);
        var points = new OutlinePoint[count];
        for (var i = 0; i < count; i++)
        {
            points[i] = new(new Point(xs[i], ys[i]), (flags[i] & OnCurve) != 0);
        }

        return points;
    }

    private static int[] Coordinates(ReadOnlySpan<byte> data, ref long at, byte[] flags, int isShort, int sameOrPositive)
    {
        var values = new int[flags.Length];
        var value = 0;
        for (var i = 0; i < flags.Length; i++)
        {
            if ((flags[i] & isShort) != 0)
            {
                int step = TrueTypeFile.Slice(data, at++, 1)[0];
                value += (flags[i] & sameOrPositive) != 0 ? step : -step;
            }
            else if ((flags[i] & sameOrPositive) == 0)
            {
                value += TrueTypeFile.Int16(data, at);
                at += 2;
            }

            values[i] = value;
        }

        return values;
    }
}
