using Npgsql;

namespace Seal.Service.Vault;

/// <summary>Sets up the vault's tables. Only ever adds: an older vault goes on working.</summary>
public static class VaultSchema
{
    // Any number, the same in all processes: it keeps two of them from setting up at once.
    private const long AdvisoryLock = 0x5365616c5661756c;

    /// <summary>Applies the schema as the owner and lets the service's role use it.</summary>
    public static async Task ApplyAsync(string ownerConnection, string serviceConnection, CancellationToken cancellation)
    {
        using var resource = typeof(VaultSchema).Assembly.GetManifestResourceStream("Schema.sql")
            ?? throw new InvalidOperationException("Schema.sql is not in the assembly.");
        using var reader = new StreamReader(resource);
        var schema = await reader.ReadToEndAsync(cancellation);
        using var quoting = new NpgsqlCommandBuilder();
        var role = quoting.QuoteIdentifier(new NpgsqlConnectionStringBuilder(serviceConnection).Username ?? "");

        await using var connection = new NpgsqlConnection(ownerConnection);
        await connection.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is our own; the role's name is quoted.
        command.CommandText = $"""
            select pg_advisory_xact_lock({AdvisoryLock});
            {schema}
            grant usage on schema vault to {role};
            grant select, insert, update, delete on all tables in schema vault to {role};
            """;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
