using Seal.Ledger.Merkle;

namespace Seal.Ledger;

/// <summary>Shows that an event is in the tree of a given size (RFC 6962 section 2.1.1).</summary>
/// <param name="Position">The event's position.</param>
/// <param name="TreeSize">Size of the tree.</param>
/// <param name="LeafHash">Hash of the event's canonical envelope, 32 bytes.</param>
/// <param name="Hashes">The proof, 32 bytes each, from the leaf upwards.</param>
public sealed record InclusionProof(long Position, long TreeSize, ReadOnlyMemory<byte> LeafHash, IReadOnlyList<ReadOnlyMemory<byte>> Hashes)
{
    /// <summary>Says whether the proof leads from an event to a root.</summary>
    /// <param name="leaf">The event's canonical envelope, as <see cref="RecordedEvent.ToLeaf"/> gives it.</param>
    /// <param name="head">The tree head one trusts, of the proof's size.</param>
    /// <returns>True if it does.</returns>
    public bool Proves(ReadOnlySpan<byte> leaf, TreeHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return head.Size == TreeSize && MerkleVerifier.VerifyInclusion(MerkleHash.Leaf(leaf), Position, TreeSize, Hashes, head.Root.Span);
    }
}

/// <summary>Shows that a tree is the beginning of a larger one (RFC 6962 section 2.1.2).</summary>
/// <param name="From">Size of the smaller tree.</param>
/// <param name="To">Size of the larger tree.</param>
/// <param name="Hashes">The proof, 32 bytes each.</param>
public sealed record ConsistencyProof(long From, long To, IReadOnlyList<ReadOnlyMemory<byte>> Hashes)
{
    /// <summary>Says whether the proof joins two tree heads.</summary>
    /// <param name="older">The smaller tree.</param>
    /// <param name="newer">The larger tree.</param>
    /// <returns>True if it does.</returns>
    public bool Proves(TreeHead older, TreeHead newer)
    {
        ArgumentNullException.ThrowIfNull(older);
        ArgumentNullException.ThrowIfNull(newer);
        if (older.Size != From || newer.Size != To)
        {
            return false;
        }

        // Every log continues the empty tree; RFC 6962 defines no proof of it.
        if (From == 0)
        {
            return Hashes.Count == 0 && older.Root.Span.SequenceEqual(MerkleHash.EmptyRoot.Span) && (To > 0 || older == newer);
        }

        return MerkleVerifier.VerifyConsistency(From, To, Hashes, older.Root.Span, newer.Root.Span);
    }
}

/// <summary>What an append hands to its caller so that it can prove to anyone that its events are in the log.</summary>
/// <param name="Inclusions">One proof for each of <see cref="AppendRequest.AlsoProven"/>, then one per event, all for the checkpoint's size.</param>
/// <param name="Checkpoint">A signed checkpoint that covers the events.</param>
public sealed record AppendProof(IReadOnlyList<InclusionProof> Inclusions, SignedCheckpoint Checkpoint);
