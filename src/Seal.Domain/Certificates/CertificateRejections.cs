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

    /// <summary>The certificate is over.</summary>
    public static Rejection CertificateExpired => new("certificate-expired", RejectionKind.Conflict);
}
