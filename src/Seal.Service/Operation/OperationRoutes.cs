using Seal.Ledger;
using Seal.Service.Vault;

namespace Seal.Service.Operation;

/// <summary>How operators look at the service: health and metrics.</summary>
public static class OperationRoutes
{
    /// <summary>Maps health and metrics.</summary>
    public static void MapOperation(this IEndpointRouteBuilder routes)
    {
        // Made now: what happens before somebody looks counts as well.
        routes.ServiceProvider.GetRequiredService<MetricsPage>();
        routes.ServiceProvider.GetRequiredService<WitnessMetrics>();
        routes.ServiceProvider.GetRequiredService<ReplicaMetrics>();
        routes.ServiceProvider.GetRequiredService<VaultMetrics>();
        routes.MapGet("/health/live", () => TypedResults.Ok(new Health("live", [], [], null, null, null))).AllowAnonymous().WithTags("operation").WithName("Live")
            .WithSummary("Whether the process runs");
        routes.MapGet("/health/ready", ReadyAsync).AllowAnonymous().WithTags("operation").WithName("Ready")
            .Produces<Health>().Produces<Health>(StatusCodes.Status503ServiceUnavailable).WithSummary("Whether requests can be served, and what is missing if not");
        routes.MapGet("/metrics", (MetricsPage page) => TypedResults.Text(page.Render(), "text/plain; version=0.0.4")).AllowAnonymous()
            .WithTags("operation").WithName("Metrics").WithSummary("Numbers in Prometheus' text format");
    }

    private static async Task<IResult> ReadyAsync(EventLedger ledger, ReadyChecks checks, VaultMetrics vault, CancellationToken cancellation)
    {
        var missing = await checks.MissingAsync(ledger, cancellation);
        var health = new Health(missing.Count == 0 ? "ready" : "waiting", missing, ReadyChecks.StandingStill(ledger), WitnessHealth.Of(ledger.Witnesses), ReplicaHealth.Of(ledger.Replica), vault.Standing);
        return missing.Count == 0 ? TypedResults.Ok(health) : TypedResults.Json(health, statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}

/// <summary>How the service is.</summary>
/// <param name="Status"><c>live</c>, <c>ready</c> or <c>waiting</c>.</param>
/// <param name="WaitsFor">What is missing, a sentence each.</param>
/// <param name="StandsStill">Which background readers stand still and where, a sentence each; requests are served all the same.</param>
/// <param name="Witnesses">How the ledger stands with its witnesses; <c>null</c> when it has none. Requests are served all the same.</param>
/// <param name="Replica">How the read replica serves; <c>null</c> when there is none. Requests are served all the same.</param>
/// <param name="Vault">How the vault stood with its master keys, at most a second ago; <c>null</c> until the first look.</param>
public sealed record Health(string Status, IReadOnlyList<string> WaitsFor, IReadOnlyList<string> StandsStill, WitnessHealth? Witnesses, ReplicaHealth? Replica, VaultStanding? Vault);
