using System.Globalization;
using System.Text;
using Seal.Ledger.Merkle;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Tests.Auditing;

/// <summary>Makes leaf hashes, tiles and head anew from the events as they are now.</summary>
internal static class ForgedTables
{
    public static async Task WriteAsync(Database database, Func<string, Task> execute, CancellationToken ct)
    {
        var sql = new StringBuilder("delete from ledger.tiles;");
        var range = new CompactRange();
        var tiles = new SortedDictionary<(int Level, long Index), List<byte>>();
        foreach (var recorded in await new EventRows(database).RangeAsync(0, long.MaxValue, ct))
        {
            var hash = MerkleHash.Leaf(recorded.ToLeaf());
            sql.Append(CultureInfo.InvariantCulture, $"update ledger.events set leaf_hash = {Hex(hash)} where position = {recorded.Position};");
            range.Append(hash, (node, subtree) =>
            {
                if (node.Height % HashTile.Height == 0)
                {
                    var tile = HashTile.Holding(node);
                    (tiles.TryGetValue((tile.Level, tile.Index), out var hashes) ? hashes : tiles[(tile.Level, tile.Index)] = []).AddRange(subtree);
                }
            });
        }

        // The last tile of leaf hashes has no row until it is full.
        foreach (var ((level, index), hashes) in tiles.Where(tile => tile.Key.Level > 0 || tile.Value.Count == HashTile.FullWidth * MerkleHash.Size))
        {
            sql.Append(CultureInfo.InvariantCulture, $"insert into ledger.tiles values ({level}, {index}, {Hex([.. hashes])});");
        }

        sql.Append(CultureInfo.InvariantCulture, $"update ledger.head set size = {range.Size}, root = {Hex(range.Root())}, range = {Hex(range.ToBytes())}, recorded_at = (select recorded_at from ledger.events order by position desc limit 1);");
        sql.Append("update ledger.streams s set version = e.v, first_position = e.f, last_position = e.l from (select stream, max(version) v, min(position) f, max(position) l from ledger.events group by stream) e where e.stream = s.id;");
        await execute(sql.ToString());
    }

    private static string Hex(byte[] bytes) => $"'\\x{Convert.ToHexString(bytes)}'";
}
