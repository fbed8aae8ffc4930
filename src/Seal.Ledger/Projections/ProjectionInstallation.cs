using Npgsql;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Projections;

/// <summary>
/// Makes the projection tables fit the code: a new or changed projection is built beside from all events while appends go
/// on, and takes its place in one short transaction under the head's lock, which also tells all processes which set now rules.
/// </summary>
internal sealed class ProjectionInstallation(NpgsqlConnection owner, ProjectionSet wanted, string serviceRole)
{
    private const int ChunkSize = 2000;

    public async Task RunAsync(CancellationToken ct)
    {
        var installed = await InstalledAsync(ct);
        var changed = wanted.Tables.Where(t => !installed.TryGetValue(t.Projection.Name, out var version) || version != t.Projection.Version).ToList();
        var gone = installed.Keys.Except(wanted.Tables.Select(t => t.Projection.Name)).ToList();
        if (changed.Count == 0 && gone.Count == 0 && await TextAsync("select projections from ledger.head", ct) == wanted.Fingerprint)
        {
            return;
        }

        foreach (var table in changed)
        {
            await ExecuteAsync(table.CreateBeside(), ct);
        }

        var done = await FoldAsync(changed, 0, await SizeAsync(ct), ct);
        await using var transaction = await owner.BeginTransactionAsync(ct);
        await ExecuteAsync("select size from ledger.head for update", ct);
        var size = await SizeAsync(ct);
        await FoldAsync(changed, done, size, ct);
        foreach (var table in changed)
        {
            await ExecuteAsync(table.Switch(serviceRole), ct);
            await ExecuteAsync(
                "insert into ledger.projections (name, kind, version, position) values ($1, 'inline', $2, $3) on conflict (name, generation) do update set version = excluded.version, position = excluded.position, rebuild = false",
                ct, Sql.Text(table.Projection.Name), Sql.Integer(table.Projection.Version), Sql.Long(size));
        }

        foreach (var name in gone)
        {
            await ExecuteAsync($"drop table if exists projections.{Sql.Quote(name)}", ct);
            await ExecuteAsync("delete from ledger.projections where name = $1 and kind = 'inline'", ct, Sql.Text(name));
        }

        await ExecuteAsync("update ledger.head set projections = $1", ct, Sql.Text(wanted.Fingerprint));
        await transaction.CommitAsync(ct);
    }

    /// <summary>Folds a range of the log into the tables beside, chunk by chunk.</summary>
    private async Task<long> FoldAsync(IReadOnlyList<ProjectionTable> tables, long from, long end, CancellationToken ct)
    {
        var set = tables.ToHashSet();
        for (var next = from; set.Count > 0 && next < end; next += ChunkSize)
        {
            var events = await EventRows.RangeAsync(owner, next, long.Min(next + ChunkSize, end), ct);
            var changes = events
                .Select(e => (Event: e, Targets: wanted.TargetsOf(new EventToProject(e.Stream, e.Type, e.Body)).Where(t => set.Contains(t.Table)).ToList()))
                .ToList();
            var rows = new ProjectionRows();
            foreach (var table in changes.SelectMany(c => c.Targets).Distinct().GroupBy(t => t.Table))
            {
                await LoadAsync(rows, table, ct);
            }

            var staged = new Dictionary<ProjectionTarget, ProjectedRow>();
            foreach ((var recorded, var targets) in changes)
            {
                foreach (var target in targets)
                {
                    rows.Stage(target, recorded, staged);
                }
            }

            rows.Keep(staged);
            await using var batch = new NpgsqlBatch(owner);
            rows.AddTo(batch, t => ProjectionTable.UpsertInto(t.NameBeside), t => $"delete from {t.NameBeside} where key = any($1)");
            if (batch.BatchCommands.Count > 0)
            {
                await batch.ExecuteNonQueryAsync(ct);
            }
        }

        return end;
    }

    private async Task LoadAsync(ProjectionRows rows, IGrouping<ProjectionTable, ProjectionTarget> table, CancellationToken ct)
    {
        await using var command = Sql.Command(
            $"select key, position, document::text from {table.Key.NameBeside} where key = any($1)", owner, Sql.Texts(table.Select(t => t.Key)));
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            rows.Load(new ProjectionTarget(table.Key, reader.GetString(0)), new ProjectedRow(reader.GetString(2), reader.GetInt64(1)));
        }
    }

    private async Task<Dictionary<string, int>> InstalledAsync(CancellationToken ct)
    {
        await using var command = Sql.Command("select name, case when rebuild then -1 else version end from ledger.projections where kind = 'inline'", owner);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var installed = new Dictionary<string, int>();
        while (await reader.ReadAsync(ct))
        {
            installed.Add(reader.GetString(0), reader.GetInt32(1));
        }

        return installed;
    }

    private async Task<long> SizeAsync(CancellationToken ct)
    {
        await using var command = Sql.Command("select size from ledger.head", owner);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    private async Task<string> TextAsync(string sql, CancellationToken ct)
    {
        await using var command = Sql.Command(sql, owner);
        return (string)(await command.ExecuteScalarAsync(ct))!;
    }

    private async Task ExecuteAsync(string sql, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        await using var command = Sql.Command(sql, owner, parameters);
        await command.ExecuteNonQueryAsync(ct);
    }
}
