using System.Diagnostics.Metrics;

namespace Seal.Service.Operation;

/// <summary>What the service counts. The numbers carry no names of persons, organisations or seals.</summary>
public sealed class SealMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string Name = "Seal";

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _commands;
    private readonly Counter<long> _refusedAppends;
    private readonly Counter<long> _verdicts;
    private readonly Counter<long> _stamps;
    private readonly Histogram<double> _seconds;

    /// <summary>Sets the instruments up.</summary>
    public SealMetrics()
    {
        _commands = _meter.CreateCounter<long>("seal_commands_total", description: "Commands given, by command and by the code of their refusal");
        _refusedAppends = _meter.CreateCounter<long>("seal_appends_refused_total", description: "Appends refused because others were faster");
        _verdicts = _meter.CreateCounter<long>("seal_verdicts_total", description: "Documents judged, by verdict");
        _stamps = _meter.CreateCounter<long>("seal_timestamps_total", description: "Requests for time stamps, by the reason of their refusal");
        _seconds = _meter.CreateHistogram<double>("seal_command_seconds", "s", "Time from a command's arrival to its answer");
    }

    /// <summary>A command was carried out or refused.</summary>
    public void CommandGiven(string command, string? code, TimeSpan took)
    {
        _commands.Add(1, new("command", command), new("refused", code ?? ""));
        _seconds.Record(took.TotalSeconds, new KeyValuePair<string, object?>("command", command));
    }

    /// <summary>An append lost a race and the command is decided anew.</summary>
    public void AppendRefused(string command) => _refusedAppends.Add(1, new KeyValuePair<string, object?>("command", command));

    /// <summary>A document was judged.</summary>
    public void Judged(string verdict) => _verdicts.Add(1, new KeyValuePair<string, object?>("verdict", verdict));

    /// <summary>A time stamp was made or refused.</summary>
    public void Stamped(string refused) => _stamps.Add(1, new KeyValuePair<string, object?>("refused", refused));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
