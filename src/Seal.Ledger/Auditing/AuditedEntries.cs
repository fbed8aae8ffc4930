namespace Seal.Ledger.Auditing;

/// <summary>What all entries of a log gave when they were hashed anew: for what is kept beside them.</summary>
/// <param name="Origin">What the log calls itself in its checkpoints; empty if it has none.</param>
/// <param name="Size">How many there are.</param>
/// <param name="Root">Root of the tree over them, 32 bytes.</param>
/// <param name="Range">Roots of the perfect subtrees that make up the tree, largest first, concatenated.</param>
/// <param name="Last">When the last of them was recorded, UTC.</param>
public sealed record AuditedEntries(string Origin, long Size, ReadOnlyMemory<byte> Root, ReadOnlyMemory<byte> Range, DateTimeOffset Last)
{
    /// <summary>The last version of each stream; null if nobody counted.</summary>
    internal StreamVersions? Versions { get; init; }
}
