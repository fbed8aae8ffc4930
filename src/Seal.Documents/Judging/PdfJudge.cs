using System.Security.Cryptography;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Certificates;
using Seal.Documents.Pdf;

namespace Seal.Documents.Judging;

/// <summary>
/// Judges the signatures of a PDF by eight checks. Whatever the file is, the answer is a <see cref="Judgement"/> or a
/// <see cref="PdfFormatException"/>, within the limits' time and memory; nothing of it is executed or fetched.
/// </summary>
public static class PdfJudge
{
    /// <summary>Judges a document.</summary>
    /// <param name="document">Readable and seekable; read from position 0.</param>
    /// <param name="options">By what.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="PdfFormatException">The file cannot be read, with a code of <see cref="PdfProblem"/>.</exception>
    public static Task<Judgement> JudgeAsync(Stream document, JudgeOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(options);

        // Reading at random positions blocks, and a hostile file takes its seconds: not on the caller's thread.
        return Task.Run(() => JudgeHereAsync(document, options, cancellation), cancellation);
    }

    private static async Task<Judgement> JudgeHereAsync(Stream document, JudgeOptions options, CancellationToken cancellation)
    {
        var file = await PdfFile.OpenAsync(document, options.Limits, cancellation);
        var signatures = PdfSignature.FindAll(file);
        if (signatures.Count == 0)
        {
            file.RequireReadableTail();
        }

        ChangesCheck changes = new(file);
        List<SignatureJudgement> judged = [];
        foreach (var signature in signatures)
        {
            judged.Add(await JudgeAsync(file, signature, changes, options, cancellation));
        }

        document.Position = 0;
        var digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(document, cancellation));
        (var verdict, var sub) = VerdictTable.Of(judged);
        return new Judgement
        {
            File = options.FileName,
            Digest = $"sha256:{digest}",
            Verdict = verdict,
            SubIndication = sub,
            Signatures = judged,
        };
    }

    private static async Task<SignatureJudgement> JudgeAsync(
        PdfFile file, PdfSignature signature, ChangesCheck changes, JudgeOptions options, CancellationToken cancellation)
    {
        var container = SignatureContainer.Read(signature);
        var coverage = CoverageCheck.Of(file, signature);
        var signed = coverage.Result == CheckResult.Passed ? signature.SignedRevision(file) : null;
        (var changed, var later) = signed is null ? (NotChecked(CheckName.Changes), []) : changes.Of(signature, signed);
        var cryptographic = signed is null || container.Signer is null ? null : CryptographicCheck.Of(file, signature, container);
        var holds = cryptographic is { Holds: true };
        var certificate = container.Signer?.Certificate;

        var finding = holds && container.Timestamp is null && options.Register is { } register
            ? await register.FindAsync(Facts(signature, container, cryptographic!, certificate!), cancellation)
            : null;
        var time = SigningTime.Of(signature, container, holds, finding, options);
        Check[] checks =
        [
            container.Structure,
            coverage,
            changed,
            cryptographic?.Digest ?? NotChecked(CheckName.Digest),
            cryptographic?.Value ?? NotChecked(CheckName.SignatureValue),
            holds ? CertificateCheck.Of(container, time, options) : NotChecked(CheckName.Certificate),
            holds ? LedgerCheck.SealData(finding) : NotChecked(CheckName.SealData),
            time.Check,
            holds ? LedgerCheck.Ledger(finding) : NotChecked(CheckName.Ledger),
        ];
        var requireLedger = options.RequireLedger && container.Timestamp is null;
        (var verdict, var sub) = VerdictTable.Of(checks, requireLedger);
        return new SignatureJudgement
        {
            Id = signature.Field.FullName,
            Kind = container.Kind,
            Verdict = verdict,
            SubIndication = sub,
            Signer = certificate is null ? null : Describe(certificate),
            SignedAt = time.At,
            TimeSource = time.Source,
            Seal = finding?.Seal,
            Checks = checks,
            LaterChanges = later,
            SignedLength = signed is null ? null : signature.ByteRange![2] + signature.ByteRange[3],
        };
    }

    private static Check NotChecked(CheckName name) => Check.Unknown(name, "not-checked");

    private static SignerFacts Describe(Certificate certificate) => new(
        certificate.Subject.ToString(),
        certificate.Issuer.ToString(),
        certificate.SerialNumberText.ToLowerInvariant(),
        certificate.Thumbprint,
        certificate.NotBefore.ToUniversalTime(),
        certificate.NotAfter.ToUniversalTime());

    private static SignatureFacts Facts(PdfSignature signature, SignatureContainer container, CryptographicCheck cryptographic, Certificate certificate)
    {
        var receipt = container.Signer!.SignedAttributes.FirstOrDefault(attribute => attribute.Oid == SealReceipt.AttributeOid);
        return new SignatureFacts
        {
            Receipt = receipt is { Values: [var value] } ? SealReceipt.Decode(value) : null,
            DigestAlgorithm = container.Signer.DigestAlgorithm!.Value,
            SignedBytesDigest = cryptographic.SignedBytesDigest,
            ContainerDigest = DigestAlgorithm.Sha256.HashData(container.Encoded.Span),
            SignerSerialNumber = certificate.SerialNumberText.ToLowerInvariant(),
            SignerThumbprint = certificate.Thumbprint,
            ClaimedTime = signature.ClaimedTime,
        };
    }
}
