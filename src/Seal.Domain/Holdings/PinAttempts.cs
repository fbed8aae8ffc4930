using Seal.Domain.Deciding;

namespace Seal.Domain.Holdings;

/// <summary>The wrong PINs of one holding since the last right one.</summary>
public sealed record PinAttempts : IState<PinAttempts>
{
    /// <inheritdoc/>
    public static string StreamType => "pin";

    /// <inheritdoc/>
    public static PinAttempts Initial { get; } = new();

    /// <summary>Wrong PINs in a row.</summary>
    public int Failures { get; init; }

    /// <summary>Whether no PIN is taken any more until the PIN is reset.</summary>
    public bool IsLocked { get; init; }

    /// <inheritdoc/>
    public PinAttempts Apply(IEvent happened) => happened switch
    {
        PinFailed => this with { Failures = Failures + 1 },
        PinLocked => this with { IsLocked = true },
        PinCleared or PinReset => Initial,
        _ => this,
    };

    /// <summary>What one more wrong PIN comes to: the events for <paramref name="stream"/> and the answer.</summary>
    internal (IReadOnlyList<StreamEvent> Events, Rejection Answer) Fail(StreamId stream, DomainSettings settings)
    {
        var left = Math.Max(0, settings.PinAttempts - Failures - 1);
        var failed = new StreamEvent(stream, new PinFailed(left));
        return left > 0
            ? ([failed], HoldingRejections.PinWrong.With("left", left.ToString(System.Globalization.CultureInfo.InvariantCulture)))
            : ([failed, new StreamEvent(stream, new PinLocked())], HoldingRejections.PinLocked);
    }

    /// <summary>What a right PIN comes to.</summary>
    internal IEnumerable<StreamEvent> Succeed(StreamId stream) => Failures > 0 ? [new StreamEvent(stream, new PinCleared())] : [];
}

/// <summary>A wrong PIN was given.</summary>
/// <param name="Left">How many more are allowed before the holding is locked.</param>
[EventName("pin.failed")]
public sealed record PinFailed(int Left) : IEvent;

/// <summary>Too many wrong PINs in a row: none is taken until the PIN is reset.</summary>
[EventName("pin.locked")]
public sealed record PinLocked : IEvent;

/// <summary>A right PIN came after wrong ones; counting starts anew.</summary>
[EventName("pin.cleared")]
public sealed record PinCleared : IEvent;

/// <summary>A new PIN was set without the old one, with a new key; counting starts anew.</summary>
[EventName("pin.reset")]
public sealed record PinReset : IEvent;
