using Npgsql;
using Seal.Ledger.Projections;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Appending;

/// <summary>The rows that the appends of a batch name: their streams, idempotency keys and projected rows.</summary>
internal sealed class NamedRows(IReadOnlyList<PendingAppend> appends)
{
    private const string Streams = "select name, id, version, first_position, last_position from ledger.streams where name = any($1)";

    private const string Requests = """
        select scope, key, digest, outcome, first_position, events, expires_at from ledger.requests
        where (scope, key) in (select * from unnest($1::text[], $2::text[]))
        """;

    private readonly List<IdempotencyKey> _keys = appends.Where(a => a.Idempotency is not null).Select(a => a.Idempotency!).ToList();

    private readonly List<IGrouping<ProjectionTable, ProjectionTarget>> _targets =
        appends.SelectMany(a => a.Writes).SelectMany(w => w.Events).SelectMany(e => e.Targets).Distinct().GroupBy(t => t.Table).ToList();

    /// <summary>Adds the statements that read them.</summary>
    public void AddTo(NpgsqlBatch batch)
    {
        batch.Add(Streams, Sql.Texts(appends.SelectMany(a => a.Streams).Distinct()));
        if (_keys.Count > 0)
        {
            batch.Add(Requests, Sql.Texts(_keys.Select(k => k.Scope)), Sql.Texts(_keys.Select(k => k.Key)));
        }

        foreach (var table in _targets)
        {
            batch.Add(table.Key.Select, Sql.Texts(table.Select(t => t.Key)));
        }
    }

    /// <summary>Reads their results.</summary>
    /// <param name="reader">A reader that stands on the result before theirs.</param>
    /// <param name="known">Where they go.</param>
    public async Task ReadAsync(NpgsqlDataReader reader, KnownRows known)
    {
        await reader.NextResultAsync();
        while (await reader.ReadAsync())
        {
            known.Streams[reader.GetString(0)] = new StreamState(reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4));
        }

        if (_keys.Count > 0)
        {
            await reader.NextResultAsync();
            while (await reader.ReadAsync())
            {
                known.Requests[(reader.GetString(0), reader.GetString(1))] = new StoredRequest(
                    reader.Bytes(2), reader.GetString(3), reader.GetInt64(4), reader.GetInt32(5), reader.Time(6), Events: null);
            }
        }

        foreach (var table in _targets)
        {
            await reader.NextResultAsync();
            while (await reader.ReadAsync())
            {
                known.Rows.Load(new ProjectionTarget(table.Key, reader.GetString(0)), new ProjectedRow(reader.GetString(2), reader.GetInt64(1)));
            }
        }
    }
}
