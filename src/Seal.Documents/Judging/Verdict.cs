using System.Text.Json.Serialization;

namespace Seal.Documents.Judging;

/// <summary>The main indication of ETSI EN 319 102-1 §5.1.3, ordered from best to worst.</summary>
[JsonConverter(typeof(UpperSnakeCase<Verdict>))]
public enum Verdict
{
    /// <summary><c>TOTAL_PASSED</c>: every check passed.</summary>
    TotalPassed,

    /// <summary><c>INDETERMINATE</c>: what is known does not suffice for yes or no.</summary>
    Indeterminate,

    /// <summary><c>TOTAL_FAILED</c>: a check failed.</summary>
    TotalFailed,
}

/// <summary>The sub-indication of ETSI EN 319 102-1 §5.1.3; the last three are ours.</summary>
[JsonConverter(typeof(UpperSnakeCase<SubIndication>))]
public enum SubIndication
{
    /// <summary>The signature or what it covers does not have the form it must have.</summary>
    FormatFailure,

    /// <summary>The signed bytes are not the ones that were signed.</summary>
    HashFailure,

    /// <summary>The signature value does not verify.</summary>
    SigCryptoFailure,

    /// <summary>The signature breaks a rule for signatures of its kind.</summary>
    SigConstraintsFailure,

    /// <summary>The certificate was revoked when it signed.</summary>
    Revoked,

    /// <summary>The certificate had expired when it signed.</summary>
    Expired,

    /// <summary>The certificate was not valid yet when it signed.</summary>
    NotYetValid,

    /// <summary>Revoked, and nothing proves that the signature is older.</summary>
    RevokedNoPoe,

    /// <summary>Outside the certificate's validity, and nothing proves when it was signed.</summary>
    OutOfBoundsNoPoe,

    /// <summary>The signer's certificate is nowhere to be found.</summary>
    NoSigningCertificateFound,

    /// <summary>No certification path to a trusted root.</summary>
    NoCertificateChainFound,

    /// <summary>A certification path that breaks a rule for paths.</summary>
    ChainConstraintsFailure,

    /// <summary>Revocation could not be learned; ask again.</summary>
    TryLater,

    /// <summary>The time stamps contradict each other.</summary>
    TimestampOrderFailure,

    /// <summary>The document that was signed is not there: a seal or its signature came alone.</summary>
    SignedDataNotFound,

    /// <summary>An algorithm that is weak or not known here.</summary>
    CryptoConstraintsFailureNoPoe,

    /// <summary>Ours: the ledger knows the seal, its holding or its certificate, and it was not in order.</summary>
    SealNotInOrder,

    /// <summary>Ours: a ledger record was required and there is none.</summary>
    NotInLedger,

    /// <summary>Ours: the document carries no signature.</summary>
    NoSignature,
}
