using Npgsql;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Projections;

/// <summary>
/// Makes the projection tables fit the code: a new or changed projection is built beside from all events while appends go
/// on, and takes its place in one short transaction under the head's lock, which also tells all processes which set now rules.
/// </summary>
/// <param name="owner">An open connection of the owner's role.</param>
/// <param name="reading">Another, not open yet.</param>
/// <param name="wanted">The projections that this process has.</param>
/// <param name="serviceRole">Who may read and write the rows.</param>
internal sealed class ProjectionInstallation(NpgsqlConnection owner, NpgsqlConnection reading, ProjectionSet wanted, string serviceRole)
{
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

        if (changed.Count > 0)
        {
            await reading.OpenAsync(ct);
        }

        var fill = new ProjectionFill(owner, reading, wanted, changed);
        var done = await SizeAsync(ct);
        await fill.RunAsync(0, done, ct);
        await using var transaction = await owner.BeginTransactionAsync(ct);
        await ExecuteAsync("select size from ledger.head for update", ct);
        var size = await SizeAsync(ct);
        await fill.RunAsync(done, size, ct);
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
