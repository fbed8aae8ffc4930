using System.Diagnostics.Metrics;
using Seal.Ledger;

namespace Seal.Service.Operation;

/// <summary>How the read replica serves, in numbers; nothing where there is none.</summary>
public sealed class ReplicaMetrics : IDisposable
{
    private readonly Meter _meter = new(SealMetrics.Name);
    private readonly EventLedger _ledger;

    /// <summary>Sets the instruments up.</summary>
    public ReplicaMetrics(EventLedger ledger)
    {
        _ledger = ledger;
        _meter.CreateObservableCounter("seal_replica_reads_total", Reads, description: "Reads that tried the replica, by what came of it; those it did not serve went to the primary");
        _meter.CreateObservableGauge("seal_replica_lag_events", () => All(status => status.LagEvents), description: "Events that the replica lacks");
        _meter.CreateObservableGauge("seal_replica_lag_seconds", () => All(status => status.Lag.TotalSeconds), "s", "How long the replica has lacked some of them or not answered");
        _meter.CreateObservableGauge("seal_replica_unread", () => All(status => status.Fault is null ? 0 : 1), description: "1 while reads go to the primary because the replica is away, behind or no replica of it");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<long>> Reads() =>
        _ledger.Replica is { } status ? [Of(status.Served, "served"), Of(status.Behind, "behind"), Of(status.Failed, "failed")] : [];

    private IEnumerable<Measurement<double>> All(Func<ReplicaStatus, double?> value) =>
        _ledger.Replica is { } status && value(status) is { } known ? [new Measurement<double>(known)] : [];

    private static Measurement<long> Of(long count, string outcome) => new(count, new KeyValuePair<string, object?>("outcome", outcome));
}
