namespace Seal.Ledger.Readers;

/// <summary>Reacts to one event after the other and keeps its place after each.</summary>
internal sealed class AutomationLoop(ReaderTools tools, Automation automation, long generation) : ReaderLoop(tools, automation, generation)
{
    protected override async Task TakeAsync(List<RecordedEvent> chunk, long end, CancellationToken ct)
    {
        foreach (var recorded in chunk)
        {
            // What was passed over on the way belongs to nobody.
            Position = recorded.Position;
            await automation.ReactAsync(recorded, ct);
            await Lease.AdvanceAsync(Term, recorded.Position + 1, ct);
            Position = recorded.Position + 1;
        }

        await Lease.AdvanceAsync(Term, end, ct);
    }
}
