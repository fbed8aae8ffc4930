using Seal.Ledger;
using Seal.Service.Problems;

namespace Seal.Service.Views;

/// <summary>From when to when something is compared.</summary>
/// <param name="From">The earlier end.</param>
/// <param name="To">The later end; <c>null</c>: now.</param>
public sealed record Span(Moment From, Moment? To)
{
    /// <summary>Reads <c>from</c> and <c>to</c>.</summary>
    /// <exception cref="ProblemException">One holds what it cannot hold, or they are the wrong way round.</exception>
    public static Span Read(QueryParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var span = new Span(Moment.Read(parameters, "from") ?? throw new ProblemException(RequestProblems.InvalidParameter("from")), Moment.Read(parameters, "to"));
        return span is { To: { } to } && (span.From.Version > to.Version || span.From.Time > to.Time)
            ? throw new ProblemException(RequestProblems.InvalidParameter("from"))
            : span;
    }
}

/// <summary>A moment in a stream: after one of its versions, or at a time. One of the two is given.</summary>
/// <param name="Version">The version; 0 before anything happened.</param>
/// <param name="Time">The time (UTC).</param>
public sealed record Moment(long? Version, DateTimeOffset? Time)
{
    /// <summary>The same for the ledger.</summary>
    public ReadUntil Until => Version is { } version ? ReadUntil.Version(version) : ReadUntil.Time(Time!.Value);

    /// <summary>Whether an event had happened by then.</summary>
    public bool Includes(RecordedEvent recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return Version is { } version ? recorded.Version <= version : recorded.RecordedAt <= Time;
    }

    /// <summary>Reads a parameter: digits are a version, everything else is a time; <c>null</c> when it is not given.</summary>
    /// <exception cref="ProblemException">It is neither.</exception>
    public static Moment? Read(QueryParameters parameters, string name)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return parameters.Text(name) is not { } text ? null
            : text.All(char.IsAsciiDigit) ? new(parameters.Number(name), null)
            : new(null, parameters.Time(name));
    }
}
