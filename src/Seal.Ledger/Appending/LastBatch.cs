namespace Seal.Ledger.Appending;

/// <summary>The batch that this process sent last, for the one that follows while it is still being written.</summary>
internal sealed class LastBatch
{
    private int _underWay;
    private BatchDecision? _decision;

    /// <summary>Whether a batch is being written just now.</summary>
    public bool IsUnderWay => Volatile.Read(ref _underWay) > 0;

    /// <summary>What it decided.</summary>
    public BatchDecision? Decision => Volatile.Read(ref _decision);

    /// <summary>A batch goes out.</summary>
    public void Sent(BatchDecision decision)
    {
        Volatile.Write(ref _decision, decision);
        Interlocked.Increment(ref _underWay);
    }

    /// <summary>The database has answered, or will not.</summary>
    public void Ended() => Interlocked.Decrement(ref _underWay);
}
