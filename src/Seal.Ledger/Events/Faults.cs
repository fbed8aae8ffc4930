namespace Seal.Ledger;

/// <summary>
/// The clock seems to have jumped forward. Nothing is appended until an operator confirms the clock
/// (<see cref="EventLedger.ConfirmClock"/>) or it is mended: the log's time never goes back, so one bad clock would fix it for ever.
/// Who asks for the time to state it to others (<see cref="EventLedger.TimeAsync"/>) is refused a clock that is behind, too.
/// </summary>
/// <param name="clock">What the clock says.</param>
/// <param name="plausible">The latest time that would have been believed; of a clock that is behind, the earliest.</param>
/// <param name="witness">What it was compared with.</param>
public sealed class ClockJumpException(DateTimeOffset clock, DateTimeOffset plausible, string witness)
    : LedgerException(clock > plausible
        ? $"The clock says {clock:O}, later than {plausible:O}, which is the latest that {witness} makes plausible."
        : $"The clock says {clock:O}, earlier than {plausible:O}, which is the earliest that {witness} makes plausible.")
{
    /// <summary>What the clock says.</summary>
    public DateTimeOffset Clock { get; } = clock;

    /// <summary>The latest time that would have been believed; of a clock that is behind, the earliest.</summary>
    public DateTimeOffset Plausible { get; } = plausible;

    /// <summary>What it was compared with.</summary>
    public string Witness { get; } = witness;
}

/// <summary>PostgreSQL cannot be reached or did not answer, or what it answered cannot be passed on.</summary>
/// <param name="message">What happened.</param>
/// <param name="outcomeUnknown">Whether the append may have been committed.</param>
/// <param name="inner">The cause.</param>
public class LedgerUnavailableException(string message, bool outcomeUnknown, Exception? inner)
    : LedgerException(message, inner)
{
    /// <summary>
    /// True if the append may be, or is, in the log all the same: the connection broke during the commit and the database stayed
    /// away too long to ask, or the events could not be read back or proven after it. False: nothing was appended, it may be tried again. With an idempotency key it may be tried again in both cases.
    /// </summary>
    public bool OutcomeUnknown { get; } = outcomeUnknown;
}

/// <summary>The disk that PostgreSQL writes to is full. As soon as there is room on it, appends are made again.</summary>
/// <param name="message">What happened.</param>
/// <param name="outcomeUnknown">Whether the append may have been committed.</param>
/// <param name="inner">The cause.</param>
public sealed class LedgerDiskFullException(string message, bool outcomeUnknown, Exception? inner)
    : LedgerUnavailableException(message, outcomeUnknown, inner);

/// <summary>The ledger's own tables contradict each other: someone or something changed what is never changed.</summary>
/// <param name="message">What contradicts what.</param>
public sealed class LedgerCorruptException(string message) : LedgerException(message);

/// <summary>The database or the settings do not fit this ledger; the message says in one sentence what to change.</summary>
/// <param name="message">What is wrong and how to mend it.</param>
public sealed class LedgerConfigurationException(string message) : LedgerException(message);
