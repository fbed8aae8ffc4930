using System.Runtime.CompilerServices;
using Npgsql;

namespace Seal.Ledger.Storage;

/// <summary>Reads events. Pages are short queries, so that a slow reader holds no connection and no snapshot.</summary>
internal sealed class EventRows(IDatabaseReads database)
{
    private const int PageSize = 1000;

    private const string Columns = "e.position, s.name, e.version, e.type, e.recorded_at, e.metadata, e.body";

    private const string OneStream = $"""
        select {Columns} from ledger.streams s join ledger.events e on e.stream = s.id
        where s.name = $1 and e.version > $2 and e.version <= $3 and e.position <= $4 and e.recorded_at <= $5
        order by e.version limit $6
        """;

    // The offsets keep the planner, which may not know yet how large the tables have become, from joining them as a whole; each stream
    // comes by its index, so that nothing is sorted, and by its number, so that its name does not come with each event.
    private const string ManyStreams = """
        select w.number, e.position, e.version, e.type, e.recorded_at, e.metadata, e.body
        from unnest($1) with ordinality as w (name, number)
        cross join lateral (select id from ledger.streams where name = w.name offset 0) s
        cross join lateral (
            select * from ledger.events where stream = s.id and version <= $2 and position <= $3 and recorded_at <= $4 order by version offset 0) e
        """;

    private const string Range = $"""
        select {Columns} from ledger.events e join ledger.streams s on s.id = e.stream
        where e.position >= $1 and e.position < $2 order by e.position
        """;

    private const string OfTypes = $"""
        select {Columns} from ledger.events e join ledger.streams s on s.id = e.stream
        where e.position >= $1 and e.position < $2 and e.type = any($3) order by e.position
        """;

    public async IAsyncEnumerable<RecordedEvent> StreamAsync(string stream, ReadUntil until, [EnumeratorCancellation] CancellationToken ct)
    {
        long after = 0;
        List<RecordedEvent> page;
        do
        {
            var from = after;
            page = await ListAsync(
                OneStream,
                () => [Sql.Text(stream), Sql.Long(from), Sql.Long(until.MaximumVersion), Sql.Long(until.MaximumPosition), Sql.Time(until.MaximumTime), Sql.Long(PageSize)],
                ct);
            foreach (var recorded in page)
            {
                yield return recorded;
            }

            after += page.Count;
        }
        while (page.Count == PageSize);
    }

    /// <summary>Reads streams as they stand at one moment; a stream that does not exist has no events.</summary>
    public Task<IReadOnlyDictionary<string, IReadOnlyList<RecordedEvent>>> StreamsAsync(IReadOnlyCollection<string> streams, ReadUntil until, CancellationToken ct) =>
        database.ReadAsync(connection => StreamsAsync(connection, streams, until, ct), ct);

    /// <summary>Positions have no gap, so a range of them is a page even when a type is asked for that is rare.</summary>
    public async IAsyncEnumerable<RecordedEvent> AllAsync(
        long from, long end, IReadOnlyCollection<string>? types, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var next = long.Max(from, 0); next < end; next += PageSize)
        {
            var start = next;
            var stop = long.Min(next + PageSize, end);
            var page = types is null
                ? await RangeAsync(start, stop, ct)
                : await RangeAsync(start, stop, types, ct);
            foreach (var recorded in page)
            {
                yield return recorded;
            }
        }
    }

    public Task<List<RecordedEvent>> RangeAsync(long from, long end, CancellationToken ct) =>
        ListAsync(Range, () => [Sql.Long(from), Sql.Long(end)], ct);

    public Task<List<RecordedEvent>> RangeAsync(long from, long end, IReadOnlyCollection<string> types, CancellationToken ct) =>
        ListAsync(OfTypes, () => [Sql.Long(from), Sql.Long(end), Sql.Texts(types)], ct);

    /// <summary>The same by COPY, which is less work where there is much to read.</summary>
    public Task<List<RecordedEvent>> CopyAsync(long from, long end, IReadOnlyCollection<string> types, CancellationToken ct) => database.ReadAsync(
        async connection => (await EventCopy.ReadAsync(connection, from, end, types, ct)).Events.ConvertAll(copied => copied.Recorded),
        ct);

    public async Task<long> SizeAsync(CancellationToken ct) => await database.ReadAsync(
        async connection =>
        {
            await using var command = Sql.Command("select size from ledger.head", connection);
            return (long)(await command.ExecuteScalarAsync(ct))!;
        },
        ct);

    /// <summary>The time of the last event, null if there is none, and the database server's clock.</summary>
    public async Task<(DateTimeOffset? Last, DateTimeOffset Server)> TimesAsync(CancellationToken ct) => await database.ReadAsync<(DateTimeOffset?, DateTimeOffset)>(
        async connection =>
        {
            await using var command = Sql.Command("select size, recorded_at, clock_timestamp() from ledger.head", connection);
            await using var reader = await command.ExecuteReaderAsync(ct);
            return await reader.ReadAsync(ct)
                ? (reader.GetInt64(0) == 0 ? null : reader.Time(1), reader.Time(2))
                : throw new LedgerCorruptException("The ledger has no head row.");
        },
        ct);

    /// <summary>Reads a range on a connection, and inside a transaction, that the caller holds.</summary>
    public static Task<List<RecordedEvent>> RangeAsync(NpgsqlConnection connection, long from, long end, CancellationToken ct) =>
        ListAsync(connection, Range, [Sql.Long(from), Sql.Long(end)], ct);

    /// <summary>The same on a connection, and inside a transaction, that the caller holds.</summary>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<RecordedEvent>>> StreamsAsync(
        NpgsqlConnection connection, IReadOnlyCollection<string> streams, ReadUntil until, CancellationToken ct)
    {
        string[] names = [.. streams.Distinct()];
        var read = Array.ConvertAll(names, _ => new List<RecordedEvent>());
        await using var command = Sql.Command(
            ManyStreams, connection, Sql.Texts(names), Sql.Long(until.MaximumVersion), Sql.Long(until.MaximumPosition), Sql.Time(until.MaximumTime));
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var stream = reader.GetInt64(0) - 1;
            read[stream].Add(ReadEvent(reader, reader.GetInt64(1), names[stream]));
        }

        var found = new Dictionary<string, IReadOnlyList<RecordedEvent>>(names.Length);
        for (var i = 0; i < names.Length; i++)
        {
            // SQL promises no order without a sort over all, though a nested loop keeps that of the index.
            if (read[i].Zip(read[i].Skip(1)).Any(pair => pair.First.Version > pair.Second.Version))
            {
                read[i].Sort((one, other) => one.Version.CompareTo(other.Version));
            }

            found.Add(names[i], read[i]);
        }

        return found;
    }

    private Task<List<RecordedEvent>> ListAsync(string sql, Func<NpgsqlParameter[]> parameters, CancellationToken ct) =>
        database.ReadAsync(connection => ListAsync(connection, sql, parameters(), ct), ct);

    private static async Task<List<RecordedEvent>> ListAsync(NpgsqlConnection connection, string sql, NpgsqlParameter[] parameters, CancellationToken ct)
    {
        await using var command = Sql.Command(sql, connection, parameters);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var events = new List<RecordedEvent>();
        while (await reader.ReadAsync(ct))
        {
            events.Add(ReadEvent(reader, reader.GetInt64(0), reader.GetString(1)));
        }

        return events;
    }

    /// <summary>An event whose version, type, time, metadata and body are the columns from the third on.</summary>
    private static RecordedEvent ReadEvent(NpgsqlDataReader reader, long position, string stream) => new(
        position, stream, reader.GetInt64(2), reader.GetString(3), new DateTimeOffset(reader.GetDateTime(4)), reader.Bytes(5), reader.Bytes(6));
}
