using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;
using Seal.Testing;

namespace Seal.Journeys.Tests.Vault;

/// <summary>What the tests of the vault do.</summary>
internal static class VaultSteps
{
    /// <summary>Rotates the master key; gives the id of the new one.</summary>
    public static async Task<string> RotateMasterKeyAsync(this ApiClient client) =>
        (await client.GiveAsync("administrator", "RotateMasterKey", null, [])).Required().Id;

    /// <summary>What <c>/health/ready</c> says of the vault.</summary>
    public static async Task<JsonObject> VaultAsync(this ApiClient client)
    {
        JsonObject? vault = null;
        await Waiting.UntilAsync(async () => (vault = (await client.GetAsync(null, "/health/ready")).Body["vault"] as JsonObject) is not null);
        return vault!;
    }

    /// <summary>Waits until nothing is under a former master key.</summary>
    public static Task RewrappedAsync(this ApiClient client, string masterKey) => Waiting.UntilAsync(async () =>
    {
        var vault = await client.VaultAsync();
        return vault["masterKey"]!.GetValue<string>() == masterKey && vault["rowsLeft"]!.GetValue<long>() == 0;
    });

    /// <summary>A number that a statement gives.</summary>
    public static async Task<long> CountAsync(this NpgsqlDataSource database, string statement)
    {
#pragma warning disable CA2100 // The tests' own statements.
        await using var command = database.CreateCommand(statement);
#pragma warning restore CA2100
        return Convert.ToInt64(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken), CultureInfo.InvariantCulture);
    }
}
