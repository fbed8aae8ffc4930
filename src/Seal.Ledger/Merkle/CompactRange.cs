using System.Numerics;

namespace Seal.Ledger.Merkle;

/// <summary>
/// The roots of the perfect subtrees that make up a tree of some size, largest first: all one needs to append to a
/// Merkle tree and to know its root. A tree of n leaves has as many as n has one-bits.
/// </summary>
public sealed class CompactRange
{
    private readonly List<byte[]> _roots = [];

    /// <summary>Creates the range of the empty tree.</summary>
    public CompactRange()
    {
    }

    /// <summary>Restores a range from its stored form.</summary>
    /// <param name="size">Number of leaves.</param>
    /// <param name="hashes">The subtree roots, largest first, concatenated.</param>
    /// <exception cref="ArgumentException">The number of hashes does not belong to the size.</exception>
    public CompactRange(long size, ReadOnlySpan<byte> hashes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        if (hashes.Length != BitOperations.PopCount((ulong)size) * MerkleHash.Size)
        {
            throw new ArgumentException($"A tree of {size} leaves does not have {hashes.Length} bytes of subtree roots.", nameof(hashes));
        }

        Size = size;
        for (var i = 0; i < hashes.Length; i += MerkleHash.Size)
        {
            _roots.Add(hashes.Slice(i, MerkleHash.Size).ToArray());
        }
    }

    /// <summary>Number of leaves.</summary>
    public long Size { get; private set; }

    /// <summary>Appends one leaf.</summary>
    /// <param name="leafHash">32 bytes.</param>
    /// <param name="completed">Told of every perfect subtree that this leaf completes, the leaf itself first.</param>
    public void Append(ReadOnlySpan<byte> leafHash, Action<MerkleNode, byte[]>? completed = null)
    {
        var hash = leafHash.ToArray();
        var index = Size;
        var height = 0;
        completed?.Invoke(new MerkleNode(height, index), hash);
        // Every trailing one-bit of the size is a subtree that now finds its right half.
        for (; (index & 1) == 1; index >>= 1)
        {
            hash = MerkleHash.Node(_roots[^1], hash);
            _roots.RemoveAt(_roots.Count - 1);
            height++;
            completed?.Invoke(new MerkleNode(height, index >> 1), hash);
        }

        _roots.Add(hash);
        Size++;
    }

    /// <summary>Root of the whole tree.</summary>
    /// <returns>32 bytes.</returns>
    public byte[] Root()
    {
        if (_roots.Count == 0)
        {
            return MerkleHash.EmptyRoot.ToArray();
        }

        var hash = _roots[^1];
        for (var i = _roots.Count - 2; i >= 0; i--)
        {
            hash = MerkleHash.Node(_roots[i], hash);
        }

        return (byte[])hash.Clone();
    }

    /// <summary>The subtree roots, largest first, concatenated: what the constructor takes.</summary>
    /// <returns>32 bytes for each one-bit of the size.</returns>
    public byte[] ToBytes() => [.. _roots.SelectMany(root => root)];
}
