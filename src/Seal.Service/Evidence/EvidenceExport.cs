using Seal.Domain.Deciding;
using Seal.Domain.Organisations;
using Seal.Domain.Seals;
using Seal.Ledger;
using Seal.Ledger.Evidence;
using Seal.Service.Usage;
using Seal.Service.Views;

namespace Seal.Service.Evidence;

/// <summary>Makes evidence files, each under the newest checkpoint.</summary>
public sealed class EvidenceExport(EventLedger ledger, IReadOnlyCollection<INoteSigner> signers, NoteKeys keys, EvidenceSubjects subjects, EvidenceMaterials materials, TimeProvider clock)
{
    private static readonly string[] Reading =
    [
        "Each line is one JSON object (RFC 8259, UTF-8); its member 'record' says what it is. The format is described in docs/evidence.md of Seal.",
        "header: 'checkpoint' is a C2SP tlog-checkpoint in a signed note: origin, tree size, root hash (base64), an empty line, signatures. Take the log's keys from a place you trust, not from here.",
        "event: SHA-256(0x00 || UTF-8 bytes of 'leaf') is leaf number 'position' of that tree; 'hashes' is its inclusion proof (RFC 6962 section 2.1.1, SHA-256, base64).",
        "stream: its events follow, version 1, 2, 3 ... up to 'version' without a gap. What was recorded after the checkpoint is not here.",
        "event, 'words': SHA-256(salt || UTF-8 bytes of the words) is what the event's body holds, in hexadecimal digits.",
        "material: a certificate, revocation list or seal data file (DER, base64); the events name it by 'sha256'.",
        "end: a signed note over SHA-256 of every byte before the last line: with it, the log answers for the file being complete.",
    ];

    /// <summary>The evidence of a seal.</summary>
    /// <exception cref="LedgerException">No checkpoint can be signed now.</exception>
    public Task<IResult> OfSealAsync(SealId id, ElectronicSeal seal, string scope, CancellationToken cancellation) =>
        BeginAsync(id.Stream.ToString(), id.Value, scope, writer => subjects.WriteSealAsync(writer, id, seal, scope, cancellation), cancellation);

    /// <summary>The evidence of an organisation and of all its seals.</summary>
    /// <exception cref="LedgerException">No checkpoint can be signed now.</exception>
    public Task<IResult> OfOrganisationAsync(OrganisationId id, string scope, CancellationToken cancellation) =>
        BeginAsync(id.Stream.ToString(), id.Value, scope, writer => subjects.WriteOrganisationAsync(writer, id, scope, cancellation), cancellation);

    private async Task<IResult> BeginAsync(string about, string name, string scope, Func<EvidenceWriter, Task> subject, CancellationToken cancellation)
    {
        // Whatever can be refused is refused before the first byte.
        var checkpoint = await ledger.CheckpointAsync(cancellation);
        return TypedResults.Stream(
            async output =>
            {
                await using var buffer = new BufferedStream(output, 64 * 1024);
                using var writer = new EvidenceWriter(ledger, checkpoint, signers, buffer);
                await writer.BeginAsync(about, scope, clock.GetUtcNow(), keys.Verifiers, Reading, cancellation);
                await materials.WriteAuthoritiesAsync(writer, cancellation);
                await subject(writer);
                await writer.EndAsync(cancellation);
            },
            UsageExport.JsonLines,
            $"{name}.evidence.jsonl");
    }
}
