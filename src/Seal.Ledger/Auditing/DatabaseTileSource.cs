using System.Runtime.CompilerServices;
using Npgsql;
using Seal.Ledger.Storage;
using Seal.Ledger.Tiles;
using Seal.Ledger.Witnessing;

namespace Seal.Ledger.Auditing;

/// <summary>
/// The ledger's own database, read as it is: nothing is migrated and nothing written, and what the head row says is not
/// believed. Any role that may SELECT in the schema <c>ledger</c> will do.
/// </summary>
public sealed class DatabaseTileSource : ITileSource
{
    private const string Newest = "select note from ledger.checkpoints order by size desc limit 1";

    private const string History = "select size, note from ledger.checkpoints where size >= $1 order by size limit 1000";

    private readonly Database _database;
    // More than that is told by no one.
    private const int MostProjectionFindings = 1000;

    private readonly TileReader _tiles;
    private readonly IReadOnlyList<InlineProjection> _projections;
    private HeadRow? _head;

    /// <summary>Reads a database.</summary>
    /// <param name="connectionString">Npgsql connection string.</param>
    /// <param name="projections">The projections whose tables are held against the events.</param>
    /// <exception cref="ArgumentException">It is none.</exception>
    public DatabaseTileSource(string connectionString, params IReadOnlyList<InlineProjection> projections)
    {
        _projections = projections;
        _database = new Database(connectionString, revive: null);
        _tiles = new TileReader(_database, new EventRows(_database));
    }

    /// <inheritdoc/>
    public Task<string?> CheckpointAsync(CancellationToken ct) => ReadAsync(async connection =>
    {
        await using var command = Sql.Command(Newest, connection);
        return (string?)await command.ExecuteScalarAsync(ct);
    }, ct);

    /// <inheritdoc/>
    public async Task<byte[]?> ReadAsync(TilePath path, CancellationToken ct)
    {
        try
        {
            if (!path.IsEntries)
            {
                return await _tiles.ReadAsync(path, ct);
            }

            var entries = await _tiles.ReadEntriesAsync(path, ct);
            return entries.Count > 0 ? EntryBundle.Encode(entries) : null;
        }
        catch (Exception failed) when (IsUnreadable(failed))
        {
            throw Unreadable(failed);
        }
    }

    long ITileSource.Stride => 4096;

    Task<IReadOnlyList<BundleRead>> ITileSource.ReadBundlesAsync(long from, long end, CancellationToken ct) =>
        ReadAsync(connection => CopiedBundles.ReadAsync(connection, from, end, ct), ct);

    /// <inheritdoc/>
    public Task<long> CountAsync(long signed, CancellationToken ct) => ReadAsync(async connection =>
    {
        _head = await HeadRow.ReadAsync(connection, ct);
        return long.Max(_head.Count, signed);
    }, ct);

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> HistoryAsync(long from, [EnumeratorCancellation] CancellationToken ct)
    {
        List<(long Size, string Note)> page;
        do
        {
            var start = from;
            page = await ReadAsync(connection => ReadHistoryAsync(connection, start, ct), ct);
            foreach (var (size, note) in page)
            {
                yield return note;
                from = size + 1;
            }
        }
        while (page.Count > 0);
    }

    /// <summary>What of the projections was held against the events; null before it was.</summary>
    public ProjectionCoverage? Projections { get; private set; }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> CosignedAsync([EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var note in await ReadAsync(connection => CosignatureRows.NewestAsync(connection, Testimony.MostNotes, ct), ct))
        {
            yield return note;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Finding>> CheckTablesAsync(AuditedEntries? entries, CancellationToken ct)
    {
        var tables = await ReadAsync(connection => DatabaseChecks.RunAsync(connection, entries, ct), ct);
        try
        {
            (var projected, Projections) = await new ProjectionChecks(_database, _projections, MostProjectionFindings).RunAsync(ct);
            return [.. tables, .. _head?.Against(entries) ?? [], .. projected];
        }
        catch (Exception failed) when (IsUnreadable(failed))
        {
            throw Unreadable(failed);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static async Task<List<(long Size, string Note)>> ReadHistoryAsync(NpgsqlConnection connection, long from, CancellationToken ct)
    {
        await using var command = Sql.Command(History, connection, Sql.Long(from));
        await using var reader = await command.ExecuteReaderAsync(ct);
        var page = new List<(long, string)>();
        while (await reader.ReadAsync(ct))
        {
            page.Add((reader.GetInt64(0), reader.GetString(1)));
        }

        return page;
    }

    private async Task<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken ct)
    {
        try
        {
            return await _database.ReadAsync(read, ct);
        }
        catch (Exception failed) when (IsUnreadable(failed))
        {
            throw Unreadable(failed);
        }
    }

    // A PostgresException is a missing table or right, a cast that fails a column of another type: this is no ledger, or not for this role.
    private static bool IsUnreadable(Exception failed) => failed is LedgerUnavailableException or PostgresException or InvalidCastException;

    private static SourceUnreadableException Unreadable(Exception failed) => new($"The database cannot be read: {(failed as PostgresException)?.MessageText ?? failed.Message}", failed);
}
