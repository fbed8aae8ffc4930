using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Seal.Ledger.Projections;

namespace Seal.Ledger.Appending;

/// <summary>An event ready to be numbered: its body canonical, the rows it changes known.</summary>
internal sealed record PreparedEvent(string Type, byte[] Body, IReadOnlyList<ProjectionTarget> Targets);

/// <summary>The prepared events of one stream.</summary>
internal sealed record PreparedWrite(string Stream, long ExpectedVersion, IReadOnlyList<PreparedEvent> Events);

/// <summary>What the sequencer answers. A replay of an older request names its positions; the caller reads them itself.</summary>
internal sealed record AppendAnswer(IReadOnlyList<RecordedEvent>? Events, long FirstPosition, int Count, bool Replayed, string? Outcome);

/// <summary>One caller's append on its way through the sequencer. All that can be done before the lock is done before it is queued.</summary>
internal sealed partial class PendingAppend
{
    private const int LongestName = 512;

    private readonly TaskCompletionSource<AppendAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _taken;

    private PendingAppend(IReadOnlyList<PreparedWrite> writes, byte[] metadata, AppendRequest request)
    {
        Writes = writes;
        Metadata = metadata;
        Conditions = request.Conditions;
        Idempotency = request.Idempotency;
    }

    public IReadOnlyList<PreparedWrite> Writes { get; }

    public byte[] Metadata { get; }

    public IReadOnlyList<AppendCondition> Conditions { get; }

    public IdempotencyKey? Idempotency { get; }

    /// <summary>About how many bytes it will write.</summary>
    public int Length => Writes.Sum(w => w.Events.Sum(e => e.Body.Length + Metadata.Length));

    public Task<AppendAnswer> Answer => _answer.Task;

    public IEnumerable<string> Streams => Writes.Select(w => w.Stream).Concat(Conditions.OfType<AppendCondition.StreamAt>().Select(c => c.Stream));

    public static PendingAppend Prepare(AppendRequest request, ProjectionSet projections)
    {
        if (request.Writes.Count == 0 && request.Idempotency is null)
        {
            throw new ArgumentException("An append without events and without an idempotency key does nothing.", nameof(request));
        }

        if (request.Writes.DistinctBy(w => w.Stream).Count() != request.Writes.Count)
        {
            throw new ArgumentException("A stream is written twice in one append.", nameof(request));
        }

        foreach (var stream in request.Conditions.OfType<AppendCondition.StreamAt>().Select(c => c.Stream))
        {
            Check(StreamPattern(), stream, "a stream");
        }

        if (request.Idempotency is { } key && (key.Scope.Contains('\0', StringComparison.Ordinal) || key.Key.Contains('\0', StringComparison.Ordinal)
            || key.Outcome.Contains('\0', StringComparison.Ordinal)))
        {
            throw new ArgumentException("PostgreSQL keeps no zero character in an idempotency key.", nameof(request));
        }

        var metadata = request.Metadata.IsEmpty ? "{}"u8.ToArray() : CanonicalJson.CanonicaliseObject(request.Metadata.Span);
        return new PendingAppend([.. request.Writes.Select(w => Prepare(w, projections))], metadata, request);
    }

    /// <summary>True once: either the sequencer takes it or its caller gives it up.</summary>
    public bool TryTake() => Interlocked.Exchange(ref _taken, 1) == 0;

    public void GiveUp(CancellationToken ct)
    {
        if (TryTake())
        {
            _answer.TrySetCanceled(ct);
        }
    }

    public void Complete(AppendAnswer result) => _answer.TrySetResult(result);

    public void Refuse(Exception reason) => _answer.TrySetException(reason);

    private static PreparedWrite Prepare(StreamWrite write, ProjectionSet projections)
    {
        Check(StreamPattern(), write.Stream, "a stream");
        ArgumentOutOfRangeException.ThrowIfNegative(write.ExpectedVersion, nameof(write));
        if (write.Events.Count == 0)
        {
            throw new ArgumentException($"No event is given for '{write.Stream}': a stream that must only stay as it is, is a condition.", nameof(write));
        }

        return new PreparedWrite(write.Stream, write.ExpectedVersion, [.. write.Events.Select(e => Prepare(write.Stream, e, projections))]);
    }

    private static PreparedEvent Prepare(string stream, EventData data, ProjectionSet projections)
    {
        Check(TypePattern(), data.Type, "an event's type");
        var body = CanonicalJson.CanonicaliseObject(data.Body.Span);
        return new PreparedEvent(data.Type, body, projections.TargetsOf(new EventToProject(stream, data.Type, body)));
    }

    [SuppressMessage("Usage", "CA2208", Justification = "The argument is part of the request.")]
    private static void Check(Regex pattern, string text, string what)
    {
        if (text.Length > LongestName || !pattern.IsMatch(text))
        {
            throw new ArgumentException($"'{text}' cannot name {what}.", "request");
        }
    }

    /// <summary>Type, slash, key: a key may be any text without control characters, such as a seal's name.</summary>
    [GeneratedRegex(@"^[a-z][a-z0-9-]*/[^\p{Cc}\p{Cs}]+\z")]
    private static partial Regex StreamPattern();

    [GeneratedRegex(@"^[a-z][A-Za-z0-9.-]*\z")]
    private static partial Regex TypePattern();
}
