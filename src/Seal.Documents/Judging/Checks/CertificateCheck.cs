using Seal.Cryptography.Certificates;

namespace Seal.Documents.Judging;

/// <summary>
/// The signer's certificate at the time of signing. A time that is only claimed could be claimed by a thief after the
/// fact; then the certificate must also be good now.
/// </summary>
internal static class CertificateCheck
{
    public static async ValueTask<Check> OfAsync(
        Certificate signer, SigningTime time, EvidencePool evidence, JudgeOptions options, CancellationToken cancellation)
    {
        var now = options.Clock.GetUtcNow();
        var at = time.At ?? now;
        var result = await ValidateAsync(at);
        if (result.IsOk && !time.IsProven)
        {
            // Lists revoke from a full second on: what was revoked in this very second is revoked now.
            at = new DateTimeOffset((now.UtcTicks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
            result = await ValidateAsync(at);
        }

        // A time before the validity settles it; one after may be that of a late stamp over a signature that is older.
        var decides = time.IsProven && (!time.OnlyExistence || result.Status == PathStatus.NotYetValid);
        return Row(result, at, Code(result, signer, decides));

        ValueTask<PathResult> ValidateAsync(DateTimeOffset moment) =>
            evidence.ValidateAsync(signer, options.TrustAnchors, moment, KeyPurpose.DocumentSigning, cancellation);
    }

    /// <summary>The certificate of a document time stamp's authority, when it stamped and until now or until it is proven to have existed.</summary>
    public static Check Of(TimestampProof proof) => proof switch
    {
        { Standing: TimestampStanding.ExpiredSince } => Row(proof.Path!, proof.Time!.Value, "certificate-out-of-bounds-unproven"),
        { Standing: TimestampStanding.RevokedSince } => Row(proof.Path!, proof.Time!.Value, "certificate-revoked-unproven"),
        { Path: { } path } => Row(path, proof.Time!.Value, Code(path, path.Path[0], decides: true)),
        _ => Check.Unknown(CheckName.Certificate, "certificate-path-rules", [.. proof.Facts]),
    };

    private static Check Row(PathResult result, DateTimeOffset at, string code)
    {
        (string, string)[] evidence =
        [
            ("at", $"{at.ToUniversalTime():O}"),
            ("concerning", result.Concerning.Subject.ToString()),
            ("path", string.Join(" <- ", result.Path.Select(certificate => certificate.Subject.CommonName ?? certificate.Subject.ToString()))),
            .. result.RevokedAt is { } revoked ? [("revokedAt", $"{revoked.ToUniversalTime():O}"), ("revocationReason", $"{result.RevocationReason}")] : Array.Empty<(string, string)>(),
        ];
        return code switch
        {
            "certificate-ok" => Check.Passed(CheckName.Certificate, code, evidence),
            "certificate-expired" or "certificate-not-yet-valid" or "certificate-revoked" or "certificate-key-usage" => Check.Failed(CheckName.Certificate, code, evidence),
            _ => Check.Unknown(CheckName.Certificate, code, evidence),
        };
    }

    private static string Code(PathResult result, Certificate leaf, bool decides) => result.Status switch
    {
        PathStatus.Ok => "certificate-ok",
        PathStatus.NoChain => "certificate-no-chain",
        PathStatus.Expired when decides => "certificate-expired",
        PathStatus.NotYetValid when decides => "certificate-not-yet-valid",
        PathStatus.Revoked when decides => "certificate-revoked",
        PathStatus.Expired or PathStatus.NotYetValid => "certificate-out-of-bounds-unproven",
        PathStatus.Revoked => "certificate-revoked-unproven",
        PathStatus.RevocationUnknown => "certificate-revocation-unknown",
        PathStatus.BadKeyUsage when result.Concerning.Equals(leaf) => "certificate-key-usage",
        _ => "certificate-path-rules",
    };
}
