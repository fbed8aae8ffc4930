namespace Seal.Ledger;

/// <summary>
/// Something that follows the log in the background, in order, from where it stopped last time. Of all processes on one
/// database one at a time leads it; when that one dies, another goes on. It never skips an event: at one that it cannot take
/// it stands still and tries again.
/// </summary>
public abstract class LedgerReader
{
    private protected LedgerReader()
    {
    }

    /// <summary>The name its place is kept under: <c>[a-z][a-z0-9_-]*</c>, at most 40 characters; for a projection without <c>-</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Raise it when it makes something else of the same events.</summary>
    public virtual int Version => 1;

    /// <summary>Wire names of the events it wants.</summary>
    public abstract IReadOnlySet<string> Types { get; }
}

/// <summary>
/// Reacts to events with something outside the ledger's transaction, such as a command. Its place is kept after each reaction,
/// so a reaction may come a second time after a sudden end and must then find nothing left to do.
/// </summary>
public abstract class Automation : LedgerReader
{
    /// <summary>Reacts to one event.</summary>
    /// <param name="recorded">The event.</param>
    /// <param name="ct">Cancelled when another process may have taken over.</param>
    /// <returns>When the reaction is done for good.</returns>
    public abstract Task ReactAsync(RecordedEvent recorded, CancellationToken ct);
}

/// <summary>
/// Rows that follow the events a moment later, in a table of their own. Rows and place are written in one transaction, so every
/// event counts once. A new version, and one that an operator asks for, is built beside the one in use and takes its place
/// when it has caught up.
/// </summary>
public abstract class AsyncProjection : LedgerReader
{
    /// <summary>The table's columns and keys: what stands between the parentheses of <c>create table</c>.</summary>
    public abstract string Columns { get; }

    /// <summary>Folds events into the table. All its writes go through the connection it is given, whose transaction the ledger commits.</summary>
    /// <param name="chunk">The events and where they go.</param>
    /// <param name="ct">Cancels the fold, and with it the transaction.</param>
    /// <returns>When the statements are sent.</returns>
    public abstract Task FoldAsync(ProjectionChunk chunk, CancellationToken ct);
}
