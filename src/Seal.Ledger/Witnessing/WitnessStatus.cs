namespace Seal.Ledger.Witnessing;

/// <summary>How a log stands with its witnesses.</summary>
/// <param name="Needed">How many must cosign a checkpoint.</param>
/// <param name="Size">Entries under the newest checkpoint that enough of them cosigned; null if there is none yet.</param>
/// <param name="At">When the last of those that were needed did; null if there is none yet.</param>
/// <param name="Witnesses">Each of them.</param>
/// <param name="Fault">Why the log itself has nothing to send, such as a head that does not continue what it signed; null if it has.</param>
public sealed record WitnessStatus(int Needed, long? Size, DateTimeOffset? At, IReadOnlyList<WitnessState> Witnesses, string? Fault);

/// <summary>How a log stands with one witness.</summary>
/// <param name="Name">The witness's name.</param>
/// <param name="KeyId">The id of its key.</param>
/// <param name="Size">Entries under the last checkpoint it cosigned; 0 if it never did.</param>
/// <param name="At">When it did; null if it never did.</param>
/// <param name="Fault">Why the last request failed; null if it did not.</param>
public sealed record WitnessState(string Name, uint KeyId, long Size, DateTimeOffset? At, string? Fault);

/// <summary>A checkpoint that enough witnesses cosigned.</summary>
/// <param name="Checkpoint">The checkpoint; its note carries their lines behind the log's.</param>
/// <param name="Cosignatures">What they said.</param>
public sealed record WitnessedCheckpoint(SignedCheckpoint Checkpoint, IReadOnlyList<Cosignature> Cosignatures);
