using Npgsql;
using Seal.Ledger.Merkle;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Appending;

/// <summary>Reads what deciding a batch needs, with the head's lock or without.</summary>
internal static class LogStateQuery
{
    // The isolation is said aloud: each statement after the lock must see what the last holder of the lock committed.
    internal const string Begin = "begin isolation level read committed";

    // A process that is stopped while it holds the lock must not hold up the others for ever.
    private const string LetGo = "set local idle_in_transaction_session_timeout = '15s'";

    private const string Head = "select size, range, recorded_at, next_stream, projections, clock_timestamp() from ledger.head";

    private const string LockedHead = $"{Head} for update";

    /// <summary>One round trip: opens the transaction, locks the head and reads what the appends name.</summary>
    public static async Task<LogState> LockAndReadAsync(NpgsqlConnection connection, IReadOnlyList<PendingAppend> appends, TimeProvider clock)
    {
        var named = new NamedRows(appends);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(Begin);
        batch.Add(LetGo);
        batch.Add(LockedHead);
        named.AddTo(batch);
        await using var reader = await batch.ExecuteReaderAsync();
        var state = await ReadHeadAsync(reader, clock);
        await named.ReadAsync(reader, state.Known);
        return state;
    }

    /// <summary>One round trip: reads the head and what the appends name as they are just now, without any lock.</summary>
    public static async Task<LogState> GlimpseAsync(NpgsqlConnection connection, IReadOnlyList<PendingAppend> appends, TimeProvider clock)
    {
        var named = new NamedRows(appends);
        await using var batch = new NpgsqlBatch(connection);
        // First of all: what is appended after this may show in the other rows or not.
        batch.Add(Head);
        named.AddTo(batch);
        await using var reader = await batch.ExecuteReaderAsync();
        var state = await ReadHeadAsync(reader, clock);
        await named.ReadAsync(reader, state.Known);
        return state;
    }

    private static async Task<LogState> ReadHeadAsync(NpgsqlDataReader reader, TimeProvider clock)
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
            ReadAt = clock.GetTimestamp(),
        };
    }
}
