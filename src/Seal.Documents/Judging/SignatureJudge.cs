using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Certificates;

namespace Seal.Documents.Judging;

/// <summary>Judges the signatures of one document, after what the file itself says of them has been examined.</summary>
internal sealed class SignatureJudge(EvidencePool evidence, DocumentTimestamps timestamps, ShownPlaces? places, JudgeOptions options)
{
    public async ValueTask<SignatureJudgement> JudgeAsync(ExaminedSignature signature, CancellationToken cancellation)
    {
        var stamp = timestamps.Proofs.GetValueOrDefault(signature);
        var isTimestamp = signature.Container.Timestamp is not null;
        var finding = signature.Holds && !isTimestamp && options.Register is { } register
            ? await register.FindAsync(Facts(signature), cancellation)
            : null;
        var time = stamp is not null ? SigningTime.Of(stamp)
            : signature.Holds ? await TimeAsync(signature, finding, cancellation)
            : SigningTime.Claim(signature.ClaimedTime);
        Check[] checks =
        [
            signature.Container.Structure,
            signature.Coverage,
            signature.Changes,
            signature.Cryptographic?.Digest ?? Check.NotMade(CheckName.Digest),
            signature.Cryptographic?.Value ?? Check.NotMade(CheckName.SignatureValue),
            stamp is not null ? CertificateCheck.Of(stamp)
                : signature.Holds ? await CertificateCheck.OfAsync(signature.Certificate!, time, evidence, options, cancellation)
                : Check.NotMade(CheckName.Certificate),
            !signature.Holds ? Check.NotMade(CheckName.SealData)
                : signature.Container.Ses is { } ses ? await SesSealDataCheck.OfAsync(ses, signature.Certificate!, null, time, evidence, options, cancellation)
                : LedgerCheck.SealData(finding),
            time.Check,
            signature.Holds ? LedgerCheck.Ledger(finding) : Check.NotMade(CheckName.Ledger),
        ];
        (var verdict, var sub) = VerdictTable.Of(checks, options.RequireLedger && !isTimestamp);
        return new SignatureJudgement
        {
            Id = signature.Signature.Field.FullName,
            Kind = signature.Container.Kind,
            Verdict = verdict,
            SubIndication = sub,
            Signer = signature.Certificate is { } certificate ? Describe(certificate) : null,
            SignedAt = time.At,
            TimeSource = time.Source,
            Seal = finding?.Seal,
            Checks = checks,
            LaterChanges = signature.LaterChanges,
            SignedLength = signature.SignedLength,
            SealData = signature.Container.Ses is { } sealing ? OfdAnswer.Describe(sealing.SealData, signature.Holds) : null,
            Places = places?.Of(signature.Signature.Field) ?? [],
        };
    }

    private async ValueTask<SigningTime> TimeAsync(ExaminedSignature signature, RegisterFinding? finding, CancellationToken cancellation)
    {
        var existedAt = timestamps.Existence.Of(signature.SignedLength!.Value);
        var knownAt = existedAt ?? options.Clock.GetUtcNow();
        List<TimestampProof> own = [];
        foreach (var token in signature.Container.SignatureTimeStamps)
        {
            own.Add(await TimestampProof.OverAsync(token, signature.Container.SignatureValue, knownAt, evidence, options, cancellation));
        }

        return SigningTime.Of(own, existedAt, finding, signature.ClaimedTime);
    }

    private static SignerFacts Describe(Certificate certificate) => new(
        certificate.Subject.ToString(),
        certificate.Issuer.ToString(),
        certificate.SerialNumberText.ToLowerInvariant(),
        certificate.Thumbprint,
        certificate.NotBefore.ToUniversalTime(),
        certificate.NotAfter.ToUniversalTime());

    private static SignatureFacts Facts(ExaminedSignature signature) => new()
    {
        Receipt = signature.Container.Receipt,
        DigestAlgorithm = signature.Container.Signer?.DigestAlgorithm ?? DigestAlgorithm.Sm3,
        SignedBytesDigest = signature.Cryptographic!.SignedBytesDigest,
        ContainerDigest = DigestAlgorithm.Sha256.HashData(signature.Container.Encoded.Span),
        SignerSerialNumber = signature.Certificate!.SerialNumberText.ToLowerInvariant(),
        SignerThumbprint = signature.Certificate.Thumbprint,
        ClaimedTime = signature.Signature.ClaimedTime,
    };
}
