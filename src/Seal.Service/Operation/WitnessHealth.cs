using Seal.Ledger.Witnessing;

namespace Seal.Service.Operation;

/// <summary>How the ledger stands with its witnesses.</summary>
/// <param name="Needed">How many of them make a checkpoint witnessed.</param>
/// <param name="WitnessedSize">Events under the newest witnessed checkpoint; <c>null</c> if there is none yet.</param>
/// <param name="WitnessedAt">When it became witnessed, UTC.</param>
/// <param name="Each">Each witness.</param>
/// <param name="Fault">Why the ledger itself has nothing to send; <c>null</c> if it has.</param>
public sealed record WitnessHealth(int Needed, long? WitnessedSize, DateTimeOffset? WitnessedAt, IReadOnlyList<OneWitnessHealth> Each, string? Fault)
{
    /// <summary>As the ledger has it; <c>null</c> without witnesses.</summary>
    public static WitnessHealth? Of(WitnessStatus status)
    {
        ArgumentNullException.ThrowIfNull(status);
        return status.Witnesses.Count == 0
            ? null
            : new WitnessHealth(
                status.Needed, status.Size, status.At,
                [.. status.Witnesses.Select(witness => new OneWitnessHealth(witness.Name, witness.Size, witness.At, witness.Fault))],
                status.Fault);
    }
}

/// <summary>How the ledger stands with one witness.</summary>
/// <param name="Name">The witness's name.</param>
/// <param name="Size">Events under the last checkpoint that it cosigned; 0 if it never did.</param>
/// <param name="CosignedAt">When it did, UTC.</param>
/// <param name="Fault">Why it did not cosign when it was asked last; <c>null</c> if it did.</param>
public sealed record OneWitnessHealth(string Name, long Size, DateTimeOffset? CosignedAt, string? Fault);
