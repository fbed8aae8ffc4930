using System.Globalization;
using System.Text;

namespace Seal.Ledger.Merkle;

/// <summary>Where a hash tile lies (C2SP tlog-tiles): 256 consecutive hashes of height <c>8 · Level</c>.</summary>
/// <param name="Level">0 for leaf hashes, at most 63.</param>
/// <param name="Index">Counted from the left within its level.</param>
public readonly record struct HashTile(int Level, long Index)
{
    /// <summary>Height of the subtree that a tile spans.</summary>
    public const int Height = 8;

    /// <summary>Hashes in a full tile.</summary>
    public const int FullWidth = 1 << Height;

    /// <summary>The tile in which, or out of which, a perfect subtree's hash is found.</summary>
    /// <param name="node">The subtree.</param>
    /// <returns>Its tile.</returns>
    public static HashTile Holding(MerkleNode node)
    {
        var level = node.Height / Height;
        return new HashTile(level, node.Index >> (Height - (node.Height % Height)));
    }

    /// <summary>Reads or computes a perfect subtree's hash from the hashes of its tile.</summary>
    /// <param name="node">The subtree; it must lie in this tile.</param>
    /// <param name="hashes">The tile's hashes, concatenated; a partial tile will do if the subtree is within it.</param>
    /// <returns>32 bytes.</returns>
    /// <exception cref="ArgumentException">The subtree is not in these hashes.</exception>
    public static byte[] HashOf(MerkleNode node, ReadOnlySpan<byte> hashes)
    {
        var height = node.Height % Height;
        var first = (int)((node.Index << height) & (FullWidth - 1));
        var end = (first + (1 << height)) * MerkleHash.Size;
        if (hashes.Length < end)
        {
            throw new ArgumentException($"The tile has {hashes.Length} bytes and not the {end} that node {node} needs.", nameof(hashes));
        }

        var range = new CompactRange();
        for (var i = first * MerkleHash.Size; i < end; i += MerkleHash.Size)
        {
            range.Append(hashes.Slice(i, MerkleHash.Size));
        }

        return range.Root();
    }

    /// <summary>How many hashes this tile has in a tree of a given size.</summary>
    /// <param name="size">Leaves in the tree.</param>
    /// <returns>0 to 256.</returns>
    public int WidthAt(long size)
    {
        var atThisLevel = Level * Height >= 63 ? 0 : size >> (Level * Height);
        return (int)long.Clamp(atThisLevel - (Index << Height), 0, FullWidth);
    }

    /// <summary>The tile's path below the log's prefix, such as <c>tile/0/x001/x234/067.p/12</c>.</summary>
    /// <param name="width">1 to 256; below 256 the path names a partial tile.</param>
    /// <returns>The path, without a leading slash.</returns>
    public string Path(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, FullWidth);
        var path = new StringBuilder((Index % 1000).ToString("D3", CultureInfo.InvariantCulture));
        for (var rest = Index / 1000; rest > 0; rest /= 1000)
        {
            path.Insert(0, string.Create(CultureInfo.InvariantCulture, $"x{rest % 1000:D3}/"));
        }

        if (width < FullWidth)
        {
            path.Append(CultureInfo.InvariantCulture, $".p/{width}");
        }

        return string.Create(CultureInfo.InvariantCulture, $"tile/{Level}/{path}");
    }
}
