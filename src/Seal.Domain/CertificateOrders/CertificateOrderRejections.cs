using Seal.Domain.Deciding;

namespace Seal.Domain.CertificateOrders;

/// <summary>Refusals that have to do with orders for certificates.</summary>
[Rejections]
public static class CertificateOrderRejections
{
    /// <summary>There is no such order.</summary>
    public static Rejection CertificateOrderUnknown => new("certificate-order-unknown", RejectionKind.NotFound);

    /// <summary>The order is with whoever handed it in.</summary>
    public static Rejection CertificateOrderNotUnderReview => new("certificate-order-not-under-review", RejectionKind.Conflict);

    /// <summary>The order was not returned.</summary>
    public static Rejection CertificateOrderNotReturned => new("certificate-order-not-returned", RejectionKind.Conflict);

    /// <summary>The order is not approved, or what was approved is done.</summary>
    public static Rejection CertificateOrderNotApproved => new("certificate-order-not-approved", RejectionKind.Conflict);

    /// <summary>The order is decided or done.</summary>
    public static Rejection CertificateOrderClosed => new("certificate-order-closed", RejectionKind.Conflict);

    /// <summary>Whoever would grant the order handed it in, or is the person in the certificate.</summary>
    public static Rejection CertificateOrderOfOneself => new("certificate-order-of-oneself", RejectionKind.Forbidden);

    /// <summary>There is no certificate to deliver.</summary>
    public static Rejection CertificateOrderNotIssued => new("certificate-order-not-issued", RejectionKind.Conflict);

    /// <summary>The order is about a medium, not for a certificate, or the other way round.</summary>
    public static Rejection BusinessDiffers => new("business-differs", RejectionKind.Conflict);

    /// <summary>There is no certificate authority of that name here, or it issues no certificates of that kind.</summary>
    public static Rejection AuthorityUnknown => new("authority-unknown", RejectionKind.Invalid, "authority");

    /// <summary>There is no such kind of certificate here.</summary>
    public static Rejection KindUnknown => new("kind-unknown", RejectionKind.Invalid, "kind");

    /// <summary>Keys of this algorithm are not certified for this kind; <c>allowed</c> names those that are.</summary>
    public static Rejection KeyNotForKind => new("key-not-for-kind", RejectionKind.Invalid, "request");

    /// <summary>The certificate holds for so long yet that it is not renewed; <c>from</c> says from which day on it is.</summary>
    public static Rejection CertificateRenewalTooEarly => new("certificate-renewal-too-early", RejectionKind.Conflict, "certificate");

    /// <summary>The certificate ended so long ago that it is not renewed; <c>until</c> says until which day it was.</summary>
    public static Rejection CertificateRenewalTooLate => new("certificate-renewal-too-late", RejectionKind.Conflict, "certificate");

    /// <summary>It is not said, or said without need, which certificate the order is about.</summary>
    public static Rejection PredecessorMismatch => new("predecessor-mismatch", RejectionKind.Invalid, "certificate");

    /// <summary>The certificate is another organisation's.</summary>
    public static Rejection CertificateOfOther => new("certificate-of-other", RejectionKind.Forbidden, "certificate");

    /// <summary>The certificate belongs to a seal, with which it is renewed and replaced.</summary>
    public static Rejection CertificateOfSeal => new("certificate-of-seal", RejectionKind.Conflict, "certificate");

    /// <summary>The certificate is of another kind than is ordered.</summary>
    public static Rejection KindDiffers => new("kind-differs", RejectionKind.Invalid, "kind");

    /// <summary>It is not said whose certificate it is to be, or the person is not registered, or nobody is to be in it, or the certificate that it goes on from is somebody else's.</summary>
    public static Rejection CertifiedPersonMismatch => new("certified-person-mismatch", RejectionKind.Invalid, "person");

    /// <summary>Work on a medium needs no certification request.</summary>
    public static Rejection RequestUnwanted => new("request-unwanted", RejectionKind.Invalid, "request");

    /// <summary>Too many papers, or none where one is named.</summary>
    public static Rejection MaterialsMalformed => new("materials-malformed", RejectionKind.Invalid, "materials");

    /// <summary>Papers are missing; <c>missing</c> names them.</summary>
    public static Rejection MaterialsMissing => new("materials-missing", RejectionKind.Invalid, "materials");

    /// <summary>A paper is larger than allowed.</summary>
    public static Rejection MaterialTooLarge => new("material-too-large", RejectionKind.Invalid, "materials");

    /// <summary>The number of a consignment is missing, too long, or has characters that no carrier uses.</summary>
    public static Rejection ConsignmentMalformed => new("consignment-malformed", RejectionKind.Invalid, "consignment");
}
