using System.Globalization;
using Seal.Cryptography;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Timestamps;
using Seal.Documents.Ofd;

namespace Seal.Documents.Judging;

/// <summary>When a signature was made, by the best source there is.</summary>
/// <param name="At">UTC; null when nothing says so.</param>
/// <param name="Source">Who says it.</param>
/// <param name="Check">The time check's row.</param>
internal sealed record OfdTime(DateTimeOffset? At, TimeSource Source, Check Check)
{
    // Seen in files: with and without separators, in UTC only where it says so, else in the signer's time, taken for China's.
    private static readonly string[] Forms = ["yyyyMMddHHmmss.FFFFFFF'Z'", "yyyyMMddHHmmss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ssK"];
    private static readonly string[] LocalForms = ["yyyyMMddHHmmss", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss"];
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    public bool IsProven => Source is TimeSource.Timestamp or TimeSource.Ledger;

    public static OfdTime Of(OfdSignature signature, OfdContainer container, bool holds, RegisterFinding? finding, JudgeOptions options)
    {
        (string, string)[] evidence = [("signatureDateTime", signature.ClaimedTime ?? "none")];
        var token = container.Ses?.TimeStamp ?? container.Cms?.Signers[0].SignatureTimeStamp;
        if (token is { } der)
        {
            var value = container.Ses?.Signature ?? container.Cms!.Signers[0].Signature;
            var (stamped, status) = Verify(der, value.Span, options);
            evidence = [.. evidence, ("timestamp", status)];
            if (holds && stamped is { } proven)
            {
                return Proven(proven, TimeSource.Timestamp, "time-proven-by-timestamp", evidence);
            }
        }

        if (finding is { Answer: RegisterAnswer.Known, RecordedDigestMatches: true, InclusionProofHolds: not false, RecordedAt: { } recorded })
        {
            return Proven(recorded, TimeSource.Ledger, "time-recorded-by-ledger", evidence);
        }

        return Claimed(signature, container) is { } claimed
            ? new OfdTime(claimed, TimeSource.Claimed, Check.Unknown(CheckName.Time, "time-only-claimed", [("time", $"{claimed:O}"), .. evidence]))
            : new OfdTime(null, TimeSource.None, Check.Unknown(CheckName.Time, "time-missing", evidence));
    }

    /// <summary>What the signer claims: what is signed with the seal goes before the free text in Signature.xml.</summary>
    public static DateTimeOffset? Claimed(OfdSignature signature, OfdContainer container) =>
        (container.Ses is { } ses ? ses.SignedAt : container.Cms?.Signers[0].SigningTime ?? Parse(signature.ClaimedTime))?.ToUniversalTime();

    private static OfdTime Proven(DateTimeOffset at, TimeSource source, string code, (string, string)[] evidence) =>
        new(at.ToUniversalTime(), source, Check.Passed(CheckName.Time, code, [("time", $"{at.ToUniversalTime():O}"), .. evidence]));

    /// <summary>The time of a token over the signature value by a trusted authority, and how its verification ended.</summary>
    private static (DateTimeOffset? At, string Status) Verify(ReadOnlyMemory<byte> der, ReadOnlySpan<byte> signatureValue, JudgeOptions options)
    {
        try
        {
            var token = TimestampToken.Parse(der);
            if (token.Info.MessageImprint.Algorithm is not { } algorithm)
            {
                return (null, $"{TimestampStatus.AlgorithmNotAccepted}");
            }

            var verification = token.Verify(algorithm.HashData(signatureValue), options.Intermediates, options.TimestampAnchors, options.Revocation);
            return (verification.IsOk ? token.Info.Time : null, $"{verification.Status}");
        }
        catch (DerFormatException error)
        {
            return (null, error.Message); // not signed over, so anyone can put it there; what cannot be read proves nothing
        }
    }

    private static DateTimeOffset? Parse(string? text) =>
        DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var exact) ? exact
        : DateTime.TryParseExact(text, LocalForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year > 1 ? new DateTimeOffset(local, China)
        : null;
}
