namespace Seal.Domain.Deciding;

/// <summary>An event and the stream it goes to.</summary>
public sealed record StreamEvent(StreamId Stream, IEvent Event);

/// <summary>
/// What a command comes to: the events to append and, beside or instead of them, a rejection. Both are committed before the
/// answer goes out, so that a refused use leaves its trace. A decision that needs something found out or done outside first
/// names an <see cref="Effect"/>; its outcome comes back in the facts and the command is decided again.
/// </summary>
public sealed record Decision
{
    /// <summary>The events to append, in order; may be none. The first one tells what was done: no other command begins with it.</summary>
    public IReadOnlyList<StreamEvent> Events { get; private init; } = [];

    /// <summary>Why the command is refused, if it is.</summary>
    public Rejection? Rejection { get; private init; }

    /// <summary>What has to be done outside before the command can be decided to its end.</summary>
    public IEffect? Effect { get; private init; }

    /// <summary>The streams that must still be at the version read; <c>null</c>: all that were read.</summary>
    public IReadOnlyCollection<StreamId>? Guards { get; private init; }

    /// <summary>The events may only be recorded before this time (UTC).</summary>
    public DateTimeOffset? RecordedBefore { get; private init; }

    /// <summary>Events to append.</summary>
    public static Decision Of(params IEnumerable<StreamEvent> events) => new() { Events = [.. events] };

    /// <summary>One event to append.</summary>
    public static Decision Of(StreamId stream, IEvent happened) => Of(new StreamEvent(stream, happened));

    /// <summary>Do this first, then decide again with its outcome among the facts.</summary>
    public static Decision First(IEffect effect) => new() { Effect = effect };

    /// <summary>The command is refused and leaves no trace.</summary>
    public static implicit operator Decision(Rejection rejection) => new() { Rejection = rejection };

    /// <summary>And one more event.</summary>
    public Decision And(StreamId stream, IEvent happened) => this with { Events = [.. Events, new StreamEvent(stream, happened)] };

    /// <summary>And more events.</summary>
    public Decision And(params IEnumerable<StreamEvent> events) => this with { Events = [.. Events, .. events] };

    /// <summary>Append the events all the same, but refuse the command.</summary>
    public Decision ButReject(Rejection rejection) => this with { Rejection = rejection };

    /// <summary>Append the events, then do this and decide again.</summary>
    public Decision Then(IEffect effect) => this with { Effect = effect };

    /// <summary>Append only if these streams, and no others, are still as they were read.</summary>
    public Decision Guarding(params IReadOnlyCollection<StreamId> streams) => this with { Guards = streams };

    /// <summary>Append only while the ledger's time is before this (UTC).</summary>
    public Decision Before(DateTimeOffset time) =>
        this with { RecordedBefore = RecordedBefore is { } earlier && earlier < time ? earlier : time };
}

/// <summary>Something to find out or to do outside the decision: check a PIN, make a key, sign. The host performs it.</summary>
#pragma warning disable CA1040 // The marker keeps the outside world a closed list.
public interface IEffect;

/// <summary>What an effect found out or did; handed back to the decision among the <see cref="Facts"/>.</summary>
public interface IOutcome;
#pragma warning restore CA1040
