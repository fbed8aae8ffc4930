using Npgsql;
using NpgsqlTypes;
using Seal.Ledger.Merkle;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Tiles;

/// <summary>Answers the resources of C2SP tlog-tiles from the database.</summary>
public sealed class TileReader
{
    // Appended to until it is full, so a narrower tile is the beginning of the row.
    private const string Hashes =
        "select substring(hashes from 1 for $3) from ledger.tiles where level = $1 and index = $2 and octet_length(hashes) >= $3";

    private readonly Database _database;
    private readonly EventRows _events;

    internal TileReader(Database database, EventRows events) => (_database, _events) = (database, events);

    /// <summary>Reads a tile or a bundle.</summary>
    /// <param name="path">Which.</param>
    /// <param name="ct">Cancels the read.</param>
    /// <returns>
    /// The bytes as they are published; null if the log is not so long. Entries are what the rows hold now: if somebody
    /// deleted rows, the bundle lacks them, and its reader sees it.
    /// </returns>
    /// <exception cref="LedgerUnavailableException">PostgreSQL cannot be reached.</exception>
    public async Task<byte[]?> ReadAsync(TilePath path, CancellationToken ct)
    {
        if (path.Level is { } level)
        {
            return await ReadHashesAsync(level, path, ct);
        }

        var first = path.Index << HashTile.Height;
        var entries = await ReadEntriesAsync(path, ct);
        return entries.Count == path.Width || (entries.Count > 0 && first + path.Width <= await _events.SizeAsync(ct)) ? EntryBundle.Encode(entries) : null;
    }

    /// <summary>The entries of a bundle that are there, whatever the head says.</summary>
    internal async Task<IReadOnlyList<byte[]>> ReadEntriesAsync(TilePath path, CancellationToken ct)
    {
        var first = path.Index << HashTile.Height;
        return [.. (await _events.RangeAsync(first, first + path.Width, ct)).Select(recorded => recorded.ToLeaf())];
    }

    private Task<byte[]?> ReadHashesAsync(int level, TilePath path, CancellationToken ct) => _database.ReadAsync(
        async connection =>
        {
            await using var command = Sql.Command(
                Hashes,
                connection,
                new NpgsqlParameter<short> { TypedValue = (short)level, NpgsqlDbType = NpgsqlDbType.Smallint },
                Sql.Long(path.Index),
                new NpgsqlParameter<int> { TypedValue = path.Width * MerkleHash.Size, NpgsqlDbType = NpgsqlDbType.Integer });
            return (byte[]?)await command.ExecuteScalarAsync(ct);
        },
        ct);
}
