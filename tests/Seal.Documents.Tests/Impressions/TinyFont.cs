using System.Buffers.Binary;

namespace Seal.Documents.Tests.Impressions;

/// <summary>
/// A hand-made TrueType font of three glyphs: none, a triangle with one curve ('A', and U+20000 by format 12),
/// and a composite ('B') of two triangles, the second at half size and moved by (500, 100).
/// </summary>
internal static class TinyFont
{
    public const int TriangleAdvance = 600;

    public static byte[] Build(bool format12 = false, int compositePart = 1)
    {
        byte[] triangle =
        [
            .. I16(1), .. I16(0), .. I16(0), .. I16(400), .. I16(400), // one contour and its box
            .. I16(3), .. I16(0), // last point, no instructions
            0x01, 0x01, 0x00, 0x01, // on, on, off, on
            .. I16(0), .. I16(400), .. I16(0), .. I16(-200), // x steps
            .. I16(0), .. I16(0), .. I16(400), .. I16(0), // y steps
        ];
        byte[] composite =
        [
            .. I16(-1), .. I16(0), .. I16(0), .. I16(700), .. I16(400),
            .. I16(0x0023), .. I16(compositePart), .. I16(0), .. I16(0),
            .. I16(0x000B), .. I16(compositePart), .. I16(500), .. I16(100), .. I16(0x2000),
        ];
        byte[] head = new byte[54], maxp = new byte[6], hhea = new byte[36];
        Put16(head, 18, 1000);
        Put16(head, 50, 1);
        Put16(maxp, 4, 3);
        Put16(hhea, 4, 800);
        Put16(hhea, 6, -200);
        Put16(hhea, 34, 2);
        return Assemble(
            ("head", head),
            ("maxp", maxp),
            ("hhea", hhea),
            ("hmtx", [.. I16(500), .. I16(0), .. I16(TriangleAdvance), .. I16(0), .. I16(0)]),
            ("cmap", format12 ? Format12() : Format4()),
            ("loca", [.. I32(0), .. I32(0), .. I32(triangle.Length), .. I32(triangle.Length + composite.Length)]),
            ("glyf", [.. triangle, .. composite]));
    }

    /// <summary>The same font as the second face of a collection.</summary>
    public static byte[] BuildCollection()
    {
        var font = Build();
        const int shift = 20;
        var tables = BinaryPrimitives.ReadUInt16BigEndian(font.AsSpan(4));
        for (var i = 0; i < tables; i++)
        {
            var at = font.AsSpan(12 + 16 * i + 8);
            BinaryPrimitives.WriteInt32BigEndian(at, BinaryPrimitives.ReadInt32BigEndian(at) + shift);
        }

        return [.. "ttcf"u8, .. I32(0x00010000), .. I32(2), .. I32(shift), .. I32(shift), .. font];
    }

    private static byte[] Format4() =>
    [
        .. I16(0), .. I16(1), .. I16(3), .. I16(1), .. I32(12),
        .. I16(4), .. I16(32), .. I16(0), .. I16(4), .. I16(0), .. I16(0), .. I16(0),
        .. I16('B'), .. I16(-1), .. I16(0), // ends, pad
        .. I16('A'), .. I16(-1), // starts
        .. I16(1 - 'A'), .. I16(1), // deltas
        .. I16(0), .. I16(0), // offsets
    ];

    private static byte[] Format12() =>
    [
        .. I16(0), .. I16(1), .. I16(3), .. I16(10), .. I32(12),
        .. I16(12), .. I16(0), .. I32(40), .. I32(0), .. I32(2),
        .. I32('A'), .. I32('B'), .. I32(1),
        .. I32(0x20000), .. I32(0x20000), .. I32(1),
    ];

    private static byte[] Assemble(params (string Tag, byte[] Data)[] tables)
    {
        var directory = new List<byte>([.. I32(0x00010000), .. I16(tables.Length), .. new byte[6]]);
        var bodies = new List<byte>();
        foreach (var (tag, data) in tables)
        {
            directory.AddRange([.. System.Text.Encoding.ASCII.GetBytes(tag), .. I32(0), .. I32(12 + 16 * tables.Length + bodies.Count), .. I32(data.Length)]);
            bodies.AddRange(data);
        }

        return [.. directory, .. bodies];
    }

    private static byte[] I16(int value) => [(byte)(value >> 8), (byte)value];

    private static byte[] I32(int value) => [.. I16(value >> 16), .. I16(value)];

    private static void Put16(byte[] target, int at, int value) => I16(value).CopyTo(target, at);
}
