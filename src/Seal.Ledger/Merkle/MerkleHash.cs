using System.Buffers;
using System.Security.Cryptography;

namespace Seal.Ledger.Merkle;

/// <summary>The two hashes of a Merkle tree under RFC 6962 section 2.1, with SHA-256.</summary>
public static class MerkleHash
{
    /// <summary>Length of every hash, in bytes.</summary>
    public const int Size = SHA256.HashSizeInBytes;

    private const int MostOnStack = 1024;

    /// <summary>Root of the tree without leaves: SHA-256 of nothing.</summary>
    public static ReadOnlyMemory<byte> EmptyRoot { get; } = SHA256.HashData([]);

    /// <summary>Hash of a leaf: SHA-256(0x00 || entry).</summary>
    /// <param name="entry">The entry's bytes.</param>
    /// <returns>32 bytes.</returns>
    public static byte[] Leaf(ReadOnlySpan<byte> entry)
    {
        // The prefixes 0x00 and 0x01 keep a leaf from passing for a node (second preimage).
        byte[]? rented = null;
        var text = entry.Length < MostOnStack ? stackalloc byte[MostOnStack] : rented = ArrayPool<byte>.Shared.Rent(entry.Length + 1);
        text[0] = 0x00;
        entry.CopyTo(text[1..]);
        var hash = ShortHash.Compute(text[..(entry.Length + 1)]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return hash;
    }

    /// <summary>Writes what comes before an entry, for one who then hashes both with a hash of its own: it costs less where there are many.</summary>
    internal static void BeginLeaf(IBufferWriter<byte> output) => output.Write("\0"u8);

    /// <summary>Hash of an inner node: SHA-256(0x01 || left || right).</summary>
    /// <param name="left">32 bytes.</param>
    /// <param name="right">32 bytes.</param>
    /// <returns>32 bytes.</returns>
    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> text = stackalloc byte[1 + (2 * Size)];
        text[0] = 0x01;
        left.CopyTo(text[1..]);
        right.CopyTo(text[(1 + Size)..]);
        return ShortHash.Compute(text);
    }

    /// <summary>Root over leaf hashes, computed from nothing else. Reads each leaf once, keeps one hash per level.</summary>
    /// <param name="leafHashes">Hashes of the leaves in order, 32 bytes each.</param>
    /// <returns>32 bytes.</returns>
    public static byte[] Root(IEnumerable<ReadOnlyMemory<byte>> leafHashes)
    {
        ArgumentNullException.ThrowIfNull(leafHashes);
        var range = new CompactRange();
        foreach (var leaf in leafHashes)
        {
            range.Append(leaf.Span);
        }

        return range.Root();
    }
}
