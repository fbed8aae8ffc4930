using Npgsql;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Auditing;

/// <summary>
/// What a ledger's tables beside the events must agree with them in. Each is one statement, and so one snapshot: appends
/// may go on meanwhile.
/// </summary>
internal static class DatabaseChecks
{
    private const string LeafHashes = """
        select min(e.position) from ledger.events e join ledger.tiles t on t.level = 0 and t.index = e.position / 256
        where e.leaf_hash is distinct from substring(t.hashes from (e.position % 256)::int * 32 + 1 for 32)
        """;

    private const string Streams = """
        select min(case
            when e.stream is null then s.first_position
            when e.last <> s.last_position then greatest(e.last, s.last_position)
            else e.first end) from ledger.streams s
        full join (select stream, min(position) as first, max(position) as last, max(version) as version from ledger.events group by stream) e on e.stream = s.id
        where (s.version, s.first_position, s.last_position) is distinct from (e.version, e.first, e.last)
        """;

    private const string Head = """
        select least(h.size, e.size) from ledger.head h, (select coalesce(max(position) + 1, 0) as size from ledger.events) e
        where h.size <> e.size
        """;

    private const string HeadMissing = "select 0::bigint where not exists (select from ledger.head)";

    public static async Task<IReadOnlyList<Finding>> RunAsync(NpgsqlConnection connection, CancellationToken ct) =>
    [
        .. await RunAsync(connection, LeafHashes, "The stored leaf hashes are not those of the hash tiles.", "事件行中的叶哈希与哈希分块不一致。", ct),
        .. await RunAsync(connection, Streams, "The table of streams does not say what the events say.", "事件流表与事件不一致。", ct),
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
