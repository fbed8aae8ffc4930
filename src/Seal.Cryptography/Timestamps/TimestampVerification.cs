using Seal.Cryptography.Certificates;

namespace Seal.Cryptography.Timestamps;

/// <summary>How the verification of a token ended: the first defect, in the order of the checks.</summary>
public enum TimestampStatus
{
    /// <summary>The data existed at the time stated, says an authority that is trusted.</summary>
    Ok,

    /// <summary>A digest or signature algorithm is not known or too weak.</summary>
    AlgorithmNotAccepted,

    /// <summary>It is about other data.</summary>
    ImprintMismatch,

    /// <summary>It carries a critical extension that is not known here.</summary>
    UnknownCriticalExtension,

    /// <summary>The authority's certificate is neither in the token nor at hand.</summary>
    CertificateMissing,

    /// <summary>The signature is not over what the token states, or not by the authority's key.</summary>
    SignatureInvalid,

    /// <summary>The signing-certificate-v2 attribute names another certificate, or is not there.</summary>
    SigningCertificateMismatch,

    /// <summary>The authority's certificate was not good at the time stated: <see cref="TimestampVerification.Path"/> says why.</summary>
    PathInvalid,
}

/// <summary>What verifying a token gave.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Path">The path of the authority's certificate; null if the verification ended before it.</param>
public sealed record TimestampVerification(TimestampStatus Status, PathResult? Path)
{
    /// <summary>Whether the time is proven.</summary>
    public bool IsOk => Status == TimestampStatus.Ok;
}
