namespace Seal.Cryptography.Certificates;

/// <summary>How the validation of a certification path ended.</summary>
public enum PathStatus
{
    /// <summary>A path to a trust anchor holds in every respect.</summary>
    Ok,

    /// <summary>No path of verifying signatures leads to a trust anchor.</summary>
    NoChain,

    /// <summary>A certificate was not valid yet at the time asked.</summary>
    NotYetValid,

    /// <summary>A certificate was no longer valid at the time asked.</summary>
    Expired,

    /// <summary>A certificate had been revoked at the time asked.</summary>
    Revoked,

    /// <summary>Whether a certificate had been revoked cannot be told.</summary>
    RevocationUnknown,

    /// <summary>The key may not be used for this purpose, or the issuer's not for signing certificates.</summary>
    BadKeyUsage,

    /// <summary>An issuer is no authority, or has more authorities below it than it allows.</summary>
    BadBasicConstraints,

    /// <summary>A critical extension that is not understood here (name and policy constraints among them).</summary>
    UnknownCriticalExtension,

    /// <summary>The search was given up: more candidates than honest material has.</summary>
    TooComplex,
}

/// <summary>The answer of path validation.</summary>
/// <param name="Status">How it ended; with several possible paths, that of the one that came furthest.</param>
/// <param name="Concerning">The certificate that decided it; for <see cref="PathStatus.Ok"/> the leaf.</param>
/// <param name="Path">Leaf first, trust anchor last; as far as it was built.</param>
public sealed record PathResult(PathStatus Status, Certificate Concerning, IReadOnlyList<Certificate> Path)
{
    /// <summary>Whether the path holds.</summary>
    public bool IsOk => Status == PathStatus.Ok;

    /// <summary>For <see cref="PathStatus.Revoked"/>: from when on.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>For <see cref="PathStatus.Revoked"/>: why.</summary>
    public RevocationReason? RevocationReason { get; init; }
}
