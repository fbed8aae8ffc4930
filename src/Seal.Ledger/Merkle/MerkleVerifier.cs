namespace Seal.Ledger.Merkle;

/// <summary>Checks proofs as RFC 9162 sections 2.1.3.2 and 2.1.4.2 say; the trees are those of RFC 6962.</summary>
public static class MerkleVerifier
{
    /// <summary>Says whether a proof shows that a leaf is in a tree.</summary>
    /// <param name="leafHash">Hash of the leaf, 32 bytes.</param>
    /// <param name="index">The leaf's place, from 0.</param>
    /// <param name="size">Leaves in the tree.</param>
    /// <param name="proof">The proof's hashes.</param>
    /// <param name="root">Root of the tree, 32 bytes.</param>
    /// <returns>True only if every hash was needed and the root comes out.</returns>
    public static bool VerifyInclusion(ReadOnlySpan<byte> leafHash, long index, long size, IReadOnlyList<ReadOnlyMemory<byte>> proof, ReadOnlySpan<byte> root)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (index < 0 || index >= size || leafHash.Length != MerkleHash.Size || !AllAreHashes(proof))
        {
            return false;
        }

        var node = index;
        var last = size - 1;
        var hash = leafHash.ToArray();
        foreach (var sibling in proof)
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                hash = MerkleHash.Node(sibling.Span, hash);
                SkipLevelsWithoutSibling(ref node, ref last);
            }
            else
            {
                hash = MerkleHash.Node(hash, sibling.Span);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && root.SequenceEqual(hash);
    }

    /// <summary>Says whether a proof shows that one tree is the beginning of another.</summary>
    /// <param name="older">Leaves of the smaller tree; at least 1, because every log continues the empty tree and nothing is shown by it.</param>
    /// <param name="newer">Leaves of the larger tree.</param>
    /// <param name="proof">The proof's hashes; none when the sizes are equal.</param>
    /// <param name="olderRoot">Root of the smaller tree, 32 bytes.</param>
    /// <param name="newerRoot">Root of the larger tree, 32 bytes.</param>
    /// <returns>True only if every hash was needed and both roots come out.</returns>
    public static bool VerifyConsistency(
        long older, long newer, IReadOnlyList<ReadOnlyMemory<byte>> proof, ReadOnlySpan<byte> olderRoot, ReadOnlySpan<byte> newerRoot)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (older < 1 || newer < older)
        {
            return false;
        }

        if (older == newer)
        {
            return proof.Count == 0 && olderRoot.SequenceEqual(newerRoot);
        }

        if (olderRoot.Length != MerkleHash.Size || newerRoot.Length != MerkleHash.Size || !AllAreHashes(proof))
        {
            return false;
        }

        var olderIsPerfect = (older & (older - 1)) == 0;
        if (!olderIsPerfect && proof.Count == 0)
        {
            return false;
        }

        var node = older - 1;
        var last = newer - 1;
        for (; (node & 1) == 1; node >>= 1)
        {
            last >>= 1;
        }

        var start = olderIsPerfect ? olderRoot.ToArray() : proof[0].ToArray();
        var olderHash = start;
        var newerHash = start;
        foreach (var hash in proof.Skip(olderIsPerfect ? 0 : 1))
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                olderHash = MerkleHash.Node(hash.Span, olderHash);
                newerHash = MerkleHash.Node(hash.Span, newerHash);
                SkipLevelsWithoutSibling(ref node, ref last);
            }
            else
            {
                newerHash = MerkleHash.Node(newerHash, hash.Span);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && olderRoot.SequenceEqual(olderHash) && newerRoot.SequenceEqual(newerHash);
    }

    /// <summary>On the right edge a node may have no sibling on some levels; there it rises unchanged.</summary>
    private static void SkipLevelsWithoutSibling(ref long node, ref long last)
    {
        while ((node & 1) == 0 && node != 0)
        {
            node >>= 1;
            last >>= 1;
        }
    }

    private static bool AllAreHashes(IReadOnlyList<ReadOnlyMemory<byte>> proof) => proof.All(hash => hash.Length == MerkleHash.Size);
}
