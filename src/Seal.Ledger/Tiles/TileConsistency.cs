using Seal.Ledger.Auditing;
using Seal.Ledger.Merkle;

namespace Seal.Ledger.Tiles;

/// <summary>Makes consistency proofs from published tiles.</summary>
internal static class TileConsistency
{
    /// <summary>Proves that the log as it was is the beginning of the log as it is.</summary>
    /// <exception cref="LedgerCorruptException">A tile is missing.</exception>
    public static async Task<ConsistencyProof> ProveAsync(ITileSource source, long from, long to, CancellationToken ct)
    {
        if (from == 0)
        {
            return new ConsistencyProof(from, to, []);
        }

        var plan = MerkleProof.PlanConsistency(from, to);
        var tiles = new Dictionary<HashTile, byte[]>();
        foreach (var tile in plan.SelectMany(MerkleProof.NodesOf).Select(HashTile.Holding).Distinct())
        {
            var width = (int)long.Min((to >> (HashTile.Height * tile.Level)) - (tile.Index << HashTile.Height), HashTile.FullWidth);
            var path = TilePath.Hashes(tile.Level, tile.Index, width);
            tiles[tile] = await source.ReadAsync(path, ct) ?? throw new LedgerCorruptException($"The log of {to} events has no {path}.");
        }

        return new ConsistencyProof(from, to, MerkleProof.Fill(plan, node => HashTile.HashOf(node, tiles[HashTile.Holding(node)])));
    }
}
