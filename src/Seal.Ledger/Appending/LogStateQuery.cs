using Npgsql;
using Seal.Ledger.Merkle;
using Seal.Ledger.Projections;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Appending;

/// <summary>The first round trip of a batch: open the transaction, lock the head, read what the appends name.</summary>
internal static class LogStateQuery
{
    // The isolation is said aloud: each statement after the lock must see what the last holder of the lock committed.
    private const string Begin = "begin isolation level read committed";

    // A process that is stopped while it holds the lock must not hold up the others for ever.
    private const string LetGo = "set local idle_in_transaction_session_timeout = '15s'";

    private const string Head =
        "select size, range, recorded_at, next_stream, projections, clock_timestamp() from ledger.head for update";

    private const string Streams = "select name, id, version, first_position, last_position from ledger.streams where name = any($1)";

    private const string Requests = """
        select scope, key, digest, outcome, first_position, events, expires_at from ledger.requests
        where (scope, key) in (select * from unnest($1::text[], $2::text[]))
        """;

    public static async Task<LogState> ReadAsync(NpgsqlConnection connection, IReadOnlyList<PendingAppend> appends, CancellationToken ct)
    {
        var keys = appends.Where(a => a.Idempotency is not null).Select(a => a.Idempotency!).ToList();
        var targets = appends.SelectMany(a => a.Writes).SelectMany(w => w.Events).SelectMany(e => e.Targets).Distinct().GroupBy(t => t.Table).ToList();

        await using var batch = new NpgsqlBatch(connection);
        batch.Add(Begin);
        batch.Add(LetGo);
        batch.Add(Head);
        batch.Add(Streams, Sql.Texts(appends.SelectMany(a => a.Streams).Distinct()));
        if (keys.Count > 0)
        {
            batch.Add(Requests, Sql.Texts(keys.Select(k => k.Scope)), Sql.Texts(keys.Select(k => k.Key)));
        }

        foreach (var table in targets)
        {
            batch.Add(table.Key.Select, Sql.Texts(table.Select(t => t.Key)));
        }

        await using var reader = await batch.ExecuteReaderAsync(ct);
        var state = await ReadHeadAsync(reader, ct);
        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            state.Streams[reader.GetString(0)] = new StreamState(reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4));
        }

        if (keys.Count > 0)
        {
            await reader.NextResultAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                state.Requests[(reader.GetString(0), reader.GetString(1))] = new StoredRequest(
                    reader.Bytes(2), reader.GetString(3), reader.GetInt64(4), reader.GetInt32(5), Time(reader, 6), Events: null);
            }
        }

        foreach (var table in targets)
        {
            await reader.NextResultAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                state.Rows.Load(new ProjectionTarget(table.Key, reader.GetString(0)), new ProjectedRow(reader.GetString(2), reader.GetInt64(1)));
            }
        }

        return state;
    }

    private static async Task<LogState> ReadHeadAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        if (!await reader.ReadAsync(ct))
        {
            throw new LedgerCorruptException("The ledger has no head row.");
        }

        var size = reader.GetInt64(0);
        return new LogState
        {
            Range = new CompactRange(size, reader.Bytes(1)),
            LastRecordedAt = size == 0 ? null : Time(reader, 2),
            NextStream = reader.GetInt64(3),
            Projections = reader.GetString(4),
            DatabaseTime = Time(reader, 5),
        };
    }

    private static DateTimeOffset Time(NpgsqlDataReader reader, int column) => new(reader.GetDateTime(column));
}
