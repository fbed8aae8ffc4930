using System.Buffers.Binary;

namespace Seal.Documents.Ofd;

/// <summary>
/// Compares what the local headers say with the central directory, and finds bytes that belong to no entry: readers that
/// go through the file from its beginning would see another package there.
/// </summary>
internal static class ZipLayout
{
    private const int LocalLength = 30;
    private const uint LocalSignature = 0x04034b50;
    private const uint DescriptorSignature = 0x08074b50;
    private const int ScannedGap = 1 << 20;

    /// <summary>The entries with their places, and what is wrong about them.</summary>
    public static (IReadOnlyList<ZipEntry> Entries, IReadOnlyList<PackageDefect> Defects) Read(ZipBytes bytes, ZipDirectory.Contents directory)
    {
        List<PackageDefect> defects = [];
        ZipEntry[] entries = [.. directory.Entries.Select(entry => Place(bytes, directory, entry, defects))];
        if (directory.Trailing > 0)
        {
            defects.Add(new("package-data-outside", $"{directory.Trailing} bytes behind the package"));
        }

        if (directory.Comment.Span.IndexOf("PK"u8) >= 0)
        {
            defects.Add(new("package-data-outside", "the comment of the package holds another package"));
        }

        // Some readers look for a zip64 end before the end record, whatever stands there (APPNOTE 4.3.15), and so come to another package.
        foreach (var entry in entries.Where(static entry => HoldsHeader(entry.Record.Span[ZipDirectory.RecordLength..])))
        {
            defects.Add(new("package-data-outside", $"the record of {entry.Name} holds parts of another package"));
        }

        FindGaps(bytes, directory, entries, defects);
        return (entries, defects);
    }

    private static ZipEntry Place(ZipBytes bytes, ZipDirectory.Contents directory, ZipEntry entry, List<PackageDefect> defects)
    {
        if (entry.LocalOffset > directory.Start - LocalLength)
        {
            defects.Add(new("package-headers-differ", entry.Name));
            return entry;
        }

        var header = bytes.Read(entry.LocalOffset, LocalLength).AsSpan();
        int name = BinaryPrimitives.ReadUInt16LittleEndian(header[26..]);
        int extra = BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        var start = entry.LocalOffset + LocalLength + name + extra;
        var end = start + entry.CompressedSize;
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != LocalSignature || end > directory.Start)
        {
            defects.Add(new("package-headers-differ", entry.Name));
            return entry;
        }

        var localName = bytes.Read(entry.LocalOffset + LocalLength, name);
        var localExtra = bytes.Read(entry.LocalOffset + LocalLength + name, extra);
        if (!Agrees(header, entry) || !localName.AsSpan().SequenceEqual(entry.RawName.Span) || !PackageNames.SaysTheSameInUnicode(localExtra, entry.Name))
        {
            defects.Add(new("package-headers-differ", entry.Name));
        }

        if (!entry.HasDescriptor)
        {
            return entry with { DataStart = start, End = end };
        }

        if (DescriptorLength(bytes, end, directory.Start, entry) is not { } descriptor)
        {
            defects.Add(new("package-headers-differ", entry.Name));
            return entry with { DataStart = start, End = end };
        }

        return entry with { DataStart = start, End = end + descriptor };
    }

    /// <summary>With a data descriptor (flag bit 3) the sizes may be left out here; where they are given they agree.</summary>
    private static bool Agrees(ReadOnlySpan<byte> header, ZipEntry entry)
    {
        const int FlagsThatMatter = 0x2849; // encryption, data descriptor, UTF-8
        return (BinaryPrimitives.ReadUInt16LittleEndian(header[6..]) & FlagsThatMatter) == (entry.Flags & FlagsThatMatter)
            && BinaryPrimitives.ReadUInt16LittleEndian(header[8..]) == entry.Method
            && Fits(BinaryPrimitives.ReadUInt32LittleEndian(header[14..]), entry.Crc)
            && Fits(BinaryPrimitives.ReadUInt32LittleEndian(header[18..]), entry.CompressedSize)
            && Fits(BinaryPrimitives.ReadUInt32LittleEndian(header[22..]), entry.Size);

        bool Fits(uint local, long central) => local == central || (entry.HasDescriptor && local is 0 or uint.MaxValue);
    }

    /// <summary>
    /// Signature optional, sizes of 4 or (zip64 writers that did not know the length) 8 bytes (APPNOTE 4.3.9); null when it says
    /// something else than the directory, which readers that go through the file would believe.
    /// </summary>
    private static int? DescriptorLength(ZipBytes bytes, long at, long limit, ZipEntry entry)
    {
        var descriptor = bytes.Read(at, (int)Math.Min(24, limit - at)).AsSpan();
        var signed = descriptor.Length >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(descriptor) == DescriptorSignature;
        foreach (var signature in signed ? (int[])[4, 0] : [0])
        {
            var fields = descriptor[signature..];
            if (fields.Length < 12 || BinaryPrimitives.ReadUInt32LittleEndian(fields) != entry.Crc)
            {
                continue;
            }

            if (fields.Length >= 20
                && BinaryPrimitives.ReadInt64LittleEndian(fields[4..]) == entry.CompressedSize
                && BinaryPrimitives.ReadInt64LittleEndian(fields[12..]) == entry.Size)
            {
                return signature + 20;
            }

            if (BinaryPrimitives.ReadUInt32LittleEndian(fields[4..]) == entry.CompressedSize && BinaryPrimitives.ReadUInt32LittleEndian(fields[8..]) == entry.Size)
            {
                return signature + 12;
            }
        }

        return null;
    }

    private static void FindGaps(ZipBytes bytes, ZipDirectory.Contents directory, IEnumerable<ZipEntry> entries, List<PackageDefect> defects)
    {
        long at = 0;
        foreach (var entry in entries.Where(static entry => entry.DataStart >= 0).OrderBy(static entry => entry.LocalOffset))
        {
            if (entry.LocalOffset < at)
            {
                defects.Add(new("package-entries-overlap", entry.Name));
            }

            Check(at, entry.LocalOffset);
            at = Math.Max(at, entry.End);
        }

        Check(at, directory.Start);

        void Check(long from, long to)
        {
            // A few bytes between entries are padding of some writers; a header among them, or anything in front, is not.
            if (to > from && (from == 0 || to - from > ScannedGap || HoldsHeader(bytes.Read(from, (int)(to - from)))))
            {
                defects.Add(new("package-data-outside", $"{to - from} bytes at {from} belong to no entry"));
            }
        }
    }

    /// <summary>Whether anything begins here as parts of a package do: files, records, ends of either form.</summary>
    private static bool HoldsHeader(ReadOnlySpan<byte> data)
    {
        for (int at; (at = data.IndexOf("PK"u8)) >= 0; data = data[(at + 2)..])
        {
            if (data[(at + 2)..] is [1, 2, ..] or [3, 4, ..] or [5, 6, ..] or [6, 6 or 7, ..])
            {
                return true;
            }
        }

        return false;
    }
}
