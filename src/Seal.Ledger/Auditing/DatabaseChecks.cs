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
        select min(case when f.position is null then s.first_position else s.last_position end) from ledger.streams s
        left join ledger.events f on f.position = s.first_position and f.stream = s.id and f.version = 1
        left join ledger.events l on l.position = s.last_position and l.stream = s.id and l.version = s.version
        where f.position is null or l.position is null
        """;

    private const string Head = """
        select least(h.size, e.size) from ledger.head h, (select coalesce(max(position) + 1, 0) as size from ledger.events) e
        where h.size <> e.size
        """;

    private const string HeadMissing = "select 0::bigint where not exists (select from ledger.head)";

    public static async Task<IReadOnlyList<Finding>> RunAsync(NpgsqlConnection connection, CancellationToken ct) =>
    [
        .. await RunAsync(connection, Streams, StreamsEn, StreamsZh, ct),
        .. await RunAsync(connection, Head, "The head row says another size than there are events.", "账本头部记录的大小与事件数不一致。", ct),
        .. await RunAsync(connection, HeadMissing, "The head row is missing.", "账本头部记录缺失。", ct),
    ];

    private static async Task<IReadOnlyList<Finding>> RunAsync(NpgsqlConnection connection, string sql, string en, string zh, CancellationToken ct)
    {
        await using var command = Sql.Command(sql, connection);
        // It reads whole tables.
        command.CommandTimeout = 0;
        return await command.ExecuteScalarAsync(ct) is long position ? [new Finding(FindingCode.TableContradicts, position, en, zh)] : [];
    }
}
