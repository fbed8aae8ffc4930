namespace Seal.Ledger;

/// <summary>The answer to an append.</summary>
/// <param name="Events">The events as recorded, in order of position.</param>
/// <param name="Replayed">True if the idempotency key was known and nothing was appended now.</param>
/// <param name="Outcome">The text kept with the idempotency key; null without one.</param>
/// <param name="Proof">Proofs, if asked for.</param>
public sealed record AppendResult(IReadOnlyList<RecordedEvent> Events, bool Replayed, string? Outcome, AppendProof? Proof);
