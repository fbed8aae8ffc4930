namespace Seal.Ledger.Merkle;

/// <summary>Names the root of a perfect subtree: the leaves <c>[Index · 2^Height, (Index + 1) · 2^Height)</c>.</summary>
/// <param name="Height">0 for a leaf.</param>
/// <param name="Index">Counted from the left within its height.</param>
public readonly record struct MerkleNode(int Height, long Index);
