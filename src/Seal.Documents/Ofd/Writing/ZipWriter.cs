using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Seal.Documents.Ofd;

/// <summary>
/// Writes a zip package from front to back: entries taken over bit for bit from another, and new ones. The same input gives
/// the same bytes: the time of every new entry is the first that the format knows (1980-01-01).
/// </summary>
internal sealed class ZipWriter(Stream destination)
{
    private const int LocalLength = 30;
    private const int RecordLength = 46;
    private const int VersionNeeded = 20; // deflate and folders (APPNOTE 4.4.3.2)
    private const int Utf8Flag = 0x800;
    private const int FirstDate = (1 << 5) | 1;
    private const int CopyBuffer = 128 * 1024;

    /// <summary>Bytes from which on it pays to compress: below, setting up the tables costs more than the few bytes are worth.</summary>
    private const int WorthPacking = 4096;

    private readonly List<byte[]> _directory = [];
    private long _at;

    /// <summary>Takes an entry over as it stands, compressed data and headers; only its place changes.</summary>
    public async Task CopyAsync(OfdPackage from, ZipEntry entry, CancellationToken cancellation)
    {
        var record = entry.Record.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(42), Offset());
        _directory.Add(record);
        await using var raw = from.Raw(entry);
        await raw.CopyToAsync(destination, CopyBuffer, cancellation);
        _at += raw.Length;
    }

    /// <summary>Adds a file; stored as it is where compression gains nothing, as with seals and signatures, which are pictures and keys.</summary>
    public async Task AddAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        var rawName = Encoding.UTF8.GetBytes(name);
        var packed = content.Length >= WorthPacking && name.EndsWith(".xml", StringComparison.Ordinal) ? Deflate(content.Span) : content;
        var isPacked = packed.Length < content.Length;
        var data = isPacked ? packed : content;
        var header = new byte[LocalLength + rawName.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0x04034b50);
        WriteShared(header.AsSpan(4), rawName, isPacked, content.Span, data.Length);
        rawName.CopyTo(header, LocalLength);

        var record = new byte[RecordLength + rawName.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(record, 0x02014b50);
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(4), VersionNeeded);
        WriteShared(record.AsSpan(6), rawName, isPacked, content.Span, data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(42), Offset());
        rawName.CopyTo(record, RecordLength);
        _directory.Add(record);

        await destination.WriteAsync(header, cancellation);
        await destination.WriteAsync(data, cancellation);
        _at += header.Length + data.Length;
    }

    /// <summary>Writes the central directory; nothing may be added afterwards.</summary>
    public async Task FinishAsync(CancellationToken cancellation)
    {
        var end = new byte[ZipDirectory.EndLength];
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06054b50);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(8), checked((ushort)_directory.Count));
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), checked((ushort)_directory.Count));
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(12), (uint)_directory.Sum(static record => (long)record.Length));
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(16), Offset());
        foreach (var record in _directory)
        {
            await destination.WriteAsync(record, cancellation);
        }

        await destination.WriteAsync(end, cancellation);
    }

    private uint Offset() => _at <= int.MaxValue
        ? (uint)_at
        : throw new OfdFormatException(OfdProblem.TooLarge, "the package would become longer than 2 GB", nameof(OfdLimits.MaxFileBytes));

    /// <summary>The fields that local header and central record have in common, in the same order.</summary>
    private static void WriteShared(Span<byte> to, byte[] name, bool isPacked, ReadOnlySpan<byte> content, int packedLength)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(to, VersionNeeded);
        BinaryPrimitives.WriteUInt16LittleEndian(to[2..], (ushort)(name.All(static b => b < 0x80) ? 0 : Utf8Flag));
        BinaryPrimitives.WriteUInt16LittleEndian(to[4..], (ushort)(isPacked ? ZipEntry.Deflated : ZipEntry.Stored));
        BinaryPrimitives.WriteUInt16LittleEndian(to[8..], FirstDate);
        BinaryPrimitives.WriteUInt32LittleEndian(to[10..], Crc32.Append(0, content));
        BinaryPrimitives.WriteUInt32LittleEndian(to[14..], (uint)packedLength);
        BinaryPrimitives.WriteUInt32LittleEndian(to[18..], (uint)content.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(to[22..], (ushort)name.Length);
    }

    private static byte[] Deflate(ReadOnlySpan<byte> content)
    {
        using MemoryStream packed = new();
        using (DeflateStream deflate = new(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(content);
        }

        return packed.ToArray();
    }
}
