using System.Reflection;
using Npgsql;

namespace Seal.Ledger.Storage;

/// <summary>Brings the schema up to date and gives the service's role no more rights than it needs.</summary>
internal static class Migrations
{
    /// <summary>Any number, the same in all processes: the advisory lock under which the schema changes.</summary>
    public const long AdvisoryLock = 0x5EA1_1ED6;

    private const string Prefix = "Migrations/";

    private const string Preparation = """
        create schema if not exists ledger;
        create schema if not exists projections;
        create table if not exists ledger.migrations (
            number integer primary key, name text not null, applied_at timestamptz not null default now());
        """;

    private static readonly Assembly Here = typeof(Migrations).Assembly;

    /// <summary>Applies what is missing. The connection belongs to the owner and holds the advisory lock.</summary>
    public static async Task ApplyAsync(NpgsqlConnection owner, string serviceRole, CancellationToken ct)
    {
        await ExecuteAsync(owner, Preparation, ct);
        var last = await LastAsync(owner, ct);
        var known = All();
        if (last > known[^1].Number)
        {
            throw new LedgerConfigurationException(
                $"This database was set up by a newer version of the software (its schema is {last}, this version knows up to {known[^1].Number}): start that version, or a newer one.");
        }

        foreach ((var number, var name) in known.Where(migration => migration.Number > last))
        {
            await ApplyOneAsync(owner, number, name, ct);
        }

        await GrantAsync(owner, serviceRole, ct);
    }

    /// <summary>The migrations in order, by number and file name.</summary>
    internal static IReadOnlyList<(int Number, string Name)> All() =>
        [.. Here.GetManifestResourceNames().Where(resource => resource.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(resource => (int.Parse(resource.AsSpan(Prefix.Length, 3), provider: null), resource[Prefix.Length..]))];

    /// <summary>The text of one.</summary>
    internal static async Task<string> ReadAsync(string name, CancellationToken ct)
    {
        using var reader = new StreamReader(Here.GetManifestResourceStream(Prefix + name)!);
        return await reader.ReadToEndAsync(ct);
    }

    private static async Task<int> LastAsync(NpgsqlConnection owner, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select coalesce(max(number), 0) from ledger.migrations", owner);
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }

    private static async Task ApplyOneAsync(NpgsqlConnection owner, int number, string name, CancellationToken ct)
    {
        await using var transaction = await owner.BeginTransactionAsync(ct);
        await ExecuteAsync(owner, await ReadAsync(name, ct), ct);
        await using var note = new NpgsqlCommand("insert into ledger.migrations (number, name) values ($1, $2)", owner)
        {
            Parameters = { new() { Value = number }, new() { Value = name } },
        };
        await note.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>The service may add events and read them. It may never change or delete one.</summary>
    private static async Task GrantAsync(NpgsqlConnection owner, string serviceRole, CancellationToken ct)
    {
        await using var current = new NpgsqlCommand("select current_user::text", owner);
        if ((string)(await current.ExecuteScalarAsync(ct))! == serviceRole)
        {
            return;
        }

        var role = Sql.Quote(serviceRole);
        await ExecuteAsync(owner, $"""
            grant usage on schema ledger, projections to {role};
            grant select on all tables in schema ledger to {role};
            grant insert on ledger.events, ledger.checkpoints, ledger.cosignatures to {role};
            grant insert, update on ledger.streams, ledger.tiles to {role};
            grant update on ledger.head to {role};
            grant insert, update, delete on ledger.projections to {role};
            grant usage, create on schema readers to {role};
            grant insert, update, delete on ledger.requests, ledger.writers to {role};
            """, ct);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = Sql.Command(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
