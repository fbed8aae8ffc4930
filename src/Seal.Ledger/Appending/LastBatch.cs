namespace Seal.Ledger.Appending;

/// <summary>
/// The batch that this process sent last, for the one that follows while it is still being written; and whether it pays to decide
/// that one before the lock is there.
/// </summary>
internal sealed class LastBatch
{
    /// <summary>After a mistake so many batches take the lock first: another process appends, too, and would make the next ones vain as well.</summary>
    private const int Caution = 64;

    private int _underWay;
    private int _cautious;
    private BatchDecision? _decision;

    /// <summary>What the batch that is being written just now decided; null if none is.</summary>
    public BatchDecision? UnderWay => Volatile.Read(ref _underWay) > 0 ? Volatile.Read(ref _decision) : null;

    /// <summary>A batch goes out.</summary>
    public void Sent(BatchDecision decision)
    {
        Volatile.Write(ref _decision, decision);
        Interlocked.Increment(ref _underWay);
    }

    /// <summary>The database has answered, or will not.</summary>
    public void Ended() => Interlocked.Decrement(ref _underWay);

    /// <summary>Whether a batch may be decided on a log that is only foreseen.</summary>
    public bool MayForesee() => Volatile.Read(ref _cautious) == 0 || Interlocked.Decrement(ref _cautious) < 0;

    /// <summary>A batch was decided on a log that came out otherwise.</summary>
    public void Erred() => Volatile.Write(ref _cautious, Caution);
}
