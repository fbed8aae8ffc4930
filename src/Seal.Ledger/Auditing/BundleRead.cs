using Seal.Ledger.Merkle;

namespace Seal.Ledger.Auditing;

/// <summary>An entry of a bundle.</summary>
/// <param name="Hash">Its leaf hash, computed from the entry; empty if there is no entry here.</param>
/// <param name="Facts">What it says of itself; null if it cannot be read.</param>
internal readonly record struct BundleSlot(ReadOnlyMemory<byte> Hash, LogEntry? Facts)
{
    /// <summary>Whether the entry is missing.</summary>
    public bool IsMissing => Hash.IsEmpty;
}

/// <summary>A bundle and the hash tile of its leaves.</summary>
/// <param name="First">Position of the first entry.</param>
/// <param name="Slots">Its entries, one for each position; null if the bundle is not there.</param>
/// <param name="Width">How many entries it has.</param>
/// <param name="Tile">The hashes that are stored for them; null if they are not there.</param>
/// <param name="Findings">What is wrong with the bundle itself.</param>
internal readonly record struct BundleRead(long First, int Width, BundleSlot[]? Slots, byte[]? Tile, IReadOnlyList<Finding> Findings)
{
    /// <summary>A tile as it counts: whole or not there.</summary>
    public static byte[]? Whole(byte[]? tile, int width) => tile?.Length == width * MerkleHash.Size ? tile : null;
}
