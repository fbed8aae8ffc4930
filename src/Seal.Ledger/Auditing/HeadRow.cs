using System.Globalization;
using Npgsql;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Auditing;

/// <summary>The head row as it stood when the audit began. Every append builds on it: what is wrong in it would be signed next.</summary>
/// <param name="Count">How many events the head and the table of events both know; 0 if there are none.</param>
/// <param name="Size">What it says of the log's size; null if there is no row, which <see cref="DatabaseChecks"/> tells.</param>
/// <param name="Root">Root of the tree.</param>
/// <param name="Range">Roots of the tree's perfect subtrees.</param>
/// <param name="Last">Time of the last event, as an envelope has it; empty if it is none.</param>
/// <param name="Origin">What the log calls itself.</param>
internal sealed record HeadRow(long Count, long? Size, byte[] Root, byte[] Range, string Last, string? Origin)
{
    // Events that the head does not know are none of the log's; DatabaseChecks tells of them.
    private const string Row = """
        select coalesce(least(h.size, (select max(position) + 1 from ledger.events where position < 9223372036854775807)), 0), h.size,
            coalesce(h.root, ''), coalesce(h.range, ''), coalesce(to_char(h.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), ''), h.origin
        from (select) as always left join ledger.head h on true limit 1
        """;

    public static async Task<HeadRow> ReadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = Sql.Command(Row, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new HeadRow(
            reader.GetInt64(0), await reader.IsDBNullAsync(1, ct) ? null : reader.GetInt64(1), reader.Bytes(2), reader.Bytes(3), reader.GetString(4),
            await reader.IsDBNullAsync(5, ct) ? null : reader.GetString(5));
    }

    /// <summary>What it says against the entries, if the audit has been through just as many as it counts.</summary>
    public IEnumerable<Finding> Against(AuditedEntries? entries)
    {
        if (entries is null || entries.Size != Size || Size == 0)
        {
            yield break;
        }

        if (entries.Origin.Length > 0 && entries.Origin != Origin)
        {
            yield return new Finding(
                FindingCode.TableContradicts, entries.Size - 1, "The head row gives the log another name than its checkpoints.", "账本头部记录的名称与检查点不符。");
        }

        if (!entries.Root.Span.SequenceEqual(Root) || !entries.Range.Span.SequenceEqual(Range))
        {
            yield return new Finding(
                FindingCode.TableContradicts, entries.Size - 1,
                "The head row has other hashes than the events give: what is appended next would be hashed wrongly.", "账本头部记录的哈希与事件不符，后续追加将被错误计入哈希树。");
        }

        if (entries.Last.ToString(EventEnvelope.RecordedAtFormat, CultureInfo.InvariantCulture) != Last)
        {
            yield return new Finding(
                FindingCode.TableContradicts, entries.Size - 1, "The head row says another time than the last event.", "账本头部记录的时间与最后一个事件不符。");
        }
    }
}
