using System.Diagnostics.Metrics;
using Seal.Ledger;
using Seal.Ledger.Witnessing;

namespace Seal.Service.Operation;

/// <summary>How the ledger stands with its witnesses, in numbers; nothing where it has none.</summary>
public sealed class WitnessMetrics : IDisposable
{
    private readonly Meter _meter = new(SealMetrics.Name);
    private readonly EventLedger _ledger;

    /// <summary>Sets the instruments up.</summary>
    public WitnessMetrics(EventLedger ledger, TimeProvider clock)
    {
        _ledger = ledger;
        _meter.CreateObservableGauge("seal_witnessed_size", () => All(status => status.Size), description: "Events under the newest checkpoint that enough witnesses cosigned");
        _meter.CreateObservableGauge(
            "seal_witnessed_age_seconds", () => All(status => (clock.GetUtcNow() - status.At)?.TotalSeconds), "s", "Time since enough witnesses cosigned a checkpoint");
        _meter.CreateObservableGauge("seal_witness_size", () => Each(witness => witness.Size), description: "Events under the last checkpoint that a witness cosigned");
        _meter.CreateObservableGauge(
            "seal_witness_success_timestamp_seconds", () => Each(witness => witness.At?.ToUnixTimeSeconds() ?? 0), "s", "When a witness cosigned last, POSIX time; 0: never");
        _meter.CreateObservableGauge("seal_witness_failing", () => Each(witness => witness.Fault is null ? 0 : 1), description: "1 while a witness does not cosign");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<double>> All(Func<WitnessStatus, double?> value) =>
        value(_ledger.Witnesses) is { } known ? [new Measurement<double>(known)] : [];

    private IEnumerable<Measurement<double>> Each(Func<WitnessState, double> value) =>
        _ledger.Witnesses.Witnesses.Select(witness => new Measurement<double>(value(witness), new KeyValuePair<string, object?>("witness", witness.Name)));
}
