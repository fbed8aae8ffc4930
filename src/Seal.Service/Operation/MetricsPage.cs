using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Seal.Service.Operation;

/// <summary>
/// The numbers of <see cref="SealMetrics"/> and of the framework in Prometheus' text format, for scraping. (No exporter for
/// it is to be had where this project builds; OTLP is the other way out, by setting.)
/// </summary>
public sealed class MetricsPage : IDisposable
{
    private static readonly string[] Meters = [SealMetrics.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel"];
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<(string Name, string Tags), Sum> _sums = new();

    /// <summary>Starts to listen.</summary>
    public MetricsPage()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (Meters.Contains(instrument.Meter.Name))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>The page.</summary>
    public string Render()
    {
        _listener.RecordObservableInstruments();
        var page = new StringBuilder();
        foreach (var ((name, tags), sum) in _sums.OrderBy(sum => sum.Key.Name, StringComparer.Ordinal))
        {
            var (count, total) = sum.Read();
            if (sum.IsHistogram)
            {
                page.Append(CultureInfo.InvariantCulture, $"{name}_count{tags} {count}\n").Append(CultureInfo.InvariantCulture, $"{name}_sum{tags} {total}\n");
            }
            else
            {
                page.Append(CultureInfo.InvariantCulture, $"{name}{tags} {total}\n");
            }
        }

        return page.ToString();
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new StringBuilder();
        foreach (var (name, tag) in tags)
        {
            var text = Convert.ToString(tag, CultureInfo.InvariantCulture)!.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
            labels.Append(labels.Length == 0 ? "{" : ",").Append(CultureInfo.InvariantCulture, $"{Plain(name)}=\"{text}\"");
        }

        var kind = instrument.GetType().GetGenericTypeDefinition();
        var sum = _sums.GetOrAdd((Plain(instrument.Name), labels.Length == 0 ? "" : labels.Append('}').ToString()), _ => new Sum(kind == typeof(Histogram<>)));
        sum.Add(value, replace: instrument.IsObservable || kind == typeof(Gauge<>));
    }

    private static string Plain(string name) => name.Replace('.', '_').Replace('-', '_');

    private sealed class Sum(bool isHistogram)
    {
        private readonly Lock _lock = new();
        private long _count;
        private double _total;

        public bool IsHistogram { get; } = isHistogram;

        public void Add(double value, bool replace)
        {
            lock (_lock)
            {
                _count++;
                _total = replace ? value : _total + value;
            }
        }

        public (long Count, double Total) Read()
        {
            lock (_lock)
            {
                return (_count, _total);
            }
        }
    }
}
