using Npgsql;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Auditing;

/// <summary>
/// What a ledger's tables beside the events must agree with them in. Each is one statement, and so one snapshot: appends
/// may go on meanwhile.
/// </summary>
internal static class DatabaseChecks
{
    /// <summary>What is said where the table of streams and the events disagree.</summary>
    public const string StreamsEn = "The table of streams does not say what the events say.";

    /// <inheritdoc cref="StreamsEn"/>
    public const string StreamsZh = "事件流表与事件不一致。";

    // That no event goes beyond its stream's row is seen while the events are read; what is left is whether the row's first and last are there.
    private const string Streams = """
        select min(coalesce(case when f.position is not null and l.position is null then s.last_position else s.first_position end, 0)) from ledger.streams s
        left join ledger.events f on f.position = s.first_position and f.stream = s.id and f.version = 1
        left join ledger.events l on l.position = s.last_position and l.stream = s.id and l.version = s.version
        where (f.position is null or l.position is null or s.type is distinct from split_part(s.name, '/', 1))
        """;

    // Those that the audit's own table of streams did not vouch for.
    private const string LaterStreams = Streams + " and s.last_position >= $1";

    private const string Head = """
        select least(h.size, e.size)::bigint from ledger.head h, (select coalesce(max(position)::numeric + 1, 0) as size from ledger.events) e
        where h.size <> e.size
        """;

    // The audit begins at 0, but who reads a stream would meet them.
    private const string BeforeTheFirst = "select min(position) from ledger.events where position < 0";

    // A new stream would be given a number that another one has.
    private const string NextStream = "select size from ledger.head where next_stream <= (select max(id) from ledger.streams)";

    // What comes next is put behind what is there: a tile that is too wide already would never be right again.
    private const string Tiles = """
        select least(min(greatest(t.index, 0) * power(256::numeric, least(greatest(t.level, 0), 8) + 1)), 9223372036854775807)::bigint
        from ledger.tiles t cross join ledger.head h
        cross join lateral (select div(greatest(h.size, 0)::numeric, power(256::numeric, least(greatest(t.level, 0), 8))) - t.index::numeric * 256 as hashes) w
        where t.index < 0 or t.level not between 0 and 7 or (t.level = 0 and w.hashes < 256) or octet_length(t.hashes) is distinct from 32 * least(w.hashes, 256)
        having count(*) > 0
        """;

    // The note says it under a signature; the columns are what the service looks at.
    private const string Checkpoints = """
        select greatest(min(coalesce(size, 0)) - 1, 0) from ledger.checkpoints
        where split_part(note, e'\n', 2) is distinct from size::text or split_part(note, e'\n', 3) is distinct from encode(root, 'base64')
        having count(*) > 0
        """;

    // A request that is repeated is answered with the events that stand here.
    private const string Requests = """
        select greatest(min(first_position), 0) from ledger.requests
        where first_position is null or events is null or first_position < 0 or events < 0 or first_position::numeric + events > (select size from ledger.head)
        having count(*) > 0
        """;

    private const string HeadMissing = "select 0::bigint where not exists (select from ledger.head)";

    /// <summary>Checks them.</summary>
    /// <param name="connection">To the database.</param>
    /// <param name="entries">What the entries gave; null if they give nothing to compare with.</param>
    /// <param name="ct">Cancels it.</param>
    public static async Task<IReadOnlyList<Finding>> RunAsync(NpgsqlConnection connection, AuditedEntries? entries, CancellationToken ct) =>
    [
        .. entries is { Versions: { } versions } && await StreamTable.AgreesAsync(connection, versions, entries.Size, ct)
            ? await RunAsync(connection, LaterStreams, StreamsEn, StreamsZh, ct, Sql.Long(entries.Size))
            : await RunAsync(connection, Streams, StreamsEn, StreamsZh, ct),
        .. await RunAsync(connection, Head, "The head row says another size than there are events.", "账本头部记录的大小与事件数不一致。", ct),
        .. await RunAsync(connection, BeforeTheFirst, "Rows of events stand in front of the first position.", "事件表中有位于首条之前的行。", ct),
        .. await RunAsync(connection, NextStream, "The head row gives the next stream a number that is taken.", "账本头部记录的下一个事件流编号已被占用。", ct),
        .. await RunAsync(connection, Tiles, "A hash tile has more or fewer hashes than the log has for it.", "有哈希分块的哈希数与账本不符。", ct),
        .. await RunAsync(connection, Checkpoints, "A row of the table of checkpoints does not say what its signed note says.", "检查点表中的行与其签名内容不一致。", ct),
        .. await RunAsync(connection, Requests, "A remembered request names events that the log does not have.", "已记录的请求指向账本中不存在的事件。", ct),
        .. await RunAsync(connection, HeadMissing, "The head row is missing.", "账本头部记录缺失。", ct),
    ];

    private static async Task<IReadOnlyList<Finding>> RunAsync(NpgsqlConnection connection, string sql, string en, string zh, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        await using var command = Sql.Command(sql, connection, parameters);
        // It reads whole tables.
        command.CommandTimeout = 0;
        return await command.ExecuteScalarAsync(ct) is long position ? [new Finding(FindingCode.TableContradicts, position, en, zh)] : [];
    }
}
