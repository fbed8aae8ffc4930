namespace Seal.Ledger.Appending;

/// <summary>
/// The batch that this process sent last, for the one that follows while it is still being written; and whether it pays to decide
/// that one before the lock is there.
/// </summary>
/// <param name="memory">What is known after it.</param>
internal sealed class LastBatch(LogMemory memory)
{
    /// <summary>After a mistake so many batches take the lock first: another process appends, too, and would make the next ones vain as well.</summary>
    private const int Caution = 64;

    private int _cautious;
    private int _inquiring;
    private SentBatch? _newest;

    /// <summary>The batch that is being written just now; null if none is.</summary>
    public SentBatch? UnderWay => Volatile.Read(ref _newest) is { IsUnderWay: true } newest ? newest : null;

    /// <summary>A batch goes out.</summary>
    /// <returns>To be told when the database has answered, or will not.</returns>
    public SentBatch Sent(BatchDecision decision)
    {
        memory.Keep(decision);
        var sent = new SentBatch(decision);
        Volatile.Write(ref _newest, sent);
        return sent;
    }

    /// <summary>Whether a batch may be decided on a log that is only foreseen.</summary>
    public bool MayForesee() => IsOver(ref _cautious);

    /// <summary>What appends can be decided on without reading; null where something must be read.</summary>
    public LogState? Recall(IReadOnlyList<PendingAppend> appends, BatchDecision? underWay) =>
        IsOver(ref _inquiring) ? memory.Recall(appends, underWay) : null;

    /// <summary>A batch was decided on a log that came out otherwise.</summary>
    public void Erred()
    {
        memory.Forget();
        Volatile.Write(ref _cautious, Caution);
    }

    /// <summary>A batch took something for new that was there: who repeats requests may do so again.</summary>
    public void Presumed()
    {
        memory.Forget();
        Volatile.Write(ref _inquiring, Caution);
    }

    /// <summary>A batch came to nothing, or it is not known to what.</summary>
    public void Failed() => memory.Forget();

    private static bool IsOver(ref int left)
    {
        if (Volatile.Read(ref left) <= 0)
        {
            return true;
        }

        Interlocked.Decrement(ref left);
        return false;
    }
}
