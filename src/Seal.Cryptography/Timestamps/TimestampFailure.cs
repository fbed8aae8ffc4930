namespace Seal.Cryptography.Timestamps;

#pragma warning disable CA1027 // bit numbers of the standard, not flags
/// <summary>Why a request was refused (PKIFailureInfo, RFC 3161 §2.4.2): the number is the bit's.</summary>
public enum TimestampFailure
{
    /// <summary>The digest algorithm is not accepted.</summary>
    BadAlgorithm = 0,

    /// <summary>The request is not one that this authority answers.</summary>
    BadRequest = 2,

    /// <summary>The request is malformed.</summary>
    BadDataFormat = 5,

    /// <summary>The authority's clock is not to be relied upon.</summary>
    TimeNotAvailable = 14,

    /// <summary>The authority does not stamp under the policy asked for.</summary>
    UnacceptedPolicy = 15,

    /// <summary>The authority does not know an extension of the request.</summary>
    UnacceptedExtension = 16,

    /// <summary>The authority cannot tell further information that was asked for.</summary>
    AdditionalInfoNotAvailable = 17,

    /// <summary>The authority itself failed.</summary>
    SystemFailure = 25,
}
#pragma warning restore CA1027
