using Seal.Cryptography.Keys;
using Seal.Domain.Deciding;
using Seal.Domain.Seals;
using Seal.Domain.Signings;
using Seal.Ledger;

namespace Seal.Service.Commands;

/// <summary>
/// What effects have made for one command and not yet committed. If the append of the command's events is refused, all of it
/// is destroyed: nothing leaves the service that the ledger does not know.
/// </summary>
public sealed class Work : IAsyncDisposable
{
    private readonly List<Func<ValueTask>> _undo = [];
    private readonly List<Func<ValueTask>> _done = [];

    /// <summary>The holder's key while the PIN was right; it ends with the command.</summary>
    public SoftwareKey? UnlockedKey { get; private set; }

    /// <summary>What effects have found out that stays true whatever others do meanwhile; it need not be found out again.</summary>
    public IReadOnlyList<IOutcome> Findings { get; private set; } = [];

    /// <summary>Keeps a finding; what was made for streams as they were read is not one.</summary>
    public void Found(IOutcome outcome)
    {
        if (outcome is PinChecked or DocumentPrepared or ImpressionDrawn)
        {
            Findings = [.. Findings, outcome];
        }
    }

    /// <summary>What of the command is in the ledger already, in order: the use of a seal is recorded before it is made.</summary>
    public IReadOnlyList<RecordedEvent> Recorded { get; private set; } = [];

    /// <summary>Takes note of events that were recorded, and stay so whatever becomes of the rest.</summary>
    public void Record(IReadOnlyList<RecordedEvent> events) => Recorded = [.. Recorded, .. events];

    /// <summary>A turn at something that others wait for; given back when the command ends.</summary>
    public IAsyncDisposable? Turn { get; set; }

    /// <summary>Keeps an opened key until the command ends.</summary>
    public void Unlock(SoftwareKey key)
    {
        UnlockedKey?.Dispose();
        UnlockedKey = key;
    }

    /// <summary>How to destroy something just made, if it comes to that.</summary>
    public void OnDiscard(Func<ValueTask> undo) => _undo.Add(undo);

    /// <summary>What is left to do once the events are committed, such as dropping what they replace.</summary>
    public void OnCommit(Func<ValueTask> done) => _done.Add(done);

    /// <summary>The events are committed: what was made stays.</summary>
    public async ValueTask CommitAsync()
    {
        _undo.Clear();
        foreach (var done in _done)
        {
            await done();
        }

        _done.Clear();
    }

    /// <summary>The events were refused: what was made goes.</summary>
    public async ValueTask DiscardAsync()
    {
        foreach (var undo in Enumerable.Reverse(_undo))
        {
            await undo();
        }

        _undo.Clear();
        _done.Clear();
    }

    /// <summary>
    /// The events may be committed, or are and nobody could be told: what was made stays, for the ledger may refer to it, and so does what
    /// it would replace. What turns out to belong to nothing is of no use to anyone.
    /// </summary>
    public void Keep()
    {
        _undo.Clear();
        _done.Clear();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await DiscardAsync();
        UnlockedKey?.Dispose();
        if (Turn is not null)
        {
            await Turn.DisposeAsync();
        }
    }
}
