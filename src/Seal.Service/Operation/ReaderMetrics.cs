using System.Diagnostics.Metrics;
using Seal.Ledger;

namespace Seal.Service.Operation;

/// <summary>How far the background readers are, for every reader in the database whichever process leads it.</summary>
public sealed class ReaderMetrics : IDisposable
{
    private readonly Meter _meter = new(SealMetrics.Name);
    private readonly Counter<long> _failures;
    private readonly EventLedger _ledger;

    /// <summary>Sets the instruments up.</summary>
    public ReaderMetrics(EventLedger ledger)
    {
        _ledger = ledger;
        _failures = _meter.CreateCounter<long>("seal_reader_failures_total", description: "Failed tries of this process to take an event, by reader and code");
        _meter.CreateObservableGauge("seal_reader_lag_events", () => Observe(state => state.LagEvents), description: "Events that a reader has not taken yet");
        _meter.CreateObservableGauge("seal_reader_lag_seconds", () => Observe(state => state.LagTime.TotalSeconds), "s", "Age of the oldest event that a reader has not taken yet");
        _meter.CreateObservableGauge("seal_reader_position", () => Observe(state => state.Position), description: "The position of the next event that a reader will take");
        _meter.CreateObservableGauge("seal_reader_stopped", () => Observe(state => state.Fault is null ? 0 : 1), description: "1 while a reader stands still at the event at its position");
    }

    /// <summary>A reader of this process could not take an event.</summary>
    public void Failed(string reader, string code) => _failures.Add(1, new("reader", reader), new("code", code));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    // A build beside is there only now and then; between times it is shown as nothing, and not as it was last.
    private IEnumerable<Measurement<double>> Observe(Func<ReaderState, double> value)
    {
        foreach (var builds in _ledger.Readers.Latest.GroupBy(state => state.Name))
        {
            foreach (var serving in new[] { true, false })
            {
                var state = builds.LastOrDefault(one => one.Serving == serving);
                yield return new(state is null ? 0 : value(state), new("reader", builds.Key), new("build", serving ? "serving" : "beside"));
            }
        }
    }
}
