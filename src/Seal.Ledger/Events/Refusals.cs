namespace Seal.Ledger;

/// <summary>A stream is not at the version that the decision read: a lost race. Decide anew and append again.</summary>
/// <param name="stream">The stream.</param>
/// <param name="expected">The version the request named.</param>
/// <param name="actual">The version found; 0 if the stream does not exist.</param>
public class ConcurrencyException(string stream, long expected, long actual)
    : LedgerException($"Stream '{stream}' is at version {actual}, not at {expected}.")
{
    /// <summary>The stream.</summary>
    public string Stream { get; } = stream;

    /// <summary>The version the request named.</summary>
    public long Expected { get; } = expected;

    /// <summary>The version found; 0 if the stream does not exist.</summary>
    public long Actual { get; } = actual;
}

/// <summary>A condition of the append did not hold; nothing was appended.</summary>
/// <param name="condition">The condition.</param>
/// <param name="actualVersion">For <see cref="AppendCondition.StreamAt"/>: the version found.</param>
/// <param name="actualTime">For <see cref="AppendCondition.RecordedBefore"/>: the time it would have been recorded.</param>
public sealed class ConditionFailedException(AppendCondition condition, long? actualVersion, DateTimeOffset? actualTime)
    : LedgerException(actualVersion is null
        ? $"The append would be recorded at {actualTime:O}: {condition} does not hold."
        : $"The stream is at version {actualVersion}: {condition} does not hold.")
{
    /// <summary>The condition that did not hold; it names the stream and the version, or the time.</summary>
    public AppendCondition Condition { get; } = condition;

    /// <summary>For <see cref="AppendCondition.StreamAt"/>: the version found; 0 if the stream does not exist.</summary>
    public long? ActualVersion { get; } = actualVersion;

    /// <summary>For <see cref="AppendCondition.RecordedBefore"/>: the time it would have been recorded.</summary>
    public DateTimeOffset? ActualTime { get; } = actualTime;
}

/// <summary>An idempotency key came again, but with another request.</summary>
/// <param name="scope">Scope of the key.</param>
/// <param name="key">The key.</param>
public sealed class IdempotencyConflictException(string scope, string key)
    : LedgerException($"The idempotency key '{key}' of '{scope}' was used for another request.")
{
    /// <summary>Scope of the key.</summary>
    public string Scope { get; } = scope;

    /// <summary>The key.</summary>
    public string Key { get; } = key;
}

/// <summary>An event's canonical envelope is larger than an entry of the log may be: record its digest instead.</summary>
/// <param name="stream">The stream it was meant for.</param>
/// <param name="eventType">The event's type.</param>
/// <param name="length">Length of the envelope in bytes.</param>
public sealed class EventTooLargeException(string stream, string eventType, int length)
    : LedgerException($"An event '{eventType}' for '{stream}' has {length} bytes; an entry holds at most {EventEnvelope.MaximumLength}.")
{
    /// <summary>The stream it was meant for.</summary>
    public string Stream { get; } = stream;

    /// <summary>The event's type.</summary>
    public string EventType { get; } = eventType;

    /// <summary>Length of the envelope in bytes.</summary>
    public int Length { get; } = length;
}

/// <summary>An inline projection, or the database for it, could not take an event; the append was refused.</summary>
/// <param name="message">What happened.</param>
/// <param name="inner">The cause.</param>
public sealed class AppendRefusedException(string message, Exception inner)
    : LedgerException(message, inner);
