namespace Seal.Ledger.Appending;

/// <summary>
/// What was read before the head was locked. It stands for the log as it is under the lock if nothing was appended in
/// between, or nothing but the one batch that this process was writing meanwhile, whose outcome is known here.
/// </summary>
/// <param name="Size">The size of the log before the rows were read.</param>
/// <param name="Known">The rows.</param>
internal sealed record Glimpse(long Size, KnownRows Known)
{
    /// <summary>Gives the rows to the state under the lock, if they are right.</summary>
    /// <param name="state">The state, with the head only.</param>
    /// <param name="last">The batch that this process sent last.</param>
    /// <returns>Whether they are right.</returns>
    public bool TryTake(LogState state, BatchDecision? last)
    {
        if (state.Range.Size != Size)
        {
            // The root tells that batch from any other of the same length.
            if (last is null || last.FirstPosition != Size || last.State.Range.Size != state.Range.Size
                || !last.State.Range.Root().AsSpan().SequenceEqual(state.Range.Root()))
            {
                return false;
            }

            Known.Overlay(last);
        }

        state.Known = Known;
        return true;
    }
}
