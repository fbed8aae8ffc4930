using System.Buffers.Binary;

namespace Seal.Ledger.Tiles;

/// <summary>An entry bundle of C2SP tlog-tiles: entries one after another, each behind its length in 16 bits, big-endian.</summary>
public static class EntryBundle
{
    /// <summary>Writes a bundle.</summary>
    /// <param name="entries">The entries, each at most 65,535 bytes.</param>
    /// <returns>The bundle.</returns>
    /// <exception cref="OverflowException">An entry is too long.</exception>
    public static byte[] Encode(IReadOnlyCollection<byte[]> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var bundle = new byte[entries.Sum(entry => sizeof(ushort) + entry.Length)];
        var rest = bundle.AsSpan();
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rest, checked((ushort)entry.Length));
            entry.CopyTo(rest[sizeof(ushort)..]);
            rest = rest[(sizeof(ushort) + entry.Length)..];
        }

        return bundle;
    }

    /// <summary>Takes a bundle apart.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <returns>The entries; they are parts of <paramref name="bundle"/>, not copies.</returns>
    /// <exception cref="FormatException">The bundle breaks off within an entry.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> bundle)
    {
        var entries = new List<ReadOnlyMemory<byte>>();
        while (bundle.Length > 0)
        {
            var end = bundle.Length < sizeof(ushort) ? int.MaxValue : sizeof(ushort) + BinaryPrimitives.ReadUInt16BigEndian(bundle.Span);
            if (end > bundle.Length)
            {
                throw new FormatException("An entry bundle breaks off within an entry.");
            }

            entries.Add(bundle[sizeof(ushort)..end]);
            bundle = bundle[end..];
        }

        return entries;
    }
}
