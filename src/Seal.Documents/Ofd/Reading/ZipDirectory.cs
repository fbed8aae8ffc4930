using System.Buffers.Binary;

namespace Seal.Documents.Ofd;

/// <summary>Reads the central directory of a zip package; nothing is believed that only a local header says.</summary>
internal static class ZipDirectory
{
    public const int EndLength = 22;

    /// <summary>Length in bytes of a record without name, extra fields and comment.</summary>
    public const int RecordLength = 46;

    private const int LongestComment = ushort.MaxValue;
    private const uint EndSignature = 0x06054b50;
    private const uint RecordSignature = 0x02014b50;

    /// <param name="Start">Offset of the central directory.</param>
    /// <param name="End">Offset of its end record.</param>
    /// <param name="Entries">The entries in order.</param>
    /// <param name="Comment">The package's comment.</param>
    /// <param name="Trailing">Bytes behind the end record and its comment.</param>
    internal sealed record Contents(long Start, long End, IReadOnlyList<ZipEntry> Entries, ReadOnlyMemory<byte> Comment, long Trailing);

    /// <exception cref="OfdFormatException">There is no directory, or not one that can be read.</exception>
    public static Contents Read(ZipBytes bytes, OfdLimits limits)
    {
        var (endOffset, tail) = FindEnd(bytes);
        var end = tail.AsSpan();
        var count = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
        long size = BinaryPrimitives.ReadUInt32LittleEndian(end[12..]);
        long start = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
        int commentLength = BinaryPrimitives.ReadUInt16LittleEndian(end[20..]);
        if (endOffset + EndLength + commentLength > bytes.Length)
        {
            throw new OfdFormatException(OfdProblem.Truncated, "the comment of the package is cut off");
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(end[4..]) != 0 || BinaryPrimitives.ReadUInt16LittleEndian(end[8..]) != count)
        {
            throw OfdFormatException.Damaged("the package is split over several volumes");
        }

        if (count == ushort.MaxValue || start == uint.MaxValue || size == uint.MaxValue)
        {
            throw new OfdFormatException(OfdProblem.TooLarge, "the package is in the zip64 form, for more than 65,534 entries or 4 GB", nameof(OfdLimits.MaxFileBytes));
        }

        if (count > limits.MaxEntries)
        {
            throw new OfdFormatException(OfdProblem.TooManyEntries, $"{count} entries", nameof(OfdLimits.MaxEntries));
        }

        if (start + size != endOffset)
        {
            throw OfdFormatException.Damaged($"the central directory is said to be at {start}, {size} bytes long, but its end stands at {endOffset}");
        }

        var entries = ReadRecords(bytes.Read(start, (int)Math.Min(size, int.MaxValue)), count);
        var comment = tail.AsMemory(EndLength, commentLength);
        return new Contents(start, endOffset, entries, comment, bytes.Length - endOffset - EndLength - commentLength);
    }

    /// <summary>
    /// The end record is the one whose comment reaches the end of the file; only if there is none, the last one there is,
    /// so that what was appended can be named.
    /// </summary>
    private static (long Offset, byte[] Tail) FindEnd(ZipBytes bytes)
    {
        var length = (int)Math.Min(bytes.Length, EndLength + LongestComment);
        var start = bytes.Length - length;
        var tail = bytes.Read(start, length);
        var last = -1;
        for (var i = length - EndLength; i >= 0; i--)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(i)) != EndSignature)
            {
                continue;
            }

            last = last < 0 ? i : last;
            if (i + EndLength + BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(i + 20)) == length)
            {
                return (start + i, tail[i..]);
            }
        }

        return last >= 0 ? (start + last, tail[last..]) : throw new OfdFormatException(OfdProblem.Truncated, "no end of a central directory");
    }

    private static List<ZipEntry> ReadRecords(byte[] directory, int count)
    {
        List<ZipEntry> entries = new(count);
        var at = 0;
        for (var i = 0; i < count; i++)
        {
            if (directory.Length - at < RecordLength || BinaryPrimitives.ReadUInt32LittleEndian(directory.AsSpan(at)) != RecordSignature)
            {
                throw OfdFormatException.Damaged($"record {i} of the central directory is none");
            }

            var record = directory.AsSpan(at);
            int name = BinaryPrimitives.ReadUInt16LittleEndian(record[28..]);
            int extra = BinaryPrimitives.ReadUInt16LittleEndian(record[30..]);
            int comment = BinaryPrimitives.ReadUInt16LittleEndian(record[32..]);
            var length = RecordLength + name + extra + comment;
            if (length > directory.Length - at)
            {
                throw OfdFormatException.Damaged($"record {i} of the central directory is cut off");
            }

            entries.Add(ReadRecord(directory.AsMemory(at, length), name, extra));
            at += length;
        }

        return at == directory.Length ? entries : throw OfdFormatException.Damaged("the central directory holds more than its entries");
    }

    private static ZipEntry ReadRecord(ReadOnlyMemory<byte> record, int nameLength, int extraLength)
    {
        var span = record.Span;
        var rawName = record.Slice(RecordLength, nameLength);
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(span[8..]);
        ZipEntry entry = new()
        {
            Record = record,
            RawName = rawName,
            Extra = record.Slice(RecordLength + nameLength, extraLength),
            Name = PackageNames.Decode(rawName.Span),
            VersionMadeBy = BinaryPrimitives.ReadUInt16LittleEndian(span[4..]),
            Flags = flags,
            Method = BinaryPrimitives.ReadUInt16LittleEndian(span[10..]),
            Crc = BinaryPrimitives.ReadUInt32LittleEndian(span[16..]),
            CompressedSize = BinaryPrimitives.ReadUInt32LittleEndian(span[20..]),
            Size = BinaryPrimitives.ReadUInt32LittleEndian(span[24..]),
            ExternalAttributes = BinaryPrimitives.ReadUInt32LittleEndian(span[38..]),
            LocalOffset = BinaryPrimitives.ReadUInt32LittleEndian(span[42..]),
        };
        if (BinaryPrimitives.ReadUInt16LittleEndian(span[34..]) != 0)
        {
            throw OfdFormatException.Damaged($"{entry.Name} is said to begin on another volume");
        }

        return entry.CompressedSize == uint.MaxValue || entry.Size == uint.MaxValue || entry.LocalOffset == uint.MaxValue
            ? throw new OfdFormatException(OfdProblem.TooLarge, $"{entry.Name} is in the zip64 form", nameof(OfdLimits.MaxEntryBytes))
            : entry;
    }
}
