using Seal.Ledger.Merkle;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Tiles;

/// <summary>Answers the resources of C2SP tlog-tiles from the database.</summary>
public sealed class TileReader
{
    private readonly IDatabaseReads _database;
    private readonly EventRows _events;

    internal TileReader(IDatabaseReads database, EventRows events) => (_database, _events) = (database, events);

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

    private async Task<byte[]?> ReadHashesAsync(int level, TilePath path, CancellationToken ct)
    {
        var tile = new HashTile(level, path.Index);
        var tiles = await _database.ReadAsync(connection => TileRows.ReadAsync(connection, [tile], ct), ct);
        var length = path.Width * MerkleHash.Size;
        return tiles.TryGetValue(tile, out var hashes) && hashes.Length >= length ? hashes[..length] : null;
    }
}
