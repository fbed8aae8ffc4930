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
    private const string Tables = """
        select c.relname, has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select'),
            (select version from ledger.projections p where p.name = c.relname and p.kind = 'inline' order by version desc limit 1)
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'projections' and c.relkind = 'r' order by c.relname
        """;

    private readonly List<Finding> _findings = [];
    private long _rows;

    public async Task<(IReadOnlyList<Finding> Findings, ProjectionCoverage Coverage)> RunAsync(CancellationToken ct)
    {
        List<string> whole = [];
        List<string> left = [];
        foreach (var (name, isReadable, version) in await TablesAsync(ct))
        {
            if (!isReadable || known.FirstOrDefault(one => one.Name == name) is not StreamProjection projection || (version ?? projection.Version) != projection.Version)
            {
                left.Add(name);
                continue;
            }

            await CheckAsync(new ProjectionTable(projection), projection, ct);
            whole.Add(name);
        }

        return (_findings, new ProjectionCoverage(_rows, whole, left));
    }

    private Task<List<(string Name, bool IsReadable, int? Version)>> TablesAsync(CancellationToken ct) => database.ReadAsync(
        async connection =>
        {
            await using var command = Sql.Command(Tables, connection);
            await using var reader = await command.ExecuteReaderAsync(ct);
            var tables = new List<(string, bool, int?)>();
            while (await reader.ReadAsync(ct))
            {
                tables.Add((reader.GetString(0), reader.GetBoolean(1), await reader.IsDBNullAsync(2, ct) ? null : reader.GetInt32(2)));
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
            var fresh = ProjectionPage.Fold(projection, key, events);
            var stored = page.Rows.TryGetValue(key, out var row) ? row.Document : null;
            if (Difference(fresh, stored) is { } different)
            {
                Add(table.Name, key, different, events.Count > 0 ? events[^1].Position : row.Position);
            }
        }
    }

    private static string? Difference(JsonObject? fresh, JsonObject? stored) => (fresh, stored) switch
    {
        (null, null) => null,
        (not null, null) => "",
        (null, not null) => "*",
        _ => FirstDifference(fresh, stored, ""),
    };

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
            _ => new Finding(
                FindingCode.ProjectionDiffers, position,
                $"The row {key} of the table {table} does not say what its events say: {difference} differs. Its last event is at position {position}.",
                $"表 {table} 的行 {key} 与其事件不符：{difference} 不同。最后一个事件在第 {position} 条。"),
        });
    }
}
