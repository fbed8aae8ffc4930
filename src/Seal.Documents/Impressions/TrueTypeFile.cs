using System.Buffers.Binary;

namespace Seal.Documents.Impressions;

/// <summary>
/// The table directory of a TrueType file or of one face of a collection, and reads that cannot leave the file.
/// OpenType specification, "Organization of an OpenType Font". All numbers are big-endian.
/// </summary>
internal sealed class TrueTypeFile
{
    private const uint Version1 = 0x00010000;
    private const uint AppleTrue = 0x74727565;
    private const uint Collection = 0x74746366;

    // More than any real font has; a damaged count must not make us read on.
    private const int MaximumTables = 128;

    private readonly ReadOnlyMemory<byte> _file;
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _tables = new(StringComparer.Ordinal);

    public TrueTypeFile(ReadOnlyMemory<byte> file, int face)
    {
        _file = file;
        var start = 0;
        if (UInt32(file.Span, 0) == Collection)
        {
            var faces = UInt32(file.Span, 8);
            if (face < 0 || face >= faces)
            {
                throw Damaged($"the collection has {faces} faces, not one numbered {face}");
            }

            start = Offset(UInt32(file.Span, 12 + 4L * face));
        }
        else if (face != 0)
        {
            throw Damaged($"the file is a single face, not a collection with one numbered {face}");
        }

        ReadDirectory(start);
    }

    public ReadOnlySpan<byte> Table(string tag) =>
        _tables.TryGetValue(tag, out var table) ? table.Span : throw Damaged($"it has no '{tag}' table");

    public static ushort UInt16(ReadOnlySpan<byte> bytes, long at) => BinaryPrimitives.ReadUInt16BigEndian(Slice(bytes, at, 2));

    public static short Int16(ReadOnlySpan<byte> bytes, long at) => BinaryPrimitives.ReadInt16BigEndian(Slice(bytes, at, 2));

    public static uint UInt32(ReadOnlySpan<byte> bytes, long at) => BinaryPrimitives.ReadUInt32BigEndian(Slice(bytes, at, 4));

    public static ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> bytes, long at, long length) =>
        at >= 0 && length >= 0 && at <= bytes.Length - length
            ? bytes.Slice((int)at, (int)length)
            : throw Damaged($"a table asks for {length} bytes at {at}, beyond its {bytes.Length}");

    public static ImpressionException Damaged(string why) =>
        new(ImpressionProblem.FontDamaged, null, $"The font file is not usable TrueType: {why}.");

    private void ReadDirectory(int start)
    {
        var span = _file.Span;
        if (UInt32(span, start) is not (Version1 or AppleTrue))
        {
            throw Damaged("it does not begin as a TrueType font (CFF outlines are not read)");
        }

        int count = UInt16(span, start + 4L);
        if (count > MaximumTables)
        {
            throw Damaged($"it claims {count} tables");
        }

        for (var i = 0; i < count; i++)
        {
            var entry = start + 12L + 16L * i;
            var tag = System.Text.Encoding.Latin1.GetString(Slice(span, entry, 4));
            int offset = Offset(UInt32(span, entry + 8)), length = Offset(UInt32(span, entry + 12));
            _ = Slice(span, offset, length);
            _tables.TryAdd(tag, _file.Slice(offset, length));
        }
    }

    private static int Offset(uint value) => value <= int.MaxValue ? (int)value : throw Damaged("an offset is beyond 2 GB");
}
