using Seal.Domain.Deciding;

namespace Seal.Domain.Holdings;

/// <summary>Refusals that have to do with Ukeys.</summary>
[Rejections]
public static class UkeyRejections
{
    /// <summary>The token's serial number or model is empty, too long, or has characters that no maker uses.</summary>
    public static Rejection UkeyMalformed => new("ukey-malformed", RejectionKind.Invalid, "serialNumber");

    /// <summary>The holding has a Ukey; one at a time.</summary>
    public static Rejection UkeyAlreadyBound => new("ukey-already-bound", RejectionKind.Conflict, "holding");

    /// <summary>The token serves another person or another organisation.</summary>
    public static Rejection UkeyOfOther => new("ukey-of-other", RejectionKind.Conflict, "serialNumber");

    /// <summary>The holding has no Ukey.</summary>
    public static Rejection UkeyNotBound => new("ukey-not-bound", RejectionKind.Conflict);

    /// <summary>The PIN is the token's own: the service can neither change nor reset it.</summary>
    public static Rejection PinOnToken => new("pin-on-token", RejectionKind.Conflict, "holding");
}

/// <summary>Refusals of a certification request, with the codes under which its reader reports them.</summary>
[Rejections]
public static class RequestRejections
{
    /// <summary>The request is no PKCS#10 certification request (RFC 2986) in DER, base64.</summary>
    public static Rejection RequestMalformed => new("request-malformed", RejectionKind.Invalid, "request");

    /// <summary>The request is not signed with the key that it names: nobody has shown that they have that key.</summary>
    public static Rejection RequestNotSigned => new("request-not-signed", RejectionKind.Invalid, "request");

    /// <summary>The request was made for a token with another serial number.</summary>
    public static Rejection RequestForOtherToken => new("request-for-other-token", RejectionKind.Invalid, "request");

    /// <summary>The key in the request is none that holders sign with: ECDSA on P-256, RSA with 2048 bits, SM2.</summary>
    public static Rejection RequestKeyUnfit => new("request-key-unfit", RejectionKind.Invalid, "request");

    /// <summary>The key in the request is in a certificate that was revoked, or lost, so that somebody else may have the key.</summary>
    public static Rejection RequestKeyCompromised => new("request-key-compromised", RejectionKind.Invalid, "request");

    /// <summary>The refusal with a code.</summary>
    public static Rejection Of(string code) => RejectionCatalog.Find(code) ?? new Rejection(code, RejectionKind.Invalid, "request");
}
