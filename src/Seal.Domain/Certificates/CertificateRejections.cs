using Seal.Domain.Deciding;

namespace Seal.Domain.Certificates;

/// <summary>Refusals that have to do with certificates.</summary>
[Rejections]
public static class CertificateRejections
{
    /// <summary>There is no such certificate.</summary>
    public static Rejection CertificateUnknown => new("certificate-unknown", RejectionKind.NotFound);

    /// <summary>The certificate is revoked.</summary>
    public static Rejection CertificateRevoked => new("certificate-revoked", RejectionKind.Conflict);

    /// <summary>The certificate is suspended.</summary>
    public static Rejection CertificateSuspended => new("certificate-suspended", RejectionKind.Conflict);

    /// <summary>The certificate is not suspended, so there is nothing to reinstate.</summary>
    public static Rejection CertificateNotSuspended => new("certificate-not-suspended", RejectionKind.Conflict);

    /// <summary>The authority's officer suspended the certificate.</summary>
    public static Rejection SuspensionByOfficer => new("suspension-by-officer", RejectionKind.Forbidden);

    /// <summary>The reason is one for the certificates of authorities, not of holders.</summary>
    public static Rejection ReasonNotApplicable => new("reason-not-applicable", RejectionKind.Invalid, "reason");

    /// <summary>The certificate is over.</summary>
    public static Rejection CertificateExpired => new("certificate-expired", RejectionKind.Conflict);

    /// <summary>There is nothing that an outside authority has to be told of the certificate now.</summary>
    public static Rejection NothingToTell => new("nothing-to-tell", RejectionKind.Conflict);
}
