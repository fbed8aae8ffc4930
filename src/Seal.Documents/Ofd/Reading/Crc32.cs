using System.Buffers.Binary;

namespace Seal.Documents.Ofd;

/// <summary>
/// The checksum of zip entries (APPNOTE 4.4.7, the CRC-32 of IEEE 802.3). It finds accidents, not attacks. By carry-less
/// multiplication where the processor has it, else eight bytes at a time, a table for each: byte by byte it costs as much as SM3
/// over the same data.
/// </summary>
internal static class Crc32
{
    private const int Slices = 8;

    private static readonly uint[][] Tables = MakeTables();

    /// <summary>Continues a checksum; begin with 0.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> data)
    {
        crc = ~crc;
        if (Crc32Folding.IsSupported && data.Length >= Crc32Folding.Shortest)
        {
            Span<byte> folded = stackalloc byte[Crc32Folding.FoldedLength];
            data = Crc32Folding.Fold(crc, data, folded);
            crc = Step(0, folded);
        }

        return ~Step(crc, data);
    }

    /// <summary>Takes data into the register, which is not inverted here.</summary>
    private static uint Step(uint crc, ReadOnlySpan<byte> data)
    {
        var tables = Tables;
        for (; data.Length >= Slices; data = data[Slices..])
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(data) ^ crc;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
            crc = tables[7][(byte)low] ^ tables[6][(byte)(low >> 8)] ^ tables[5][(byte)(low >> 16)] ^ tables[4][low >> 24]
                ^ tables[3][(byte)high] ^ tables[2][(byte)(high >> 8)] ^ tables[1][(byte)(high >> 16)] ^ tables[0][high >> 24];
        }

        foreach (var value in data)
        {
            crc = tables[0][(byte)(crc ^ value)] ^ (crc >> 8);
        }

        return crc;
    }

    private static uint[][] MakeTables()
    {
        uint[][] tables = [.. Enumerable.Range(0, Slices).Select(static _ => new uint[256])];
        for (var i = 0u; i < 256; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 1) != 0 ? (value >> 1) ^ 0xEDB88320u : value >> 1;
            }

            tables[0][i] = value;
        }

        for (var slice = 1; slice < Slices; slice++)
        {
            for (var i = 0; i < 256; i++)
            {
                var shorter = tables[slice - 1][i];
                tables[slice][i] = (shorter >> 8) ^ tables[0][(byte)shorter];
            }
        }

        return tables;
    }
}
