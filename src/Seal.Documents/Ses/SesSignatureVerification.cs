using Seal.Cryptography.Certificates;

namespace Seal.Documents.Ses;

/// <summary>
/// What came of verifying a sealed document's signature: signature value, signer in the seal's list, seal and signer's
/// certificate as of the signing, document hash. Every step is answered, so that a judge can show them side by side;
/// only an unreadable structure ends it at once.
/// </summary>
/// <param name="Signature">The signature; null when it could not be read.</param>
/// <param name="Signer">The signer's certificate; null when it could not be read.</param>
/// <param name="SealData">The verification of the seal inside, as of the signing; null when nothing could be read.</param>
/// <param name="Findings">One per step.</param>
public sealed record SesSignatureVerification(
    SesSignature? Signature, Certificate? Signer, SesSealVerification? SealData, IReadOnlyList<SesFinding> Findings)
{
    /// <summary>The worst step's outcome.</summary>
    public SesOutcome Outcome => Findings.Max(finding => finding.Outcome);

    /// <summary>The finding that decided: the first of the worst.</summary>
    public SesFinding Decisive => Findings.First(finding => finding.Outcome == Outcome);

    /// <summary>Reads and verifies a signature. Never throws for what the bytes are.</summary>
    /// <param name="der">SES_Signature without padding behind.</param>
    /// <param name="trust">Trusted roots and revocation evidence, for maker and signer.</param>
    /// <param name="dataHash">The SM3 of what the document says is sealed; null leaves that step unknown.</param>
    /// <param name="provenTime">The time of signing where a time stamp has proven it; null takes timeInfo, which is only claimed.</param>
    /// <param name="options">Bounds; <see cref="SesReadOptions.Default"/> when null.</param>
    public static SesSignatureVerification Verify(
        ReadOnlyMemory<byte> der, SesTrust trust, ReadOnlyMemory<byte>? dataHash, DateTimeOffset? provenTime = null, SesReadOptions? options = null)
    {
        try
        {
            return Verify(SesSignature.Parse(der, options), trust, dataHash, provenTime);
        }
        catch (SesFormatException e)
        {
            return new(null, null, null, [new SesFinding(SesStep.Format, SesOutcome.Failed, SesReason.Malformed, Detail: e.Message)]);
        }
    }

    /// <summary>Verifies a signature already read; parameters as above.</summary>
    public static SesSignatureVerification Verify(
        SesSignature signature, SesTrust trust, ReadOnlyMemory<byte>? dataHash, DateTimeOffset? provenTime = null)
    {
        var format = SesSealVerification.ReadCertificate(signature.SignerCertificate, out var signer);
        if (signer is null)
        {
            return new(signature, null, null, [format]);
        }

        var at = provenTime ?? signature.SignedAt;
        var seal = SesSealVerification.Verify(signature.SealData, trust, at);
        return new(signature, signer, seal,
        [
            format,
            SesTrust.JudgeSignature(
                SesStep.SignatureValue, signature.SignatureAlgorithmOid, signer, signature.TbsBytes.Span, signature.Signature.Span),
            signature.SealData.Lists(signer)
                ? new SesFinding(SesStep.SignerListed, SesOutcome.Passed, SesReason.Ok)
                : new SesFinding(SesStep.SignerListed, SesOutcome.Failed, SesReason.SignerNotListed),
            JudgeSeal(seal),
            trust.JudgeCertificate(SesStep.SignerCertificate, signer, at, KeyPurpose.DocumentSigning),
            JudgeHash(signature, dataHash),
        ]);
    }

    private static SesFinding JudgeSeal(SesSealVerification seal) => seal.Outcome == SesOutcome.Failed
        ? new SesFinding(SesStep.SealData, SesOutcome.Failed, SesReason.SealNotInOrder)
        : seal.Decisive with { Step = SesStep.SealData };

    private static SesFinding JudgeHash(SesSignature signature, ReadOnlyMemory<byte>? dataHash) => dataHash switch
    {
        null => new SesFinding(SesStep.DataHash, SesOutcome.Unknown, SesReason.HashNotGiven),
        { } hash when hash.Span.SequenceEqual(signature.DataHash.Span) => new SesFinding(SesStep.DataHash, SesOutcome.Passed, SesReason.Ok),
        _ => new SesFinding(SesStep.DataHash, SesOutcome.Failed, SesReason.HashDiffers),
    };
}
