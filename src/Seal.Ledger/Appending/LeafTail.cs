using Seal.Ledger.Merkle;

namespace Seal.Ledger.Appending;

/// <summary>
/// The hashes of the last tile of leaf hashes that is not full yet, so that it need not be read back when it is. They may be unknown,
/// where a process came to the log in the middle of a tile; with the next tile they are known.
/// </summary>
/// <param name="hashes">The tile's hashes so far; null where they are not known.</param>
internal sealed class LeafTail(List<byte[]>? hashes)
{
    private List<byte[]>? _hashes = hashes;

    /// <summary>Appends the hash of a leaf.</summary>
    /// <param name="position">The leaf's place in the log.</param>
    /// <param name="hash">32 bytes.</param>
    public void Add(long position, byte[] hash)
    {
        if (position % HashTile.FullWidth == 0)
        {
            _hashes = new List<byte[]>(HashTile.FullWidth);
        }

        _hashes?.Add(hash);
    }

    /// <summary>Gives the hashes of the tile that is full now.</summary>
    /// <returns>Null where they are not all known.</returns>
    public List<byte[]>? Take()
    {
        var full = _hashes;
        _hashes = null;
        return full;
    }

    /// <summary>The same for a batch of its own.</summary>
    public LeafTail Copy() => new(_hashes is null ? null : [.. _hashes]);
}
