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
        foreach (var resource in Here.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var name = resource[Prefix.Length..];
            var number = int.Parse(name.AsSpan(0, 3), provider: null);
            if (number > last)
            {
                await ApplyOneAsync(owner, number, name, resource, ct);
            }
        }

        await GrantAsync(owner, serviceRole, ct);
    }

    private static async Task<int> LastAsync(NpgsqlConnection owner, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select coalesce(max(number), 0) from ledger.migrations", owner);
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }

    private static async Task ApplyOneAsync(NpgsqlConnection owner, int number, string name, string resource, CancellationToken ct)
    {
        using var reader = new StreamReader(Here.GetManifestResourceStream(resource)!);
        await using var transaction = await owner.BeginTransactionAsync(ct);
        await ExecuteAsync(owner, await reader.ReadToEndAsync(ct), ct);
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
            grant insert on ledger.events, ledger.checkpoints to {role};
            grant insert, update on ledger.streams, ledger.tiles to {role};
            grant update on ledger.head, ledger.projections to {role};
            grant insert, update, delete on ledger.requests, ledger.writers to {role};
            """, ct);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = Sql.Command(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
