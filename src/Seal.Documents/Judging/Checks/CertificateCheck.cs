using Seal.Cryptography.Certificates;

namespace Seal.Documents.Judging;

/// <summary>
/// The signer's certificate at the time of signing. A time that is only claimed could be claimed by a thief after the
/// fact; then the certificate must also be good now.
/// </summary>
internal static class CertificateCheck
{
    public static Check Of(SignatureContainer container, SigningTime time, JudgeOptions options)
    {
        var leaf = container.Signer!.Certificate!;
        var now = options.Clock.GetUtcNow();
        var at = time.At ?? now;
        var result = Validate(at);
        if (result.IsOk && !time.IsProven)
        {
            // Lists revoke from a full second on: what was revoked in this very second is revoked now.
            at = new DateTimeOffset((now.UtcTicks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
            result = Validate(at);
        }

        (var code, var decidesByTime) = Meaning(result, leaf, time.IsProven);
        (string, string)[] evidence =
        [
            ("at", $"{at.ToUniversalTime():O}"),
            ("concerning", result.Concerning.Subject.ToString()),
            ("path", string.Join(" <- ", result.Path.Select(certificate => certificate.Subject.CommonName ?? certificate.Subject.ToString()))),
            .. result.RevokedAt is { } revoked ? [("revokedAt", $"{revoked.ToUniversalTime():O}"), ("revocationReason", $"{result.RevocationReason}")] : Array.Empty<(string, string)>(),
        ];
        return result.IsOk ? Check.Passed(CheckName.Certificate, code, evidence)
            : decidesByTime || code == "certificate-key-usage" ? Check.Failed(CheckName.Certificate, code, evidence)
            : Check.Unknown(CheckName.Certificate, code, evidence);

        PathResult Validate(DateTimeOffset moment) => PathValidation.Validate(
            leaf,
            [.. container.Content!.Certificates, .. options.Intermediates],
            container.Timestamp is null ? options.TrustAnchors : options.TimestampAnchors,
            moment,
            container.Timestamp is null ? KeyPurpose.DocumentSigning : KeyPurpose.TimeStamping,
            options.Revocation);
    }

    private static (string Code, bool DecidesByTime) Meaning(PathResult result, Certificate leaf, bool isProven) => result.Status switch
    {
        PathStatus.Ok => ("certificate-ok", false),
        PathStatus.NoChain => ("certificate-no-chain", false),
        PathStatus.Expired when isProven => ("certificate-expired", true),
        PathStatus.NotYetValid when isProven => ("certificate-not-yet-valid", true),
        PathStatus.Revoked when isProven => ("certificate-revoked", true),
        PathStatus.Expired or PathStatus.NotYetValid => ("certificate-out-of-bounds-unproven", false),
        PathStatus.Revoked => ("certificate-revoked-unproven", false),
        PathStatus.RevocationUnknown => ("certificate-revocation-unknown", false),
        PathStatus.BadKeyUsage when result.Concerning.Equals(leaf) => ("certificate-key-usage", false),
        _ => ("certificate-path-rules", false),
    };
}
