using System.Security.Cryptography;
using System.Text;
using Seal.Ledger.Evidence;
using Seal.Ledger.Witnessing;

namespace Seal.Ledger.Receipts;

/// <summary>Who must have signed a receipt's checkpoint.</summary>
/// <param name="Keys">The log's keys, from a place that the log's operator has no hand in; with none, signatures are not checked.</param>
/// <param name="Witnesses">The keys of witnesses.</param>
/// <param name="WitnessesNeeded">How many of them must have cosigned; counts only where there are any.</param>
public sealed record ReceiptTrust(IReadOnlyCollection<INoteVerifier> Keys, IReadOnlyCollection<INoteVerifier> Witnesses, int WitnessesNeeded);

/// <summary>A receipt whose events lead to its checkpoint.</summary>
/// <param name="Origin">The log's name.</param>
/// <param name="Head">Size and root of the log that the checkpoint signs.</param>
/// <param name="IsSigned">Whether a trusted key signed the checkpoint; false only when none was given.</param>
/// <param name="Cosignatures">What the witnesses that were asked for said of the checkpoint, one of each; empty when none was asked for.</param>
/// <param name="Events">The events, by position.</param>
/// <param name="Receipt">What was checked.</param>
public sealed record ProvenReceipt(
    string Origin, TreeHead Head, bool IsSigned, IReadOnlyList<Cosignature> Cosignatures, IReadOnlyList<RecordedEvent> Events, LogReceipt Receipt)
{
    /// <summary>Checks checkpoint, proofs and the digests of materials.</summary>
    /// <param name="receipt">The receipt.</param>
    /// <param name="trust">Who must have signed.</param>
    /// <exception cref="ReceiptException">Something does not hold.</exception>
    public static ProvenReceipt Of(LogReceipt receipt, ReceiptTrust trust)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        ArgumentNullException.ThrowIfNull(trust);
        (var origin, var head, var cosignatures) = Checkpoint(receipt.Checkpoint, trust);
        List<RecordedEvent> events = [];
        foreach (var entry in receipt.Events)
        {
            events.Add(Prove(entry, head));
            if (events.Count > 1 && events[^1].Position <= events[^2].Position)
            {
                throw new ReceiptException(ReceiptFlaw.Malformed, "The events do not stand by their positions.");
            }
        }

        return receipt.Materials.FirstOrDefault(IsAltered) is { } altered
            ? throw new ReceiptException(ReceiptFlaw.MaterialAltered, $"The {altered.Kind} does not have its digest.")
            : new ProvenReceipt(origin, head, trust.Keys.Count > 0, cosignatures, events, receipt);
    }

    private static (string Origin, TreeHead Head, IReadOnlyList<Cosignature> Cosignatures) Checkpoint(string text, ReceiptTrust trust)
    {
        try
        {
            var note = SignedNote.Parse(text);
            (var origin, var head) = TreeHead.ParseCheckpointText(note.Text);
            if (trust.Keys.Count > 0)
            {
                if (trust.Keys.All(key => key.Name != origin))
                {
                    throw new ReceiptException(ReceiptFlaw.OtherLog, $"The log is '{origin}'.");
                }

                note.Verify(trust.Keys);
            }

            return (origin, head, RequireWitnesses(note, head.Size, trust));
        }
        catch (Exception forged) when (forged is FormatException or CryptographicException)
        {
            throw new ReceiptException(ReceiptFlaw.CheckpointForged, "The checkpoint is not one that the log signed.", forged);
        }
    }

    private static Cosignature[] RequireWitnesses(SignedNote note, long size, ReceiptTrust trust)
    {
        var signed = Encoding.UTF8.GetBytes(note.Text);
        Cosignature[] found = [.. trust.Witnesses.DistinctBy(witness => (witness.Name, witness.KeyId)).Select(Of).OfType<Cosignature>()];
        return trust.Witnesses.Count == 0 || found.Length >= trust.WitnessesNeeded
            ? found
            : throw new ReceiptException(ReceiptFlaw.NotWitnessed, $"{found.Length} of {trust.WitnessesNeeded} witnesses cosigned.");

        Cosignature? Of(INoteVerifier witness) =>
            note.Signatures.FirstOrDefault(line => line.Name == witness.Name && line.KeyId == witness.KeyId && witness.Verify(signed, line.Signature.Span)) is { } line
            && Cosignature.TryRead(line, size, out var cosignature)
                ? cosignature
                : null;
    }

    private static RecordedEvent Prove(EvidenceEvent entry, TreeHead head)
    {
        var leaf = Encoding.UTF8.GetBytes(entry.Leaf);
        if (!new InclusionProof(entry.Position, head.Size, default, entry.Hashes).Proves(leaf, head))
        {
            throw new ReceiptException(ReceiptFlaw.EventAltered, $"The event at position {entry.Position} is not what the checkpoint covers.");
        }

        try
        {
            var recorded = EventEnvelope.Read(leaf);
            return recorded.Position == entry.Position ? recorded : throw new ReceiptException(ReceiptFlaw.EventAltered, "An event says it is at another position.");
        }
        catch (FormatException unreadable)
        {
            throw new ReceiptException(ReceiptFlaw.EventAltered, $"What is at position {entry.Position} is no event.", unreadable);
        }
    }

    private static bool IsAltered(EvidenceMaterial material) =>
        material.Content is not { } content || Convert.ToHexStringLower(SHA256.HashData(content.Span)) != material.Sha256;
}
