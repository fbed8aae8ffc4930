using Npgsql;
using Seal.Ledger.Merkle;
using Seal.Ledger.Projections;

namespace Seal.Ledger.Storage;

/// <summary>What is done once when a process opens the ledger, by the owner's role and one process at a time.</summary>
internal static class Opening
{
    private const string FirstHead = """
        insert into ledger.head (origin, size, root, range, recorded_at, next_stream, projections)
        values ($1, 0, $2, '', 'epoch', 1, '') on conflict do nothing
        """;

    public static async Task RunAsync(LedgerOptions options, ProjectionSet projections, CancellationToken ct)
    {
        if (options.Origin.Length == 0 || options.Origin.Any(char.IsControl))
        {
            throw new LedgerConfigurationException("The ledger's origin is a line of text, such as seal.example/ledger.");
        }

        options.Witnesses.Require();
        var serviceRole = new NpgsqlConnectionStringBuilder(options.ConnectionString).Username
            ?? throw new LedgerConfigurationException("The ledger's connection string names no user; add Username=….");
        var builder = new NpgsqlConnectionStringBuilder(PooledConnection.Adapt(options.OwnerConnectionString ?? options.ConnectionString, options.Pooled))
        {
            // Kept by nobody afterwards; and schema changes must not meet prepared statements.
            Pooling = false,
            MaxAutoPrepare = 0,
            CommandTimeout = 0,
        };

        // The lock is a transaction's, on a connection of its own: a session's would be lost in a pooler.
        await using var keeper = new NpgsqlConnection(builder.ConnectionString);
        await keeper.OpenAsync(ct);
        await using var turn = await keeper.BeginTransactionAsync(ct);
        await ExecuteAsync(keeper, "set local idle_in_transaction_session_timeout = 0", ct);
        await ExecuteAsync(keeper, "select pg_advisory_xact_lock($1)", ct, Sql.Long(Migrations.AdvisoryLock));
        await using var owner = new NpgsqlConnection(builder.ConnectionString);
        await owner.OpenAsync(ct);
        await RequireDurabilityAsync(owner, ct);
        await Migrations.ApplyAsync(owner, serviceRole, ct);
        await ExecuteAsync(owner, FirstHead, ct, Sql.Text(options.Origin), Sql.Bytes(MerkleHash.EmptyRoot.ToArray()));
        await RequireOriginAsync(owner, options.Origin, ct);
        if (projections.Tables.Count > 0)
        {
            await using var reading = new NpgsqlConnection(builder.ConnectionString);
            await new ProjectionInstallation(owner, reading, projections, serviceRole).RunAsync(ct);
        }

        await turn.CommitAsync(ct);
    }

    /// <summary>An answered append must survive the loss of power: without these two settings it does not.</summary>
    private static async Task RequireDurabilityAsync(NpgsqlConnection owner, CancellationToken ct)
    {
        foreach (var setting in new[] { "fsync", "synchronous_commit", "full_page_writes" })
        {
            await using var show = Sql.Command("select current_setting($1)", owner, Sql.Text(setting));
            if ((string)(await show.ExecuteScalarAsync(ct))! == "off")
            {
                throw new LedgerConfigurationException($"PostgreSQL runs with {setting} = off and may lose answered appends; turn it on.");
            }
        }
    }

    private static async Task RequireOriginAsync(NpgsqlConnection owner, string origin, CancellationToken ct)
    {
        await using var command = Sql.Command("select origin from ledger.head", owner);
        var stored = (string)(await command.ExecuteScalarAsync(ct))!;
        if (stored != origin)
        {
            throw new LedgerConfigurationException($"This database holds the log '{stored}', not '{origin}'; set the origin back, or use another database.");
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        await using var command = Sql.Command(sql, connection, parameters);
        await command.ExecuteNonQueryAsync(ct);
    }
}
