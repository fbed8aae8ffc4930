using System.Security.Cryptography;
using Npgsql;
using Seal.Ledger;
using Seal.Service.Operation;
using Seal.Service.SignIn;
using Seal.Service.Vault;
using Seal.Tokens;

namespace Seal.Service.Automations;

/// <summary>
/// After a rotation puts everything under the new master key, in whichever process gets to it, until nothing is under a former one.
/// It goes by what lies in the vault and not by what was done before, so it goes on after any end, and takes up what a restored
/// vault brought back.
/// </summary>
public sealed partial class RewrapVault(
    MasterKeyFollower follower, Rewrapping rewrapping, SignInKeys signInKeys, VaultMetrics metrics, RewrapSignal signal, ILogger<RewrapVault> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await follower.FollowAsync(stoppingToken);
                await RewrapAsync(stoppingToken);
            }
            catch (Exception failed) when (failed is LedgerException or NpgsqlException or TokenException or CryptographicException or IOException)
            {
                LogWaits(failed.GetType().Name);
            }

            await signal.WaitAsync(Interval, stoppingToken);
        }
    }

    private async Task RewrapAsync(CancellationToken cancellation)
    {
        metrics.Stands(await rewrapping.StandingAsync(cancellation));
        if (metrics.Standing is not { Older.Count: > 0, RowsLeft: var left })
        {
            return;
        }

        signInKeys.Rewrap();
        while (left > rewrapping.Unreadable && await rewrapping.StepAsync(cancellation) == RewrapStep.Some)
        {
            metrics.Stands(await rewrapping.StandingAsync(cancellation));
        }

        metrics.Stands(await rewrapping.StandingAsync(cancellation));
    }

    // Only its kind: what an exception says may hold a row's name.
    [LoggerMessage(LogLevel.Warning, "The vault is put under the present master key later ({Code})")]
    private partial void LogWaits(string code);
}
