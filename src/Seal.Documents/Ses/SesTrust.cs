using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;

namespace Seal.Documents.Ses;

/// <summary>Whom a verifier trusts and what it knows of revocations.</summary>
/// <param name="TrustAnchors">Roots.</param>
/// <param name="Intermediates">Authorities that may lie between.</param>
/// <param name="Evidence">Revocation, as of any time.</param>
public sealed record SesTrust(
    IReadOnlyCollection<Certificate> TrustAnchors, IReadOnlyCollection<Certificate> Intermediates, IRevocationEvidence Evidence)
{
    private const string Sm2WithSm3 = "1.2.156.10197.1.501";
    private const string Sm2WithSm3Misprinted = "1.2.156.10197.501";

    internal SesFinding JudgeCertificate(SesStep step, Certificate certificate, DateTimeOffset? at, KeyPurpose purpose)
    {
        if (at is not { } time)
        {
            return new SesFinding(step, SesOutcome.Unknown, SesReason.TimeUnknown);
        }

        var path = PathValidation.Validate(certificate, Intermediates, TrustAnchors, time, purpose, Evidence);
        var (outcome, reason) = path.Status switch
        {
            PathStatus.Ok => (SesOutcome.Passed, SesReason.Ok),
            PathStatus.NoChain or PathStatus.TooComplex => (SesOutcome.Unknown, SesReason.NoChain),
            PathStatus.RevocationUnknown => (SesOutcome.Unknown, SesReason.RevocationUnknown),
            PathStatus.NotYetValid => (SesOutcome.Failed, SesReason.CertificateNotYetValid),
            PathStatus.Expired => (SesOutcome.Failed, SesReason.CertificateExpired),
            PathStatus.Revoked => (SesOutcome.Failed, SesReason.CertificateRevoked),
            _ => (SesOutcome.Failed, SesReason.CertificateUnfit),
        };
        return new SesFinding(step, outcome, reason, path);
    }

    /// <summary>SM2 with SM3 only, as both standards demand; the misprinted identifier of real files is read as what it means.</summary>
    internal static SesFinding JudgeSignature(
        SesStep step, string algorithmOid, Certificate certificate, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (algorithmOid is not (Sm2WithSm3 or Sm2WithSm3Misprinted))
        {
            return new SesFinding(step, SesOutcome.Failed, SesReason.AlgorithmNotAccepted);
        }

        return Signatures.Verify(SignatureAlgorithm.Sm2Sm3, certificate.SubjectPublicKeyInfo, message, signature)
            ? new SesFinding(step, SesOutcome.Passed, SesReason.Ok)
            : new SesFinding(step, SesOutcome.Failed, SesReason.SignatureWrong);
    }
}
