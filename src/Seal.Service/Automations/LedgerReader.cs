using Npgsql;
using Seal.Ledger;

namespace Seal.Service.Automations;

/// <summary>
/// Reacts to events with commands: reads the ledger from where it stopped last time, in order, and keeps its place only once
/// the reaction is done. A reaction may come twice after a crash, so each is a command that a second time finds nothing to do.
/// </summary>
/// <param name="name">Under which its place is kept.</param>
/// <param name="types">The events it reacts to.</param>
/// <param name="ledger">What it reads.</param>
/// <param name="database">Where its place is kept.</param>
/// <param name="log">Where it says that it waits.</param>
public abstract partial class LedgerReader(string name, IReadOnlyCollection<string> types, EventLedger ledger, NpgsqlDataSource database, ILogger log)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Reacts to one event.</summary>
    protected abstract Task ReactAsync(RecordedEvent recorded, CancellationToken cancellation);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await CatchUpAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failed) when (failed is LedgerException or NpgsqlException)
            {
                LogStopped(name, failed);
            }

            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task CatchUpAsync(CancellationToken cancellation)
    {
        var next = await ReadPlaceAsync(cancellation);
        await foreach (var recorded in ledger.ReadAllAsync(next, types, cancellation))
        {
            await ReactAsync(recorded, cancellation);
            await KeepPlaceAsync(recorded.Position + 1, cancellation);
        }
    }

    private async Task<long> ReadPlaceAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select position from vault.readers where name = $1");
        command.Parameters.Add(new() { Value = name });
        return await command.ExecuteScalarAsync(cancellation) as long? ?? 0;
    }

    private async Task KeepPlaceAsync(long position, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "insert into vault.readers (name, position) values ($1, $2) on conflict (name) do update set position = excluded.position");
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new() { Value = position });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    [LoggerMessage(LogLevel.Warning, "The reader {Name} waits and tries again")]
    private partial void LogStopped(string name, Exception failed);
}
