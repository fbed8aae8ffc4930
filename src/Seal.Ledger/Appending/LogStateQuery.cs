using Npgsql;
using Seal.Ledger.Merkle;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Appending;

/// <summary>Reads what deciding a batch needs, before the head's lock is there as far as that can be done.</summary>
internal static class LogStateQuery
{
    // The isolation is said aloud: each statement after the lock must see what the last holder of the lock committed.
    private const string Begin = "begin isolation level read committed";

    // A process that is stopped while it holds the lock must not hold up the others for ever.
    private const string LetGo = "set local idle_in_transaction_session_timeout = '15s'";

    private const string Head =
        "select size, range, recorded_at, next_stream, projections, clock_timestamp() from ledger.head for update";

    private const string Size = "select size from ledger.head";

    /// <summary>One round trip: opens the transaction, locks the head and reads what the appends name.</summary>
    public static async Task<LogState> LockAndReadAsync(NpgsqlConnection connection, IReadOnlyList<PendingAppend> appends)
    {
        var named = new NamedRows(appends);
        await using var batch = LockingBatch(connection);
        named.AddTo(batch);
        await using var reader = await batch.ExecuteReaderAsync();
        var state = await ReadHeadAsync(reader);
        await named.ReadAsync(reader, state.Known);
        return state;
    }

    /// <summary>Reads what the appends name without any lock, while another batch is being written.</summary>
    public static async Task<Glimpse> GlimpseAsync(NpgsqlConnection connection, IReadOnlyList<PendingAppend> appends)
    {
        var named = new NamedRows(appends);
        await using var batch = new NpgsqlBatch(connection);
        // First of all: what is appended after this may show in the other rows or not.
        batch.Add(Size);
        named.AddTo(batch);
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.ReadAsync();
        var glimpse = new Glimpse(reader.GetInt64(0), new KnownRows());
        await named.ReadAsync(reader, glimpse.Known);
        return glimpse;
    }

    /// <summary>Opens the transaction and locks the head; a glimpse is taken for what it showed if the log is known to have stood still since, but for one batch.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="appends">The batch.</param>
    /// <param name="glimpse">What was read before.</param>
    /// <param name="last">The batch that this process sent last; null if none.</param>
    public static async Task<LogState> LockAsync(NpgsqlConnection connection, IReadOnlyList<PendingAppend> appends, Glimpse glimpse, Func<BatchDecision?> last)
    {
        LogState state;
        await using (var batch = LockingBatch(connection))
        await using (var reader = await batch.ExecuteReaderAsync())
        {
            state = await ReadHeadAsync(reader);
        }

        if (glimpse.TryTake(state, last()))
        {
            return state;
        }

        var named = new NamedRows(appends);
        await using var again = new NpgsqlBatch(connection);
        named.AddTo(again);
        await using var rows = await again.ExecuteReaderAsync();
        await named.ReadAsync(rows, state.Known, isFirst: true);
        return state;
    }

    private static NpgsqlBatch LockingBatch(NpgsqlConnection connection)
    {
        var batch = new NpgsqlBatch(connection);
        batch.Add(Begin);
        batch.Add(LetGo);
        batch.Add(Head);
        return batch;
    }

    private static async Task<LogState> ReadHeadAsync(NpgsqlDataReader reader)
    {
        if (!await reader.ReadAsync())
        {
            throw new LedgerCorruptException("The ledger has no head row.");
        }

        var size = reader.GetInt64(0);
        return new LogState
        {
            Range = new CompactRange(size, reader.Bytes(1)),
            LastRecordedAt = size == 0 ? null : reader.Time(2),
            NextStream = reader.GetInt64(3),
            Projections = reader.GetString(4),
            DatabaseTime = reader.Time(5),
        };
    }
}
