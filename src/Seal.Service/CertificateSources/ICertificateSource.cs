using Seal.Cryptography.Certificates;
using Seal.Domain.CertificateKinds;
using Seal.Domain.CertificateOrders;
using Seal.Domain.Holdings;

namespace Seal.Service.CertificateSources;

/// <summary>A certificate authority that orders can choose: the one inside, or one outside.</summary>
public interface ICertificateSource
{
    /// <summary>Its name in the settings and in orders.</summary>
    string Name { get; }

    /// <summary>Has a key certified. Nothing is kept here; what comes is checked by whoever asked.</summary>
    /// <exception cref="CertificateNotIssuedException">It was not.</exception>
    Task<SourcedCertificate> IssueAsync(OrderedCertificate ordered, CancellationToken cancellation);
}

/// <summary>What is to be certified.</summary>
/// <param name="Order">The order.</param>
/// <param name="Kind">What kind of certificate it is.</param>
/// <param name="Subject">Whom it is about.</param>
/// <param name="Request">The certification request, its signature checked; the name in it is not the one that counts.</param>
/// <param name="Algorithm">The key's algorithm.</param>
/// <param name="NotAfter">Until when it is to hold (UTC); an authority may grant less.</param>
public sealed record OrderedCertificate(
    CertificateOrderId Order, CertificateKind Kind, DistinguishedName Subject, CertificationRequest Request, KeyAlgorithm Algorithm, DateTimeOffset NotAfter);

/// <summary>A certificate and who issued it.</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="Issuer">The authority of the embedded chain, by its published name; empty for an outside one.</param>
public sealed record SourcedCertificate(Certificate Certificate, string Issuer);

/// <summary>No certificate was issued, or none that can be used.</summary>
public sealed class CertificateNotIssuedException : Exception
{
    /// <param name="code">The code of one of <see cref="IssuingRejections"/>.</param>
    /// <param name="why">What stood against it.</param>
    /// <param name="cause">What was thrown, if anything was.</param>
    public CertificateNotIssuedException(string code, string why, Exception? cause = null)
        : base(why, cause) => Code = code;

    /// <summary>The code of one of <see cref="IssuingRejections"/>.</summary>
    public string Code { get; }
}
