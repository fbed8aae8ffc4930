using Seal.Cryptography;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Timestamps;

namespace Seal.Documents.Judging;

/// <summary>
/// A time-stamp token judged (EN 319 102-1 §5.4): everything in it verified, and its authority good not only when it stamped
/// but until a time at which the token is known to have existed, which is now unless another time stamp proves more.
/// </summary>
/// <param name="Standing">What it is worth.</param>
/// <param name="Token">The token; null when it cannot be read.</param>
/// <param name="Path">The authority's path, as far as it was validated.</param>
internal sealed record TimestampProof(TimestampStanding Standing, TimestampToken? Token, PathResult? Path)
{
    /// <summary>Clocks of authorities and verifiers differ.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>The time it states, UTC.</summary>
    public DateTimeOffset? Time => Token?.Info.Time;

    public bool Proves => Standing == TimestampStanding.Proves;

    /// <summary>For the answer: what it states and who says so.</summary>
    public IEnumerable<(string, string)> Facts => Token is null ? [] :
    [
        ("timestamp", $"{Token.Info.Time:O}"),
        ("timestampAuthority", Path?.Path[0].Subject.ToString() ?? Token.Certificate?.Subject.ToString() ?? "unknown"),
    ];

    /// <summary>Judges a token over bytes at hand, such as a signature value.</summary>
    public static async ValueTask<TimestampProof> OverAsync(
        ReadOnlyMemory<byte> token, ReadOnlyMemory<byte> data, DateTimeOffset knownAt, EvidencePool evidence, JudgeOptions options, CancellationToken cancellation)
    {
        TimestampToken parsed;
        try
        {
            parsed = TimestampToken.Parse(token);
        }
        catch (DerFormatException)
        {
            return new TimestampProof(TimestampStanding.Unreadable, null, null);
        }

        evidence.Add(parsed.Certificates);
        var digest = parsed.Info.MessageImprint.Algorithm is { } algorithm ? Seal.Cryptography.Algorithms.DigestAlgorithms.HashData(algorithm, data.Span) : [];
        return await OfAsync(parsed, digest, knownAt, evidence, options, cancellation);
    }

    /// <summary>Judges a token over data whose digest is at hand.</summary>
    /// <param name="token">The token.</param>
    /// <param name="digest">By the token's own imprint algorithm; anything when that is not accepted.</param>
    /// <param name="knownAt">When the token is known to have existed; now if nothing says more.</param>
    /// <param name="evidence">What it is validated with.</param>
    /// <param name="options">Whom to trust, and what time it is.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async ValueTask<TimestampProof> OfAsync(
        TimestampToken token, ReadOnlyMemory<byte> digest, DateTimeOffset knownAt, EvidencePool evidence, JudgeOptions options, CancellationToken cancellation)
    {
        var found = Verify();
        while (found.Path is { Status: PathStatus.RevocationUnknown } path && await evidence.LearnAsync(path, cancellation))
        {
            found = Verify();
        }

        var standing = Meaning(found);
        if (standing == TimestampStanding.Proves)
        {
            standing = token.Info.Time > options.Clock.GetUtcNow() + Tolerance
                ? TimestampStanding.FromFuture
                : Since(found.Path!, token.Info.Time, knownAt, evidence);
        }

        return new TimestampProof(standing, token, found.Path);

        TimestampVerification Verify() => token.Verify(digest.Span, evidence.Certificates, options.TimestampAnchors, evidence.Revocation);
    }

    private static TimestampStanding Meaning(TimestampVerification found) => found.Status switch
    {
        TimestampStatus.Ok => TimestampStanding.Proves,
        TimestampStatus.ImprintMismatch => TimestampStanding.OtherData,
        TimestampStatus.AlgorithmNotAccepted => TimestampStanding.NotAccepted,
        TimestampStatus.CertificateMissing => TimestampStanding.NotTrusted,
        TimestampStatus.UnknownCriticalExtension => TimestampStanding.Unfit,
        TimestampStatus.SignatureInvalid or TimestampStatus.SigningCertificateMismatch => TimestampStanding.Invalid,
        _ => found.Path!.Status switch
        {
            PathStatus.NoChain or PathStatus.TooComplex => TimestampStanding.NotTrusted,
            PathStatus.NotYetValid => TimestampStanding.NotYetValid,
            PathStatus.Expired => TimestampStanding.Expired,
            PathStatus.Revoked => TimestampStanding.Revoked,
            PathStatus.RevocationUnknown => TimestampStanding.RevocationUnknown,
            _ => TimestampStanding.Unfit,
        },
    };

    /// <summary>What has become of the authority between its stamp and the time at which the token is known to have existed.</summary>
    private static TimestampStanding Since(PathResult path, DateTimeOffset stamped, DateTimeOffset knownAt, EvidencePool evidence)
    {
        for (var i = 0; i + 1 < path.Path.Count; i++)
        {
            if (knownAt > path.Path[i].NotAfter)
            {
                return TimestampStanding.ExpiredSince;
            }

            if (evidence.Revocation.Find(path.Path[i], path.Path[i + 1], stamped) is RevocationFinding.Good { RevokedLaterAt: { } later }
                && later <= knownAt
                && !(evidence.Revocation.Find(path.Path[i], path.Path[i + 1], later) is RevocationFinding.Revoked { Reason: var reason } && SparesOlder(reason)))
            {
                return TimestampStanding.RevokedSince;
            }
        }

        return TimestampStanding.Proves;
    }

    /// <summary>RFC 3161 §4: revoked for such a reason, a key was in nobody else's hands, and what it stamped before stays valid.</summary>
    private static bool SparesOlder(RevocationReason reason) =>
        reason is RevocationReason.AffiliationChanged or RevocationReason.Superseded or RevocationReason.CessationOfOperation;
}
