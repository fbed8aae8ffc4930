using Npgsql;
using NpgsqlTypes;
using Seal.Ledger.Merkle;

namespace Seal.Ledger.Storage;

/// <summary>Reads hash tiles. The last tile of leaf hashes has no row until it is full: it is gathered from its events.</summary>
internal static class TileRows
{
    // Only where rows of events are missing as well: a full tile whose row is gone was taken away, and must not be made up.
    private const string Tiles = """
        select w.level, w.index, coalesce(t.hashes, case when w.level = 0 then
            (select string_agg(leaf_hash, '' order by position) from ledger.events where position between w.index * 256 and w.index * 256 + 255 having count(*) < 256) end)
        from unnest($1::smallint[], $2::bigint[]) as w(level, index)
        left join ledger.tiles t on t.level = w.level and t.index = w.index
        """;

    /// <summary>Reads tiles, all in one statement.</summary>
    /// <returns>Those that are there, each with all the hashes it has, concatenated.</returns>
    public static async Task<Dictionary<HashTile, byte[]>> ReadAsync(NpgsqlConnection connection, IReadOnlyCollection<HashTile> wanted, CancellationToken ct)
    {
        var tiles = new Dictionary<HashTile, byte[]>();
        await using var command = Sql.Command(
            Tiles, connection, Sql.Array(wanted.Select(t => (short)t.Level).ToArray(), NpgsqlDbType.Smallint), Sql.Longs(wanted.Select(t => t.Index)));
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            if (!await reader.IsDBNullAsync(2, ct))
            {
                tiles.Add(new HashTile(reader.GetInt16(0), reader.GetInt64(1)), reader.Bytes(2));
            }
        }

        return tiles;
    }
}
