using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Seal.Ledger.Merkle;
using Seal.Ledger.Readers;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Appending;

/// <summary>The second round trip of a batch: write everything and commit. A batch that was decided without the lock takes it here, if the log is as foreseen.</summary>
internal static class BatchWrite
{
    // Nobody of this process is in the way for longer; another process's batch must not wait for one that waits for it.
    private const string BeginLimits = "select set_config('lock_timeout', '250ms', true), set_config('idle_in_transaction_session_timeout', '15s', true)";

    // Whoever holds the head may wait for rows that a batch behind this one has begun, and must not do so for long.
    private const string MoveForeseenHead = """
        select ledger.move_head($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) from (select set_config('lock_timeout', '250ms', true) as given) as limits where given is not null
        """;

    private const string MoveHead = "select ledger.move_head($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

    private const string Events = """
        insert into ledger.events (position, stream, version, type, recorded_at, metadata, body, leaf_hash)
        select p, s, v, t, $5, m, b, h
        from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $6::bytea[], $7::bytea[], $8::bytea[]) as e(p, s, v, t, m, b, h)
        """;

    // Under the head's lock it is known which rows are there: no upsert has to find out once more.
    private const string NewStreams = """
        insert into ledger.streams (id, name, type, version, first_position, last_position)
        select * from unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[])
        """;

    private const string LongerStreams = """
        update ledger.streams s set version = e.version, last_position = e.last_position
        from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as e(id, version, last_position) where s.id = e.id
        """;

    // A tile of leaf hashes is written once, when it is full; until then the events have them, and so does who knows the log from memory.
    private const string LeafTiles = """
        insert into ledger.tiles (level, index, hashes)
        select 0, i, (select string_agg(leaf_hash, '' order by position) from ledger.events where position between i * 256 and i * 256 + 255)
        from unnest($1::bigint[]) as full_tiles(i)
        """;

    private const string Tiles = """
        insert into ledger.tiles as t (level, index, hashes) select * from unnest($1::smallint[], $2::bigint[], $3::bytea[])
        on conflict (level, index) do update set hashes = t.hashes || excluded.hashes where t.level > 0
        """;

    private const string Requests = """
        insert into ledger.requests (scope, key, digest, outcome, first_position, events, expires_at)
        select * from unnest($1::text[], $2::text[], $3::bytea[], $4::text[], $5::bigint[], $6::int[], $7::timestamptz[])
        """;

    private const string ExpiredRequests = "delete from ledger.requests where (scope, key) in (select * from unnest($1::text[], $2::text[])) and expires_at <= $3";

    // Delivered with the commit, to every process that reads along.
    private const string Notify = $"select pg_notify('{HeadWatch.Channel}', $1)";

    private const string Fence = """
        insert into ledger.writers (id, batch, seen_at) values ($1, $2, now())
        on conflict (id) do update set batch = excluded.batch, seen_at = excluded.seen_at
        """;

    /// <summary>
    /// Begins to write a batch whose predecessor is still being written: the rows that no other batch of this process touches. That is
    /// most of the work, and it is done beside the predecessor's instead of behind it.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="decision">What was accepted, on a log that was foreseen.</param>
    /// <exception cref="PostgresException">Another process has such rows: nothing is written.</exception>
    public static async Task BeginAsync(NpgsqlConnection connection, BatchDecision decision)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(LogStateQuery.Begin);
        batch.Add(BeginLimits);
        AddOwnRows(batch, decision);
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
    }

    /// <summary>Writes the batch and commits it.</summary>
    /// <param name="connection">The connection; it holds the head's lock, unless the decision is on a log that was foreseen.</param>
    /// <param name="decision">What was accepted.</param>
    /// <param name="isBegun">Whether <see cref="BeginAsync"/> went before.</param>
    /// <param name="writer">Id of this process.</param>
    /// <param name="number">Number of the batch, by which the process can ask later whether it was committed.</param>
    /// <param name="notify">Whether other processes are told of it.</param>
    /// <exception cref="PostgresException">The log is not as it was foreseen (serialisation failure), or something else was refused: nothing is written.</exception>
    public static async Task CommitAsync(NpgsqlConnection connection, BatchDecision decision, bool isBegun, Guid writer, long number, bool notify)
    {
        await using var batch = new NpgsqlBatch(connection);
        if (decision.IsForeseen && !isBegun)
        {
            batch.Add(LogStateQuery.Begin);
        }

        AddHead(batch, decision, writer, number);
        if (!isBegun)
        {
            AddOwnRows(batch, decision);
        }

        if (decision.Events.Count > 0)
        {
            AddLongerStreams(batch, decision);
            AddTiles(batch, decision);
            decision.State.Rows.AddTo(batch);
            if (notify)
            {
                batch.Add(Notify, Sql.Text(decision.State.Range.Size.ToString(CultureInfo.InvariantCulture)));
            }
        }

        batch.Add("commit");

        // No cancellation: a commit that has been sent is not taken back.
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
    }

    /// <summary>Tells other processes of a batch that was committed without.</summary>
    public static async Task NotifyAsync(NpgsqlConnection connection, long size)
    {
        await using var command = Sql.Command(Notify, connection, Sql.Text(size.ToString(CultureInfo.InvariantCulture)));
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    /// <summary>Notes a number above that of a batch which was lost, and commits.</summary>
    public static async Task NoteAsync(NpgsqlConnection connection, Guid writer, long number)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(Fence, Sql.Uuid(writer), Sql.Long(number));
        batch.Add("commit");
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private static void AddHead(NpgsqlBatch batch, BatchDecision decision, Guid writer, long number)
    {
        var state = decision.State;
        batch.Add(
            decision.IsForeseen ? MoveForeseenHead : MoveHead,
            Sql.Long(decision.FirstPosition),
            Sql.BytesOrNull(decision.IsForeseen ? decision.FirstRoot : null),
            Sql.Text(state.Projections),
            Sql.Long(state.Range.Size),
            Sql.Bytes(state.Range.Root()),
            Sql.Bytes(state.Range.ToBytes()),
            Sql.TimeOrNull(decision.Events.Count > 0 ? decision.RecordedAt : null),
            Sql.Long(state.NextStream),
            Sql.Uuid(writer),
            Sql.Long(number));
    }

    /// <summary>Rows that only this batch writes: batches of one process never meet in them, whichever is first.</summary>
    private static void AddOwnRows(NpgsqlBatch batch, BatchDecision decision)
    {
        if (decision.Events.Count > 0)
        {
            AddEvents(batch, decision);
            AddNewStreams(batch, decision);
        }

        if (decision.NewRequests.Count > 0)
        {
            AddRequests(batch, decision);
        }
    }

    private static void AddEvents(NpgsqlBatch batch, BatchDecision decision)
    {
        var events = decision.Events;
        batch.Add(
            Events,
            Sql.Longs(events.Select(e => e.Recorded.Position)),
            Sql.Longs(events.Select(e => e.StreamId)),
            Sql.Longs(events.Select(e => e.Recorded.Version)),
            Sql.Texts(events.Select(e => e.Recorded.Type)),
            Sql.Time(decision.RecordedAt),
            Sql.Array(events.Select(e => e.Recorded.Metadata).ToArray(), NpgsqlDbType.Bytea),
            Sql.Array(events.Select(e => e.Recorded.Body).ToArray(), NpgsqlDbType.Bytea),
            Sql.Array(events.Select(e => e.LeafHash).ToArray(), NpgsqlDbType.Bytea));
    }

    private static void AddNewStreams(NpgsqlBatch batch, BatchDecision decision)
    {
        if (Changed(decision).Where(s => s.State.Id >= decision.FirstNewStream).ToList() is { Count: > 0 } made)
        {
            batch.Add(
                NewStreams,
                Sql.Longs(made.Select(s => s.State.Id)),
                Sql.Texts(made.Select(s => s.Name)),
                Sql.Texts(made.Select(s => s.Name[..s.Name.IndexOf('/', StringComparison.Ordinal)])),
                Sql.Longs(made.Select(s => s.State.Version)),
                Sql.Longs(made.Select(s => s.State.FirstPosition)),
                Sql.Longs(made.Select(s => s.State.LastPosition)));
        }
    }

    private static void AddLongerStreams(NpgsqlBatch batch, BatchDecision decision)
    {
        if (Changed(decision).Where(s => s.State.Id < decision.FirstNewStream).ToList() is { Count: > 0 } longer)
        {
            batch.Add(
                LongerStreams,
                Sql.Longs(longer.Select(s => s.State.Id)),
                Sql.Longs(longer.Select(s => s.State.Version)),
                Sql.Longs(longer.Select(s => s.State.LastPosition)));
        }
    }

    private static IEnumerable<(string Name, StreamState State)> Changed(BatchDecision decision) =>
        decision.ChangedStreams.Select(name => (name, decision.State.Streams[name]));

    private static void AddTiles(NpgsqlBatch batch, BatchDecision decision)
    {
        if (decision.FullLeafTiles.Count > 0)
        {
            batch.Add(LeafTiles, Sql.Longs(decision.FullLeafTiles));
        }

        if (decision.NewTileHashes.Count == 0)
        {
            return;
        }

        var tiles = decision.NewTileHashes.OrderBy(t => t.Key.Level).ThenBy(t => t.Key.Index).ToList();
        batch.Add(
            Tiles,
            Sql.Array(tiles.Select(t => (short)t.Key.Level).ToArray(), NpgsqlDbType.Smallint),
            Sql.Longs(tiles.Select(t => t.Key.Index)),
            Sql.Array(tiles.Select(t => Concatenate(t.Value)).ToArray(), NpgsqlDbType.Bytea));
    }

    private static void AddRequests(NpgsqlBatch batch, BatchDecision decision)
    {
        var requests = decision.NewRequests.ToList();
        if (decision.ExpiredRequests is { Count: > 0 } expired)
        {
            batch.Add(ExpiredRequests, Sql.Texts(expired.Select(r => r.Scope)), Sql.Texts(expired.Select(r => r.Key)), Sql.Time(decision.RecordedAt));
        }

        batch.Add(
            Requests,
            Sql.Texts(requests.Select(r => r.Key.Scope)),
            Sql.Texts(requests.Select(r => r.Key.Key)),
            Sql.Array(requests.Select(r => r.Value.Digest).ToArray(), NpgsqlDbType.Bytea),
            Sql.Texts(requests.Select(r => r.Value.Outcome)),
            Sql.Longs(requests.Select(r => r.Value.FirstPosition)),
            Sql.Array(requests.Select(r => r.Value.Count).ToArray(), NpgsqlDbType.Integer),
            Sql.Array(requests.Select(r => r.Value.ExpiresAt.UtcDateTime).ToArray(), NpgsqlDbType.TimestampTz));
    }

    private static byte[] Concatenate(List<byte[]> hashes)
    {
        var all = new byte[hashes.Count * MerkleHash.Size];
        for (var i = 0; i < hashes.Count; i++)
        {
            hashes[i].CopyTo(all, i * MerkleHash.Size);
        }

        return all;
    }
}
