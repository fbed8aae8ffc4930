using System.Security.Cryptography;
using Npgsql;
using Seal.Domain.Holdings;

namespace Seal.Service.Vault;

/// <summary>Turns at trying the PIN of a holding, given out by the database to all processes on it.</summary>
public sealed class PinTurns(NpgsqlDataSource database)
{
    // Of a process that has died its turns come back by themselves; no check of a PIN takes nearly as long.
    private const string Lifetime = "15 seconds";

    // The lock makes the count true; it is held for the batch, which is one transaction and one round trip.
    private const string Lock = "select pg_advisory_xact_lock(hashtextextended($1, 0))";

    private const string Clear = "delete from vault.pin_turns where holding = $1 and expires_at <= clock_timestamp()";

    private const string Take = $"""
        insert into vault.pin_turns (turn, holding, expires_at) select $2, $1, clock_timestamp() + interval '{Lifetime}'
        where (select count(*) from vault.pin_turns where holding = $1) < $3
        """;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits for a turn.</summary>
    /// <param name="holding">Whose PIN is tried.</param>
    /// <param name="atOnce">How many may be tried at the same time.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<Guid> TakeAsync(HoldingId holding, int atOnce, CancellationToken cancellation)
    {
        var turn = new Guid(RandomNumberGenerator.GetBytes(16));
        while (!await TryTakeAsync(turn, holding.Value, atOnce, cancellation))
        {
            await Task.Delay(Pause, cancellation);
        }

        return turn;
    }

    /// <summary>Gives a turn back. If the database is away, it comes back by itself.</summary>
    public async Task GiveBackAsync(Guid turn)
    {
        try
        {
            await using var command = database.CreateCommand("delete from vault.pin_turns where turn = $1");
            command.Parameters.Add(new() { Value = turn });
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            // The command's own outcome must not be lost over this.
        }
    }

    private async Task<bool> TryTakeAsync(Guid turn, string holding, int atOnce, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(Lock) { Parameters = { new() { Value = holding } } },
                new(Clear) { Parameters = { new() { Value = holding } } },
                new(Take) { Parameters = { new() { Value = holding }, new() { Value = turn }, new() { Value = atOnce } } },
            },
        };
        await batch.ExecuteNonQueryAsync(cancellation);
        return batch.BatchCommands[2].RecordsAffected > 0;
    }
}
