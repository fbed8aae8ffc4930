namespace Seal.Documents.Impressions;

/// <summary>
/// The 'glyf' and 'loca' tables: simple and composite outlines as contours of lines and quadratic curves.
/// Points, parts and nesting are bounded, so a damaged or hostile font ends in an error, not in work without end.
/// </summary>
internal sealed class GlyphTable(TrueTypeFile file, int glyphCount, bool longOffsets)
{
    private const int MaximumPoints = 16_384;
    private const int MaximumParts = 64;
    private const int MaximumDepth = 6;

    public VectorPath Outline(int glyph)
    {
        var path = new VectorPath();
        var budget = new Budget();
        Draw(glyph, Affine.Identity, path, budget, depth: 0);
        return path;
    }

    private void Draw(int glyph, Affine map, VectorPath path, Budget budget, int depth)
    {
        if (depth > MaximumDepth)
        {
            throw TrueTypeFile.Damaged($"glyph {glyph} is nested too deeply");
        }

        if (--budget.Parts < 0)
        {
            throw TrueTypeFile.Damaged($"glyph {glyph} has too many parts");
        }

        var data = DataOf(glyph);
        if (data.IsEmpty)
        {
            return;
        }

        int contours = TrueTypeFile.Int16(data, 0);
        if (contours >= 0)
        {
            DrawSimple(data, contours, map, path, budget);
        }
        else
        {
            DrawComposite(data, map, path, budget, depth);
        }
    }

    private ReadOnlySpan<byte> DataOf(int glyph)
    {
        if (glyph < 0 || glyph >= glyphCount)
        {
            throw TrueTypeFile.Damaged($"it has no glyph numbered {glyph}");
        }

        var loca = file.Table("loca");
        long from, to;
        if (longOffsets)
        {
            (from, to) = (TrueTypeFile.UInt32(loca, 4L * glyph), TrueTypeFile.UInt32(loca, 4L * glyph + 4));
        }
        else
        {
            (from, to) = (2L * TrueTypeFile.UInt16(loca, 2L * glyph), 2L * TrueTypeFile.UInt16(loca, 2L * glyph + 2));
        }

        return TrueTypeFile.Slice(file.Table("glyf"), from, to - from);
    }

    private static void DrawSimple(ReadOnlySpan<byte> data, int contours, Affine map, VectorPath path, Budget budget)
    {
        if (contours == 0)
        {
            return;
        }

        var count = TrueTypeFile.UInt16(data, 10 + 2L * (contours - 1)) + 1;
        if ((budget.Points -= count) < 0)
        {
            throw TrueTypeFile.Damaged("an outline has too many points");
        }

        var at = 10 + 2L * contours;
        at += 2 + TrueTypeFile.UInt16(data, at);
        var points = SimplePoints.Read(data, at, count);
        var first = 0;
        for (var i = 0; i < contours; i++)
        {
            int last = TrueTypeFile.UInt16(data, 10 + 2L * i);
            if (last < first || last >= count)
            {
                throw TrueTypeFile.Damaged("the contours of an outline overlap");
            }

            Contour.Append(points.AsSpan(first..(last + 1)), map, path);
            first = last + 1;
        }
    }

    private void DrawComposite(ReadOnlySpan<byte> data, Affine map, VectorPath path, Budget budget, int depth)
    {
        const int wordArguments = 0x1, offsets = 0x2, oneScale = 0x8, more = 0x20, twoScales = 0x40, matrix = 0x80;
        long at = 10;
        int flags;
        do
        {
            flags = TrueTypeFile.UInt16(data, at);
            int part = TrueTypeFile.UInt16(data, at + 2);
            at += 4;
            double dx, dy;
            if ((flags & wordArguments) != 0)
            {
                (dx, dy, at) = (TrueTypeFile.Int16(data, at), TrueTypeFile.Int16(data, at + 2), at + 4);
            }
            else
            {
                (dx, dy, at) = ((sbyte)TrueTypeFile.Slice(data, at, 2)[0], (sbyte)TrueTypeFile.Slice(data, at, 2)[1], at + 2);
            }
            // Parts placed by matching points instead of offsets do not occur in fonts made for text without hinting.
            if ((flags & offsets) == 0)
            {
                throw TrueTypeFile.Damaged("a composite glyph is placed by point numbers, which is not read");
            }

            double a = 1, b = 0, c = 0, d = 1;
            if ((flags & oneScale) != 0)
            {
                (a, d, at) = (Fraction(data, at), Fraction(data, at), at + 2);
            }
            else if ((flags & twoScales) != 0)
            {
                (a, d, at) = (Fraction(data, at), Fraction(data, at + 2), at + 4);
            }
            else if ((flags & matrix) != 0)
            {
                (a, b, c, d, at) = (Fraction(data, at), Fraction(data, at + 2), Fraction(data, at + 4), Fraction(data, at + 6), at + 8);
            }

            Draw(part, new Affine(a, b, c, d, dx, dy).Then(map), path, budget, depth + 1);
        }
        while ((flags & more) != 0);
    }

    // F2Dot14: 1.0 is 16384.
    private static double Fraction(ReadOnlySpan<byte> data, long at) => TrueTypeFile.Int16(data, at) / 16384.0;

    private sealed class Budget
    {
        public int Points { get; set; } = MaximumPoints;

        public int Parts { get; set; } = MaximumParts;
    }
}
