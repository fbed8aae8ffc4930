using Seal.Cryptography;
using Seal.Cryptography.Certificates;

namespace Seal.Documents.Ses;

/// <summary>
/// What came of verifying a seal as of a time: format, maker's signature, maker's certificate, validity, in this order,
/// up to the first failure. A step that cannot be told (no chain, revocation unknown) does not stop the next.
/// </summary>
/// <param name="SealData">The seal; null when it could not be read.</param>
/// <param name="Findings">One per step done.</param>
public sealed record SesSealVerification(SesSealData? SealData, IReadOnlyList<SesFinding> Findings)
{
    /// <summary>The worst step's outcome.</summary>
    public SesOutcome Outcome => Findings.Max(finding => finding.Outcome);

    /// <summary>The finding that decided: the first of the worst.</summary>
    public SesFinding Decisive => Findings.First(finding => finding.Outcome == Outcome);

    /// <summary>Reads and verifies a seal. Never throws for what the bytes are.</summary>
    /// <param name="der">SESeal.</param>
    /// <param name="trust">Trusted roots and revocation evidence.</param>
    /// <param name="at">As of when: the time of signing for a sealed document, now for a seal about to be used.</param>
    /// <param name="options">Bounds; <see cref="SesReadOptions.Default"/> when null.</param>
    public static SesSealVerification Verify(ReadOnlyMemory<byte> der, SesTrust trust, DateTimeOffset at, SesReadOptions? options = null)
    {
        try
        {
            return Verify(SesSealData.Parse(der, options), trust, at);
        }
        catch (SesFormatException e)
        {
            return new SesSealVerification(null, [new SesFinding(SesStep.Format, SesOutcome.Failed, SesReason.Malformed, Detail: e.Message)]);
        }
    }

    /// <summary>Verifies a seal already read.</summary>
    /// <param name="seal">The seal.</param>
    /// <param name="trust">Trusted roots and revocation evidence.</param>
    /// <param name="at">As of when; null when it cannot be told, which leaves certificate and validity unknown.</param>
    public static SesSealVerification Verify(SesSealData seal, SesTrust trust, DateTimeOffset? at)
    {
        var findings = new List<SesFinding>();
        foreach (var step in Steps(seal, trust, at))
        {
            findings.Add(step);
            if (step.Outcome == SesOutcome.Failed)
            {
                break;
            }
        }

        return new SesSealVerification(seal, findings);
    }

    private static IEnumerable<SesFinding> Steps(SesSealData seal, SesTrust trust, DateTimeOffset? at)
    {
        var format = ReadCertificate(seal.MakerCertificate, out var maker);
        yield return format;
        yield return SesTrust.JudgeSignature(
            SesStep.MakerSignature, seal.SignatureAlgorithmOid, maker!, seal.SignedBytes.Span, seal.Signature.Span);
        yield return trust.JudgeCertificate(SesStep.MakerCertificate, maker!, at, KeyPurpose.SealMaking);
        yield return JudgeValidity(seal, at);
    }

    internal static SesFinding ReadCertificate(ReadOnlyMemory<byte> der, out Certificate? certificate)
    {
        try
        {
            certificate = Certificate.Parse(der);
            return new SesFinding(SesStep.Format, SesOutcome.Passed, SesReason.Ok);
        }
        catch (DerFormatException e)
        {
            certificate = null;
            return new SesFinding(SesStep.Format, SesOutcome.Failed, SesReason.CertificateMalformed, Detail: e.Message);
        }
    }

    private static SesFinding JudgeValidity(SesSealData seal, DateTimeOffset? at)
    {
        var (outcome, reason) = at switch
        {
            _ when seal.ValidUntil < seal.ValidFrom => (SesOutcome.Failed, SesReason.SealValidityReversed),
            null => (SesOutcome.Unknown, SesReason.TimeUnknown),
            { } time when time < seal.ValidFrom => (SesOutcome.Failed, SesReason.SealNotYetValid),
            { } time when time > seal.ValidUntil => (SesOutcome.Failed, SesReason.SealExpired),
            _ => (SesOutcome.Passed, SesReason.Ok),
        };
        return new SesFinding(SesStep.ValidityPeriod, outcome, reason);
    }
}
