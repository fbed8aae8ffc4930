using Npgsql;
using Seal.Ledger;
using Seal.Service.Operation;
using Seal.Service.Usage;

namespace Seal.Service.Automations;

/// <summary>Starts what follows the ledger in the background once the service can carry out commands, and stops it before.</summary>
public sealed partial class BackgroundReaders(
    EventLedger ledger, EntitleOrganisations entitle, FinishErasures erasures, UsageCounts usage, ReaderMetrics metrics, ILogger<BackgroundReaders> log) : IHostedService
{
    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await erasures.RepeatAsync(cancellationToken);
        ledger.Readers.Failed = (reader, code) =>
        {
            metrics.Failed(reader, code);
            LogFailed(reader, code);
        };
        ledger.Readers.Start([entitle, erasures, usage]);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken) => await ledger.Readers.DisposeAsync();

    /// <summary>Takes over the places that versions before the common readers kept in the vault's schema.</summary>
    public static async Task TakeOverPlacesAsync(string ownerConnection, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(ownerConnection);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(
            """
            do $$ begin
                if to_regclass('vault.readers') is not null then
                    insert into ledger.projections (name, kind, version, generation, position)
                        select name, 'automation', 1, 1, position from vault.readers on conflict do nothing;
                    drop table vault.readers;
                end if;
            end $$
            """,
            connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    // Only its code: what an exception says may hold words of an event.
    [LoggerMessage(LogLevel.Warning, "The reader {Reader} could not go on ({Code}) and tries again")]
    private partial void LogFailed(string reader, string code);
}
