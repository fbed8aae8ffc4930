using Seal.Domain.Signings;
using Seal.Service.Commands;
using Seal.Service.Files;
using Seal.Service.Settings;
using Seal.Service.Views;

namespace Seal.Service.Automations;

/// <summary>Reports signings that a crash cut off between request and result, and clears away files that nobody fetched.</summary>
public sealed partial class FailUnfinishedSignings(
    CommandPipeline pipeline, SigningViews signings, Uploads uploads, SealedFiles sealedFiles, ServiceSettings settings, TimeProvider clock, ILogger<FailUnfinishedSignings> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>Does it once.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        var before = clock.GetUtcNow() - settings.Rules.SigningTimeout;
        foreach (var signing in await signings.UnfinishedAsync(before, cancellation))
        {
            await pipeline.GiveAsync(new FailSigning(signing), CommandContext.Automation, cancellation);
        }

        var old = clock.GetUtcNow() - settings.Documents.Keep;
        uploads.Files.DeleteOlderThan(old);
        sealedFiles.Files.DeleteOlderThan(old);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        do
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception failed) when (failed is Ledger.LedgerException or Npgsql.NpgsqlException)
            {
                LogWaits(failed);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    [LoggerMessage(LogLevel.Warning, "Unfinished signings are looked for again later")]
    private partial void LogWaits(Exception failed);
}
