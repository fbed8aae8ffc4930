using NpgsqlTypes;
using Seal.Ledger.Merkle;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Reading;

/// <summary>Makes proofs from the stored hash tiles: a handful of rows, fetched in one round trip.</summary>
internal sealed class TileHashes(Database database)
{
    private const string Tiles = """
        select t.level, t.index, t.hashes from unnest($1::smallint[], $2::bigint[]) as w(level, index)
        join ledger.tiles t on t.level = w.level and t.index = w.index
        """;

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

    private Task<Dictionary<HashTile, byte[]>> LoadAsync(HashTile[] wanted, CancellationToken ct) => database.ReadAsync(
        async connection =>
        {
            var tiles = new Dictionary<HashTile, byte[]>();
            if (wanted.Length == 0)
            {
                return tiles;
            }

            await using var command = Sql.Command(
                Tiles, connection, Sql.Array(wanted.Select(t => (short)t.Level).ToArray(), NpgsqlDbType.Smallint), Sql.Longs(wanted.Select(t => t.Index)));
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                tiles.Add(new HashTile(reader.GetInt16(0), reader.GetInt64(1)), reader.Bytes(2));
            }

            return tiles;
        },
        ct);
}
