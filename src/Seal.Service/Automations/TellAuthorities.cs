using Seal.Domain.Certificates;
using Seal.Ledger;
using Seal.Service.Commands;
using Seal.Service.Projections;
using Seal.Service.Views;

namespace Seal.Service.Automations;

/// <summary>
/// Tells outside authorities how their certificates stand here, until they answer. What is to be told stands in the certificates themselves,
/// so it goes on after any end, in whichever process gets to it. Two may tell the same at once: the authority takes it once by its version,
/// and the ledger takes one answer.
/// </summary>
public sealed partial class TellAuthorities(CommandPipeline pipeline, ViewReader views, TimeProvider clock, ILogger<TellAuthorities> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly string NotReached = Domain.Deciding.EventCatalog.WireNameOf(typeof(AuthorityNotReached));

    /// <summary>Tells once whatever is to be told now; of an authority that cannot be reached, the rest waits for the next time.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        var query = new ProjectionQuery(SealProjections.Certificates)
        {
            Filters = [new ProjectionFilter.Is("state.notice.standing", "due")],
            Order = ProjectionOrder.OldestFirst,
            Limit = 1000,
        };
        HashSet<string> away = [];
        await foreach (var certificate in views.OwnRowsAsync<Certificate>(query, cancellation))
        {
            if (certificate.State.Notice!.IsDue(clock.GetUtcNow()) && !away.Contains(certificate.State.Authority))
            {
                var answer = await pipeline.GiveAsync(new TellAuthority(CertificateId.From(certificate.Id)), CommandContext.Automation, cancellation);
                if (answer.Appended?.Events.Any(recorded => recorded.Type == NotReached) == true)
                {
                    away.Add(certificate.State.Authority);
                }
            }
        }
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
            catch (Exception failed) when (failed is LedgerException or Npgsql.NpgsqlException or Problems.ProblemException)
            {
                LogWaits(failed.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // Only its kind: what an exception says may hold words of an event.
    [LoggerMessage(LogLevel.Warning, "Outside certificate authorities are told later ({Code})")]
    private partial void LogWaits(string code);
}
