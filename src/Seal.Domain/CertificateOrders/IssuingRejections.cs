using Seal.Domain.Deciding;

namespace Seal.Domain.CertificateOrders;

/// <summary>What may stand against a certificate when it is to be issued; nothing is half done then, and the order can be tried again.</summary>
[Rejections]
public static class IssuingRejections
{
    /// <summary>The authority cannot be reached, or does not answer in time; <c>why</c> says how it failed.</summary>
    public static Rejection AuthorityUnreachable => new("authority-unreachable", RejectionKind.Conflict, "authority");

    /// <summary>The authority refused; <c>why</c> is what it said.</summary>
    public static Rejection AuthorityRefused => new("authority-refused", RejectionKind.Conflict, "authority");

    /// <summary>The authority sent a certificate for another key than that of the request.</summary>
    public static Rejection CertificateForOtherKey => new("certificate-for-other-key", RejectionKind.Conflict, "certificate");

    /// <summary>What the authority sent is no certificate that fits the order; <c>why</c> says what is wrong with it.</summary>
    public static Rejection CertificateUnfit => new("certificate-unfit", RejectionKind.Conflict, "certificate");

    /// <summary>There is a certificate with the same serial number here.</summary>
    public static Rejection SerialNumberTaken => new("serial-number-taken", RejectionKind.Conflict, "certificate");

    /// <summary>The issuing authority's own certificate is not valid now, by this service's clock; <c>why</c> says from when until when it is.</summary>
    public static Rejection IssuerNotValid => new("issuer-not-valid", RejectionKind.Conflict, "authority");

    /// <summary>The refusal with a code, saying why.</summary>
    public static Rejection Of(string code, string why) => (RejectionCatalog.Find(code) ?? new Rejection(code, RejectionKind.Conflict)).With("why", why);
}
