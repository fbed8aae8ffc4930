using Seal.Cryptography.Certificates;

namespace Seal.Documents.Judging;

/// <summary>
/// A certificate at the time of signing. A time that is only claimed could be claimed by a thief after the fact; then the
/// certificate must also be good now.
/// </summary>
internal static class SignerCertificateCheck
{
    public static Check Of(Certificate leaf, IReadOnlyCollection<Certificate> others, OfdTime time, JudgeOptions options)
    {
        // Whoever issued it: a certificate that says it is not for signing cannot become good by a root that is found later.
        if (leaf.KeyUsage is { } usage && (usage & (KeyUsages.DigitalSignature | KeyUsages.NonRepudiation)) == 0)
        {
            return Check.Failed(CheckName.Certificate, "certificate-key-usage", ("concerning", leaf.Subject.ToString()), ("keyUsage", $"{usage}"));
        }

        var (result, at) = Validate(leaf, others, KeyPurpose.DocumentSigning, time, options);
        var (code, failed) = Meaning(result, leaf, time.IsProven);
        (string, string)[] evidence =
        [
            ("at", $"{at:O}"),
            ("concerning", result.Concerning.Subject.ToString()),
            ("path", string.Join(" <- ", result.Path.Select(certificate => certificate.Subject.CommonName ?? certificate.Subject.ToString()))),
            .. result.RevokedAt is { } revoked ? [("revokedAt", $"{revoked.ToUniversalTime():O}"), ("revocationReason", $"{result.RevocationReason}")] : Array.Empty<(string, string)>(),
        ];
        return result.IsOk ? Check.Passed(CheckName.Certificate, code, evidence)
            : failed ? Check.Failed(CheckName.Certificate, code, evidence)
            : Check.Unknown(CheckName.Certificate, code, evidence);
    }

    /// <summary>The path as of the signing, and where nothing proves that time, also as of now.</summary>
    public static (PathResult Result, DateTimeOffset At) Validate(
        Certificate leaf, IReadOnlyCollection<Certificate> others, KeyPurpose purpose, OfdTime time, JudgeOptions options)
    {
        var now = options.Clock.GetUtcNow();
        var at = time.At ?? now;
        var result = At(at);
        if (!result.IsOk || time.IsProven)
        {
            return (result, at.ToUniversalTime());
        }

        // Lists revoke from a full second on: what was revoked in this very second is revoked now.
        at = new DateTimeOffset((now.UtcTicks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
        return (At(at), at);

        PathResult At(DateTimeOffset moment) =>
            PathValidation.Validate(leaf, [.. others, .. options.Intermediates], options.TrustAnchors, moment, purpose, options.Revocation);
    }

    private static (string Code, bool IsFailure) Meaning(PathResult result, Certificate leaf, bool isProven) => result.Status switch
    {
        PathStatus.Ok => ("certificate-ok", false),
        PathStatus.NoChain => ("certificate-no-chain", false),
        PathStatus.Expired when isProven => ("certificate-expired", true),
        PathStatus.NotYetValid when isProven => ("certificate-not-yet-valid", true),
        PathStatus.Revoked when isProven => ("certificate-revoked", true),
        PathStatus.Expired or PathStatus.NotYetValid => ("certificate-out-of-bounds-unproven", false),
        PathStatus.Revoked => ("certificate-revoked-unproven", false),
        PathStatus.RevocationUnknown => ("certificate-revocation-unknown", false),
        PathStatus.BadKeyUsage when result.Concerning.Equals(leaf) => ("certificate-key-usage", true),
        _ => ("certificate-path-rules", false),
    };
}
