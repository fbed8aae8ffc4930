using Seal.Cryptography.Certificates;

namespace Seal.Documents.Ses;

/// <summary>The steps of verification, in the order of the standards (GM/T 0031 §6.1.2 and §6.2.3, GB/T 38540 §6.3 and §7.3).</summary>
public enum SesStep
{
    /// <summary>The structure and the certificate in it can be read.</summary>
    Format,

    /// <summary>Seal: the maker's signature.</summary>
    MakerSignature,

    /// <summary>Seal: the maker's certificate: path, validity, revocation and key usage at the time asked.</summary>
    MakerCertificate,

    /// <summary>Seal: the time asked lies in the seal's validity.</summary>
    ValidityPeriod,

    /// <summary>Signature: the signer's signature over TBS_Sign.</summary>
    SignatureValue,

    /// <summary>Signature: the seal lists the signer's certificate.</summary>
    SignerListed,

    /// <summary>Signature: the seal inside is in order as of the signing.</summary>
    SealData,

    /// <summary>Signature: the signer's certificate as of the signing.</summary>
    SignerCertificate,

    /// <summary>Signature: dataHash is the document's.</summary>
    DataHash,
}

/// <summary>How a step ended.</summary>
public enum SesOutcome
{
    /// <summary>In order.</summary>
    Passed,

    /// <summary>It cannot be told from what is at hand.</summary>
    Unknown,

    /// <summary>Not in order.</summary>
    Failed,
}

/// <summary>One step's answer.</summary>
/// <param name="Step">Which.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Reason">Why: one of the stable codes of <see cref="SesReason"/>.</param>
/// <param name="Path">Of a certificate step: the path it was decided from.</param>
/// <param name="Detail">Of a format step: what could not be read, in English for maintainers.</param>
public sealed record SesFinding(SesStep Step, SesOutcome Outcome, string Reason, PathResult? Path = null, string? Detail = null);

/// <summary>Stable codes of <see cref="SesFinding.Reason"/>.</summary>
public static class SesReason
{
    /// <summary>In order.</summary>
    public const string Ok = "ok";

    /// <summary>The bytes are not of the form.</summary>
    public const string Malformed = "malformed";

    /// <summary>The certificate of maker or signer cannot be read.</summary>
    public const string CertificateMalformed = "certificate-malformed";

    /// <summary>Not SM2 with SM3.</summary>
    public const string AlgorithmNotAccepted = "algorithm-not-accepted";

    /// <summary>The signature does not verify.</summary>
    public const string SignatureWrong = "signature-wrong";

    /// <summary>No path to a trusted root.</summary>
    public const string NoChain = "no-chain";

    /// <summary>A certificate was not valid yet.</summary>
    public const string CertificateNotYetValid = "certificate-not-yet-valid";

    /// <summary>A certificate was no longer valid.</summary>
    public const string CertificateExpired = "certificate-expired";

    /// <summary>A certificate had been revoked.</summary>
    public const string CertificateRevoked = "certificate-revoked";

    /// <summary>Revocation cannot be told.</summary>
    public const string RevocationUnknown = "revocation-unknown";

    /// <summary>The certificate is not for signing, an issuer no authority, or it demands what is not understood.</summary>
    public const string CertificateUnfit = "certificate-unfit";

    /// <summary>Before the seal's validity.</summary>
    public const string SealNotYetValid = "seal-not-yet-valid";

    /// <summary>After the seal's validity.</summary>
    public const string SealExpired = "seal-expired";

    /// <summary>The seal's validity ends before it begins.</summary>
    public const string SealValidityReversed = "seal-validity-reversed";

    /// <summary>The seal does not list the signer's certificate.</summary>
    public const string SignerNotListed = "signer-not-listed";

    /// <summary>The seal inside is not in order; its own findings say why.</summary>
    public const string SealNotInOrder = "seal-not-in-order";

    /// <summary>The time of signing cannot be read and none was proven.</summary>
    public const string TimeUnknown = "time-unknown";

    /// <summary>The document's hash is another.</summary>
    public const string HashDiffers = "hash-differs";

    /// <summary>The document's hash was not given.</summary>
    public const string HashNotGiven = "hash-not-given";
}
