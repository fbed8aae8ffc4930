using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Seal.Ledger.Projections;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Auditing;

/// <summary>What was held against the events.</summary>
/// <param name="Rows">Rows that were folded anew.</param>
/// <param name="Checked">The projections, by name.</param>
/// <param name="Unchecked">Projections that the database has and that could not be checked: unknown here, of another version, or closed to this role.</param>
public sealed record ProjectionCoverage(long Rows, IReadOnlyList<string> Checked, IReadOnlyList<string> Unchecked);

/// <summary>
/// Folds every stream anew and compares the result with the row of its projection. Streams and rows are read side by side in
/// order of their keys, page by page, each page in one snapshot: appends may go on meanwhile, and memory stays flat.
/// </summary>
internal sealed class ProjectionChecks(Database database, IReadOnlyList<InlineProjection> known, int limit)
{
    // Those that are there, and those that were made and ought to be.
    private const string Tables = """
        with tables as (
            select c.relname::text collate "C" as name, c.oid, n.oid as schema from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'projections' and c.relkind = 'r')
        select name, t.oid is not null, coalesce(has_schema_privilege(t.schema, 'usage') and has_table_privilege(t.oid, 'select'), false),
            (select version from ledger.projections p where p.name = known.name and p.kind = 'inline' order by version desc limit 1)
        from (select name from tables union select name from ledger.projections where kind = 'inline') as known left join tables t using (name)
        order by name
        """;

    private readonly List<Finding> _findings = [];
    private long _rows;

    public async Task<(IReadOnlyList<Finding> Findings, ProjectionCoverage Coverage)> RunAsync(CancellationToken ct)
    {
        List<string> whole = [];
        List<string> left = [];
        var tables = await TablesAsync(ct);
        foreach (var (name, isThere, isReadable, version) in tables)
        {
            if (!isThere)
            {
                _findings.Add(new Finding(
                    FindingCode.ProjectionDiffers, null, $"The table projections.{name} is missing, with every row that the events give it.", $"缺少表 projections.{name} 及其全部行。"));
            }
            else if (isReadable && known.FirstOrDefault(one => one.Name == name) is StreamProjection projection && (version ?? projection.Version) == projection.Version)
            {
                await CheckAsync(new ProjectionTable(projection), projection, ct);
                whole.Add(name);
            }
            else
            {
                left.Add(name);
            }
        }

        // One that was made to be forgotten, table and all, must not look as if it had been checked.
        left.AddRange(known.Select(one => one.Name).Except(tables.Select(table => table.Name)));
        return (_findings, new ProjectionCoverage(_rows, whole, left));
    }

    private Task<List<(string Name, bool IsThere, bool IsReadable, int? Version)>> TablesAsync(CancellationToken ct) => database.ReadAsync(
        async connection =>
        {
            await using var command = Sql.Command(Tables, connection);
            await using var reader = await command.ExecuteReaderAsync(ct);
            var tables = new List<(string, bool, bool, int?)>();
            while (await reader.ReadAsync(ct))
            {
                tables.Add((reader.GetString(0), reader.GetBoolean(1), reader.GetBoolean(2), await reader.IsDBNullAsync(3, ct) ? null : reader.GetInt32(3)));
            }

            return tables;
        },
        ct);

    private async Task CheckAsync(ProjectionTable table, StreamProjection projection, CancellationToken ct)
    {
        for (var after = (string?)""; after is not null && _findings.Count < limit;)
        {
            var from = after;
            var page = await database.ReadAsync(connection => ProjectionPage.ReadAsync(connection, table, projection, from, ct), ct);
            Compare(table, projection, page);
            after = page.Last;
        }
    }

    private void Compare(ProjectionTable table, StreamProjection projection, ProjectionPage page)
    {
        foreach (var key in page.Streams.Keys.Union(page.Rows.Keys).Order(StringComparer.Ordinal))
        {
            _rows++;
            var events = page.Streams.GetValueOrDefault(key) ?? [];
            var stored = page.Rows.TryGetValue(key, out var row) ? row : default;
            if (Difference(projection, key, events, stored) is { } different)
            {
                Add(table.Name, key, different, events.Count > 0 ? events[^1].Position : row.Position);
            }
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever a fold throws over events that somebody changed is what is wrong with them.")]
    private static string? Difference(StreamProjection projection, string key, IReadOnlyList<RecordedEvent> events, (JsonObject? Document, long Position) stored)
    {
        try
        {
            return (ProjectionPage.Fold(projection, key, events), stored.Document) switch
            {
                (null, null) => null,
                (not null, null) => "",
                (null, not null) => "*",
                var ((fresh, position), document) => FirstDifference(fresh, document, "") ?? (position == stored.Position ? null : "position"),
            };
        }
        catch (Exception)
        {
            return "!";
        }
    }

    /// <summary>The path of the first member that differs; null if none does.</summary>
    private static string? FirstDifference(JsonNode? fresh, JsonNode? stored, string path)
    {
        if (fresh is JsonObject left && stored is JsonObject right)
        {
            return left.Select(member => member.Key).Union(right.Select(member => member.Key))
                .Select(name => FirstDifference(left[name], right[name], path.Length == 0 ? name : $"{path}.{name}"))
                .FirstOrDefault(found => found is not null);
        }

        return JsonNode.DeepEquals(fresh, stored) ? null : path;
    }

    private void Add(string table, string key, string difference, long position)
    {
        if (_findings.Count >= limit)
        {
            return;
        }

        _findings.Add(difference switch
        {
            "" => new Finding(
                FindingCode.ProjectionDiffers, position,
                $"The table {table} has no row {key}, whose last event is at position {position}.", $"表 {table} 缺少 {key} 的行，其最后一个事件在第 {position} 条。"),
            "*" => new Finding(
                FindingCode.ProjectionDiffers, position,
                $"The table {table} has a row {key} (position {position}) that no event made.", $"表 {table} 的行 {key}（第 {position} 条）没有任何事件依据。"),
            "!" => new Finding(
                FindingCode.ProjectionDiffers, position,
                $"The row {key} of the table {table} cannot be folded anew: its events, the last of them at position {position}, give no state.",
                $"表 {table} 的行 {key} 无法重新计算：其事件（最后一个在第 {position} 条）得不出状态。"),
            _ => new Finding(
                FindingCode.ProjectionDiffers, position,
                $"The row {key} of the table {table} does not say what its events say: {difference} differs. Its last event is at position {position}.",
                $"表 {table} 的行 {key} 与其事件不符：{difference} 不同。最后一个事件在第 {position} 条。"),
        });
    }
}
