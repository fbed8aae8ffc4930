using System.Numerics;
using Seal.Cryptography.Keys;

namespace Seal.Cryptography.Certificates;

/// <summary>An authority's certificate with the key to it: issues certificates and revocation lists.</summary>
public sealed class CertificateAuthority
{
    private readonly ISigner _signer;
    private readonly TimeProvider _clock;

    /// <param name="certificate">The authority's certificate.</param>
    /// <param name="signer">The key it certifies.</param>
    /// <param name="clock">Against which the authority's own validity is judged.</param>
    /// <exception cref="ArgumentException">Certificate and key do not belong together, or it is no authority's.</exception>
    public CertificateAuthority(Certificate certificate, ISigner signer, TimeProvider clock)
    {
        if (!certificate.SubjectPublicKeyInfo.Span.SequenceEqual(signer.SubjectPublicKeyInfo.Span))
        {
            throw new ArgumentException($"The key is not that of {certificate}.", nameof(signer));
        }

        if (certificate.BasicConstraints is not { IsAuthority: true })
        {
            throw new ArgumentException($"{certificate} is not an authority's certificate.", nameof(certificate));
        }

        Certificate = certificate;
        _signer = signer;
        _clock = clock;
    }

    /// <summary>The authority's own certificate.</summary>
    public Certificate Certificate { get; }

    /// <summary>How it signs.</summary>
    public SignatureAlgorithm Algorithm => _signer.Algorithm;

    /// <summary>Makes a root: a certificate over a key, signed by that key.</summary>
    public static Certificate SelfSign(IssueRequest request, ISigner signer)
    {
        if (!request.SubjectPublicKeyInfo.Span.SequenceEqual(signer.SubjectPublicKeyInfo.Span))
        {
            throw new ArgumentException("A self-signed certificate is over the key that signs it.", nameof(request));
        }

        CheckValidity(request);
        var keyIdentifier = CertificateWriter.KeyIdentifier(signer.SubjectPublicKeyInfo);
        return Certificate.Parse(CertificateWriter.Write(request, request.Subject, keyIdentifier, signer));
    }

    /// <summary>Issues a certificate; a signature that a device made is checked before it is handed out.</summary>
    /// <exception cref="ArgumentException">The request asks for more than the profile or the authority's own certificate allows.</exception>
    /// <exception cref="InvalidOperationException">The authority's own certificate is not valid now.</exception>
    public Certificate Issue(IssueRequest request)
    {
        var now = _clock.GetUtcNow();
        if (now < Certificate.NotBefore || now > Certificate.NotAfter)
        {
            throw new InvalidOperationException($"The certificate of the authority is not valid now: {Certificate}.");
        }

        if (request.Profile.IsAuthority && Certificate.BasicConstraints is { PathLength: 0 })
        {
            throw new ArgumentException("This authority may not certify further authorities.", nameof(request));
        }

        if (request.NotAfter > Certificate.NotAfter)
        {
            throw new ArgumentException("A certificate must not outlive its issuer's.", nameof(request));
        }

        CheckValidity(request);
        var issued = Certificate.Parse(
            CertificateWriter.Write(request, Certificate.Subject, Certificate.SubjectKeyIdentifier, _signer));

        // A device may hand out anything. What libcrypto made in this process is not verified by libcrypto in this process again: it
        // would double the cost, and RSA's is compared with the key before it is given anyway.
        return _signer is SoftwareKey || issued.IsSignedBy(Certificate)
            ? issued
            : throw new InvalidOperationException($"The key of {Certificate} made a signature that does not verify.");
    }

    /// <summary>Builds a version 2 revocation list (RFC 5280 §5) with authority key identifier and CRL number.</summary>
    /// <param name="entries">Every certificate revoked and not yet expired, or all that expired since <paramref name="expiredSince"/>.</param>
    /// <param name="number">Grows with each list of this authority.</param>
    /// <param name="thisUpdate">When it was made.</param>
    /// <param name="nextUpdate">When at the latest the next one comes.</param>
    /// <param name="expiredSince">From when on revoked certificates are kept on the list although they expired; null keeps none.</param>
    /// <returns>DER CertificateList.</returns>
    public byte[] BuildCrl(
        IReadOnlyCollection<CrlEntry> entries, BigInteger number, DateTimeOffset thisUpdate, DateTimeOffset nextUpdate, DateTimeOffset? expiredSince = null) =>
        BuildCrl(new CrlRequest { Entries = entries, Number = number, ThisUpdate = thisUpdate, NextUpdate = nextUpdate, ExpiredSince = expiredSince });

    /// <summary>Builds a version 2 revocation list, complete or delta.</summary>
    /// <returns>DER CertificateList.</returns>
    public byte[] BuildCrl(CrlRequest request) => CertificateWriter.Sign(CrlWriter.WriteTbs(request, Certificate, _signer.Algorithm), _signer);

    private static void CheckValidity(IssueRequest request)
    {
        if (request.NotAfter <= request.NotBefore)
        {
            throw new ArgumentException("A certificate ends after it begins.", nameof(request));
        }

        if (request.NotAfter - request.NotBefore > request.Profile.MaximumValidity)
        {
            throw new ArgumentException(
                $"The profile {request.Profile.Name} allows {request.Profile.MaximumValidity.TotalDays:0} days at most.", nameof(request));
        }
    }
}
