namespace Seal.Documents.Judging;

/// <summary>How the checks of one signature become its verdict: the first row that fits.</summary>
internal static class VerdictTable
{
    private sealed record Row(CheckName Check, CheckResult Result, string? Code, Verdict Verdict, SubIndication SubIndication);

    private static readonly Row[] Rows =
    [
        Failed(CheckName.Structure, SubIndication.FormatFailure),
        Failed(CheckName.Coverage, SubIndication.FormatFailure),
        Failed(CheckName.Changes, SubIndication.FormatFailure),
        Failed(CheckName.Digest, SubIndication.HashFailure),
        Failed(CheckName.SignatureValue, SubIndication.SigConstraintsFailure, "signing-certificate-absent"),
        Failed(CheckName.SignatureValue, SubIndication.SigCryptoFailure),
        Failed(CheckName.Time, SubIndication.FormatFailure, "timestamp-unreadable"),
        Failed(CheckName.Time, SubIndication.HashFailure, "timestamp-of-other-data"),
        Failed(CheckName.Time, SubIndication.SigCryptoFailure, "timestamp-invalid"),
        Failed(CheckName.SealData, SubIndication.SigCryptoFailure, "seal-maker-signature-invalid"),
        Failed(CheckName.SealData, SubIndication.Revoked, "seal-maker-revoked"),
        Failed(CheckName.SealData, SubIndication.NotYetValid, "seal-maker-not-yet-valid"),
        Failed(CheckName.SealData, SubIndication.Expired, "seal-maker-expired"),
        Failed(CheckName.SealData, SubIndication.SigConstraintsFailure),
        Failed(CheckName.Certificate, SubIndication.SigConstraintsFailure, "certificate-key-usage"),
        Failed(CheckName.Certificate, SubIndication.Revoked, "certificate-revoked"),
        Failed(CheckName.Certificate, SubIndication.NotYetValid, "certificate-not-yet-valid"),
        Failed(CheckName.Certificate, SubIndication.Expired, "certificate-expired"),
        Unknown(CheckName.Digest, SubIndication.SignedDataNotFound, "signed-data-missing"),
        Unknown(CheckName.Certificate, SubIndication.RevokedNoPoe, "certificate-revoked-unproven"),
        Unknown(CheckName.Certificate, SubIndication.OutOfBoundsNoPoe, "certificate-out-of-bounds-unproven"),
        Unknown(CheckName.SealData, SubIndication.RevokedNoPoe, "seal-maker-revoked-unproven"),
        Unknown(CheckName.SealData, SubIndication.OutOfBoundsNoPoe, "seal-maker-out-of-bounds-unproven"),
        Unknown(CheckName.SealData, SubIndication.OutOfBoundsNoPoe, "seal-time-unknown"),
        Failed(CheckName.Ledger, SubIndication.SealNotInOrder),
        Unknown(CheckName.SignatureValue, SubIndication.NoSigningCertificateFound, "signer-certificate-missing"),
        Unknown(CheckName.Certificate, SubIndication.NoCertificateChainFound, "certificate-no-chain"),
        Unknown(CheckName.Certificate, SubIndication.ChainConstraintsFailure, "certificate-path-rules"),
        Unknown(CheckName.Certificate, SubIndication.TryLater, "certificate-revocation-unknown"),
        Unknown(CheckName.Time, SubIndication.TimestampOrderFailure, "timestamps-out-of-order"),
        Unknown(CheckName.Time, SubIndication.TimestampOrderFailure, "timestamp-from-future"),
        Unknown(CheckName.SealData, SubIndication.NoCertificateChainFound, "seal-maker-no-chain"),
        Unknown(CheckName.SealData, SubIndication.ChainConstraintsFailure, "seal-maker-path-rules"),
        Unknown(CheckName.SealData, SubIndication.TryLater, "seal-maker-revocation-unknown"),
        Unknown(CheckName.SealData, SubIndication.CryptoConstraintsFailureNoPoe, "seal-maker-algorithm"),

        // What failed in a way no row above knows still failed.
        Failed(CheckName.Certificate, SubIndication.SigConstraintsFailure),
        Failed(CheckName.Time, SubIndication.SigConstraintsFailure),

        // Nothing passes of which one of these could not be told, whatever the reason.
        Unknown(CheckName.Structure, SubIndication.CryptoConstraintsFailureNoPoe),
        Unknown(CheckName.Coverage, SubIndication.CryptoConstraintsFailureNoPoe),
        Unknown(CheckName.Changes, SubIndication.CryptoConstraintsFailureNoPoe),
        Unknown(CheckName.Digest, SubIndication.CryptoConstraintsFailureNoPoe),
        Unknown(CheckName.SignatureValue, SubIndication.CryptoConstraintsFailureNoPoe),
        Unknown(CheckName.Certificate, SubIndication.CryptoConstraintsFailureNoPoe),
    ];

    /// <summary>The verdict on one signature.</summary>
    public static (Verdict Verdict, SubIndication? SubIndication) Of(IReadOnlyList<Check> checks, bool requireLedger)
    {
        var rows = requireLedger ? [.. Rows, Unknown(CheckName.Ledger, SubIndication.NotInLedger)] : Rows;
        var first = rows.FirstOrDefault(row => checks.Any(check =>
            check.Name == row.Check && check.Result == row.Result && (row.Code is null || row.Code == check.Reason.Code)));
        return first is null ? (Verdict.TotalPassed, null) : (first.Verdict, first.SubIndication);
    }

    /// <summary>The verdict on a document: its worst signature's.</summary>
    public static (Verdict Verdict, SubIndication? SubIndication) Of(IReadOnlyList<SignatureJudgement> signatures)
    {
        var worst = signatures.MaxBy(signature => signature.Verdict);
        return worst is null ? (Verdict.Indeterminate, SubIndication.NoSignature) : (worst.Verdict, worst.SubIndication);
    }

    private static Row Failed(CheckName check, SubIndication sub, string? code = null) => new(check, CheckResult.Failed, code, Verdict.TotalFailed, sub);

    private static Row Unknown(CheckName check, SubIndication sub, string? code = null) => new(check, CheckResult.Unknown, code, Verdict.Indeterminate, sub);
}
