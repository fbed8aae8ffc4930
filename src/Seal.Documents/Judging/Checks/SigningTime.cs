using Seal.Cryptography;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Cms;
using Seal.Documents.Pdf;

namespace Seal.Documents.Judging;

/// <summary>When a signature was made, by the best source there is.</summary>
/// <param name="At">UTC; null when nothing says so.</param>
/// <param name="Source">Who says it.</param>
/// <param name="Check">The time check's row.</param>
internal sealed record SigningTime(DateTimeOffset? At, TimeSource Source, Check Check)
{
    public bool IsProven => Source is TimeSource.Timestamp or TimeSource.Ledger;

    public static SigningTime Of(PdfSignature signature, SignatureContainer container, bool holds, RegisterFinding? finding, JudgeOptions options)
    {
        if (holds && container.Timestamp is { } document)
        {
            return Proven(document.Time, TimeSource.Timestamp, "time-proven-by-timestamp");
        }

        if (holds && container.Signer is { SignatureTimeStamp: { } token } signer && TimeOf(token, signer, options) is { } stamped)
        {
            return Proven(stamped, TimeSource.Timestamp, "time-proven-by-timestamp");
        }

        if (finding is { Answer: RegisterAnswer.Known, RecordedDigestMatches: true, InclusionProofHolds: not false, RecordedAt: { } recorded })
        {
            return Proven(recorded, TimeSource.Ledger, "time-recorded-by-ledger");
        }

        return (signature.ClaimedTime ?? container.Signer?.SigningTime) is { } claimed
            ? new SigningTime(claimed.ToUniversalTime(), TimeSource.Claimed, Check.Unknown(CheckName.Time, "time-only-claimed", ("time", $"{claimed.ToUniversalTime():O}")))
            : new SigningTime(null, TimeSource.None, Check.Unknown(CheckName.Time, "time-missing"));
    }

    private static SigningTime Proven(DateTimeOffset at, TimeSource source, string code) =>
        new(at.ToUniversalTime(), source, Check.Passed(CheckName.Time, code, ("time", $"{at.ToUniversalTime():O}")));

    /// <summary>The time of a signature timestamp that is over this signature value and from a trusted authority, else null.</summary>
    private static DateTimeOffset? TimeOf(ReadOnlyMemory<byte> token, CmsSignerInfo signer, JudgeOptions options)
    {
        try
        {
            var content = CmsSignedData.Parse(token);
            if (content.EncapsulatedContentType != TimestampInfo.ContentTypeOid
                || TimestampInfo.Read(content.EncapsulatedContent) is not { Algorithm: { } algorithm } info
                || !algorithm.HashData(signer.Signature.Span).AsSpan().SequenceEqual(info.Digest.Span)
                || content.Signers is not [{ DigestAlgorithm: { } digest, Certificate: { } authority } stamper]
                || !stamper.Verify(digest.HashData(content.EncapsulatedContent!.Value.Span)).IsValid)
            {
                return null;
            }

            var path = PathValidation.Validate(
                authority, [.. content.Certificates, .. options.Intermediates], options.TimestampAnchors, info.Time, KeyPurpose.TimeStamping, options.Revocation);
            return path.IsOk ? info.Time : null;
        }
        catch (DerFormatException)
        {
            return null; // an unsigned attribute anyone can add; what cannot be read proves nothing
        }
    }
}
