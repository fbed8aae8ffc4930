using System.Numerics;

namespace Seal.Ledger.Merkle;

/// <summary>
/// Makes inclusion and consistency proofs (RFC 6962 sections 2.1.1 and 2.1.2) from the hashes of perfect subtrees,
/// wherever these are kept.
/// </summary>
/// <remarks>
/// A proof is first a plan: the ranges of leaves whose hashes it holds. Each range falls apart into perfect subtrees
/// (<see cref="NodesOf"/>), so a caller can fetch all of them at once and then <see cref="Fill"/> the plan.
/// </remarks>
public static class MerkleProof
{
    /// <summary>Plans the proof that a leaf is in a tree.</summary>
    /// <param name="index">The leaf, from 0.</param>
    /// <param name="size">Leaves in the tree; more than <paramref name="index"/>.</param>
    /// <returns>The ranges to be hashed, in the order of the proof.</returns>
    public static IReadOnlyList<LeafRange> PlanInclusion(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(size, index);
        var ranges = new List<LeafRange>();
        long from = 0;
        var to = size;
        while (to - from > 1)
        {
            var middle = from + Split(to - from);
            if (index < middle)
            {
                ranges.Add(new LeafRange(middle, to));
                to = middle;
            }
            else
            {
                ranges.Add(new LeafRange(from, middle));
                from = middle;
            }
        }

        ranges.Reverse();
        return ranges;
    }

    /// <summary>Plans the proof that a tree is the beginning of a larger one.</summary>
    /// <param name="older">Leaves of the smaller tree; 0 needs no proof and gives an empty plan.</param>
    /// <param name="newer">Leaves of the larger tree, at least <paramref name="older"/>.</param>
    /// <returns>The ranges to be hashed, in the order of the proof.</returns>
    public static IReadOnlyList<LeafRange> PlanConsistency(long older, long newer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(older);
        ArgumentOutOfRangeException.ThrowIfLessThan(newer, older);
        var ranges = new List<LeafRange>();
        if (older == 0)
        {
            return ranges;
        }

        long from = 0;
        var to = newer;
        while (older != to)
        {
            var middle = from + Split(to - from);
            if (older <= middle)
            {
                ranges.Add(new LeafRange(middle, to));
                to = middle;
            }
            else
            {
                ranges.Add(new LeafRange(from, middle));
                from = middle;
            }
        }

        // When the older tree is a perfect subtree on the left edge, the verifier already holds its hash.
        if (from > 0)
        {
            ranges.Add(new LeafRange(from, to));
        }

        ranges.Reverse();
        return ranges;
    }

    /// <summary>The perfect subtrees that a range falls apart into, largest first.</summary>
    /// <param name="range">A range of a plan.</param>
    /// <returns>Their names.</returns>
    public static IEnumerable<MerkleNode> NodesOf(LeafRange range)
    {
        for (var from = range.From; from < range.To;)
        {
            var height = BitOperations.Log2((ulong)(range.To - from));
            yield return new MerkleNode(height, from >> height);
            from += 1L << height;
        }
    }

    /// <summary>Turns a plan into a proof.</summary>
    /// <param name="plan">The ranges.</param>
    /// <param name="hashOf">Gives the hash of a perfect subtree, 32 bytes.</param>
    /// <returns>The proof's hashes, 32 bytes each.</returns>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Fill(IEnumerable<LeafRange> plan, Func<MerkleNode, ReadOnlyMemory<byte>> hashOf)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(hashOf);
        return [.. plan.Select(range => NodesOf(range).Select(hashOf).Reverse()
            .Aggregate((right, left) => MerkleHash.Node(left.Span, right.Span)))];
    }

    /// <summary>The largest power of two below <paramref name="count"/>: where RFC 6962 splits a tree.</summary>
    private static long Split(long count) => 1L << BitOperations.Log2((ulong)(count - 1));
}
