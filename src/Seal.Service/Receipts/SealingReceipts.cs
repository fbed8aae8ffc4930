using System.Security.Cryptography;
using System.Text;
using Seal.Domain.Deciding;
using Seal.Domain.Seals;
using Seal.Domain.Signings;
using Seal.Ledger;
using Seal.Ledger.Evidence;
using Seal.Ledger.Receipts;
using Seal.Service.Commands;
using Seal.Service.Keys;
using Seal.Service.Views;

namespace Seal.Service.Receipts;

/// <summary>
/// Makes sealed receipts: the events of one signing, the issuing of its certificate, the seal's application and the edition of its
/// data, each proven under one signed checkpoint, and the certificates of the issuing authorities. Nothing else that happened to the seal or its holders is in them.
/// </summary>
public sealed class SealingReceipts(EventLedger ledger, NoteKeys keys, Editions editions, Authorities authorities)
{
    /// <summary>The receipt of a signing; null when it was not sealed.</summary>
    /// <exception cref="LedgerException">No checkpoint can be signed now.</exception>
    public async Task<LogReceipt?> MakeAsync(SigningId id, CancellationToken cancellation)
    {
        var own = await ReadAsync(id.Stream, ReadUntil.All, cancellation);
        var signing = own.Aggregate(Signing.Initial, (state, recorded) => state.Apply(StreamLoader.Facts(recorded)));
        if (signing is not { Status: SigningStatus.Sealed, Certificate: { } certificate })
        {
            return null;
        }

        var seal = await ReadAsync(signing.Seal.Stream, ReadUntil.All, cancellation);
        var edition = seal.First(recorded => StreamLoader.Facts(recorded) is EditionMade made && made.Number == signing.Edition);
        RecordedEvent[] events =
        [
            .. own.Append(seal[0]).Append(edition).Append((await ReadAsync(certificate.Stream, ReadUntil.Version(1), cancellation))[0]).OrderBy(recorded => recorded.Position),
        ];
        var checkpoint = await CheckpointAsync(events[^1].Position, cancellation);
        var proofs = await ledger.ProveInclusionsAsync([.. events.Select(recorded => recorded.Position)], checkpoint.Head.Size, cancellation);
        return new LogReceipt(
            LogReceipt.CurrentFormat,
            id.Stream.ToString(),
            checkpoint.Note,
            keys.Verifiers,
            [.. events.Select((recorded, i) => new EvidenceEvent(recorded.Position, Encoding.UTF8.GetString(recorded.ToLeaf()), proofs[i].Hashes))],
            [
                .. await SealDataAsync(signing, (EditionMade)StreamLoader.Facts(edition), cancellation),
                .. authorities.Intermediates.Select(authority => Material(EvidenceMaterialKind.Authority, authority.Subject.ToString(), authority.RawData)),
            ]);
    }

    /// <summary>The newest checkpoint that witnesses cosigned, if it covers the position; else the newest of all.</summary>
    private async Task<SignedCheckpoint> CheckpointAsync(long position, CancellationToken cancellation) =>
        await ledger.WitnessedCheckpointAsync(cancellation) is { } witnessed && witnessed.Checkpoint.Head.Size > position
            ? witnessed.Checkpoint
            : await ledger.CheckpointAsync(cancellation);

    // Seal data that show a person may have been erased with the person.
    private async Task<IReadOnlyList<EvidenceMaterial>> SealDataAsync(Signing signing, EditionMade edition, CancellationToken cancellation) =>
        await editions.FindAsync(signing.Seal, edition.Digest, cancellation) is { } data
            ? [Material(EvidenceMaterialKind.SealData, $"{signing.Seal.Stream} {edition.Number}", data)]
            : [];

    private static EvidenceMaterial Material(string kind, string name, ReadOnlyMemory<byte> content) =>
        new(kind, name, Convert.ToHexStringLower(SHA256.HashData(content.Span)), content);

    private async Task<IReadOnlyList<RecordedEvent>> ReadAsync(StreamId stream, ReadUntil until, CancellationToken cancellation) =>
        (await ledger.ReadStreamsAsync([stream.ToString()], until, cancellation))[stream.ToString()];
}
