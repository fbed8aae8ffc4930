using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Seal.Service.Settings;
using Seal.Testing;

namespace Seal.Journeys.Tests;

/// <summary>Someone with every right in the service's own PostgreSQL: its superuser.</summary>
internal static class DatabaseOperator
{
    /// <summary>Connects with the superuser's password, the first line of the cluster's password file.</summary>
    public static NpgsqlDataSource Open(RunningService service)
    {
        var cluster = Path.Combine(service.Services.GetRequiredService<ServiceSettings>().Data, "postgres");
        var moved = Path.Combine(cluster, "moved-to.txt");
        var passwords = Path.Combine(File.Exists(moved) ? File.ReadAllText(moved).Trim() : cluster, "passwords");
        return NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(service.Services.GetRequiredService<NpgsqlDataSource>().ConnectionString)
        {
            Username = "seal_superuser",
            Password = File.ReadLines(passwords).First(),
        });
    }

    /// <summary>Runs a statement.</summary>
    public static async Task<int> ExecuteAsync(this NpgsqlDataSource database, string statement)
    {
#pragma warning disable CA2100 // The tests' own statements.
        await using var command = database.CreateCommand(statement);
#pragma warning restore CA2100
        return await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Runs a statement; whether PostgreSQL let it.</summary>
    public static async Task<bool> TryAsync(this NpgsqlDataSource database, string statement)
    {
        try
        {
            return await database.ExecuteAsync(statement) > 0;
        }
        catch (PostgresException)
        {
            return false;
        }
    }
}
