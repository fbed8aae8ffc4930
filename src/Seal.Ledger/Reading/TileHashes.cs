using Seal.Ledger.Merkle;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Reading;

/// <summary>Makes proofs from the stored hash tiles: a handful of rows, fetched in one round trip.</summary>
internal sealed class TileHashes(IDatabaseReads database)
{
    public async Task<IReadOnlyList<IReadOnlyList<ReadOnlyMemory<byte>>>> FillAsync(IReadOnlyList<IReadOnlyList<LeafRange>> plans, CancellationToken ct)
    {
        var tiles = await LoadAsync(
            [.. plans.SelectMany(p => p).SelectMany(MerkleProof.NodesOf).Select(HashTile.Holding).Distinct()], ct);
        var known = new Dictionary<MerkleNode, ReadOnlyMemory<byte>>();
        return [.. plans.Select(plan => MerkleProof.Fill(plan, HashOf))];

        ReadOnlyMemory<byte> HashOf(MerkleNode node)
        {
            if (!known.TryGetValue(node, out var hash))
            {
                known.Add(node, hash = Take(node, tiles));
            }

            return hash;
        }
    }

    /// <summary>Hashes of leaves, from level 0.</summary>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> LeavesAsync(IReadOnlyCollection<long> positions, CancellationToken ct)
    {
        var tiles = await LoadAsync([.. positions.Select(p => HashTile.Holding(new MerkleNode(0, p))).Distinct()], ct);
        return [.. positions.Select(p => Take(new MerkleNode(0, p), tiles))];
    }

    private static ReadOnlyMemory<byte> Take(MerkleNode node, Dictionary<HashTile, byte[]> tiles)
    {
        var tile = HashTile.Holding(node);
        var wanted = (int)(((node.Index + 1) << (node.Height % HashTile.Height)) - (tile.Index << HashTile.Height)) * MerkleHash.Size;
        return tiles.TryGetValue(tile, out var hashes) && hashes.Length >= wanted
            ? HashTile.HashOf(node, hashes)
            : throw new LedgerCorruptException($"The hash tile {tile.Level}/{tile.Index} is missing or too short for node {node}.");
    }

    private Task<Dictionary<HashTile, byte[]>> LoadAsync(HashTile[] wanted, CancellationToken ct) => wanted.Length == 0
        ? Task.FromResult(new Dictionary<HashTile, byte[]>())
        : database.ReadAsync(connection => TileRows.ReadAsync(connection, wanted, ct), ct);
}
