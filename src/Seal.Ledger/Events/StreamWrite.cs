namespace Seal.Ledger;

/// <summary>Events for one stream.</summary>
/// <param name="Stream">Text <c>type/key</c>, such as <c>seal/01JD…</c>.</param>
/// <param name="ExpectedVersion">Version of the stream's last event as the decision read it; 0 if it does not exist yet.</param>
/// <param name="Events">The events in order; the first gets version <paramref name="ExpectedVersion"/> + 1.</param>
public sealed record StreamWrite(string Stream, long ExpectedVersion, IReadOnlyList<EventData> Events);
