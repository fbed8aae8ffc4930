namespace Seal.Documents.Judging;

/// <summary>The document time stamps of one file, judged, and what they prove about it.</summary>
/// <param name="Proofs">One for each that is whole.</param>
/// <param name="Existence">Since when which part of the file is proven to have existed.</param>
internal sealed record DocumentTimestamps(IReadOnlyDictionary<ExaminedSignature, TimestampProof> Proofs, ProvenExistence Existence)
{
    public static async ValueTask<DocumentTimestamps> JudgeAsync(
        IEnumerable<ExaminedSignature> signatures, EvidencePool evidence, JudgeOptions options, CancellationToken cancellation)
    {
        Dictionary<ExaminedSignature, TimestampProof> proofs = new(ReferenceEqualityComparer.Instance);
        ProvenExistence existence = new();
        foreach (var stamp in signatures.Where(static one => one is { Holds: true, Container.Timestamp: not null }).OrderByDescending(static one => one.SignedLength))
        {
            var knownAt = existence.Of(stamp.SignedLength!.Value) ?? options.Clock.GetUtcNow();
            var proof = await TimestampProof.OfAsync(
                stamp.Container.Timestamp!, stamp.Cryptographic!.SignedBytesDigest, knownAt, evidence, options, cancellation);
            proofs.Add(stamp, proof);
            if (proof.Proves)
            {
                existence.Add(stamp.SignedLength.Value, proof.Time!.Value);
            }
        }

        return new DocumentTimestamps(proofs, existence);
    }
}
