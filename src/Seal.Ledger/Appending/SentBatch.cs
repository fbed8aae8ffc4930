namespace Seal.Ledger.Appending;

/// <summary>A batch on its way to the disk.</summary>
/// <param name="decision">What it writes.</param>
internal sealed class SentBatch(BatchDecision decision)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public BatchDecision Decision { get; } = decision;

    public bool IsUnderWay => !_ended.Task.IsCompleted;

    /// <summary>When the database has answered, whatever it did, or will not.</summary>
    public Task Ended => _ended.Task;

    /// <summary>The database has answered, or will not.</summary>
    public void End() => _ended.TrySetResult();
}
