using Npgsql;

namespace Seal.Journeys.Tests;

/// <summary>A copy of the ledger's tables, put back when the test is through with changing them.</summary>
internal sealed class LedgerCopy : IAsyncDisposable
{
    private static readonly string[] Tables = ["events", "streams", "tiles", "head", "checkpoints"];
    private readonly NpgsqlDataSource _database;

    private LedgerCopy(NpgsqlDataSource database) => _database = database;

    public static async Task<LedgerCopy> TakeAsync(NpgsqlDataSource database)
    {
        await database.ExecuteAsync("create schema safe;" + Each(table => $"create table safe.{table} as table ledger.{table};"));
        return new LedgerCopy(database);
    }

    public async ValueTask DisposeAsync() => await _database.ExecuteAsync(
        "begin;" + Each(table => $"delete from ledger.{table}; insert into ledger.{table} table safe.{table};") + "drop schema safe cascade; commit");

    private static string Each(Func<string, string> statement) => string.Concat(Tables.Select(statement));
}
