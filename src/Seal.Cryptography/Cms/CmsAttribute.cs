namespace Seal.Cryptography.Cms;

/// <summary>A signed or unsigned attribute as received.</summary>
/// <param name="Oid">Which one.</param>
/// <param name="Values">Its values, encoded.</param>
public sealed record CmsAttribute(string Oid, IReadOnlyList<ReadOnlyMemory<byte>> Values);

/// <summary>What verifying one signer's signature against the content's digest gave, check by check.</summary>
/// <param name="AlgorithmAccepted">Digest and signature algorithm are known and not weak. If not, nothing else was checked, except by <see cref="CmsSignerInfo.VerifyWeak"/>.</param>
/// <param name="DigestMatches">The message digest attribute equals the content's digest.</param>
/// <param name="ContentTypeMatches">The content type attribute names the container's content type.</param>
/// <param name="SignatureValid">The certificate's key made the signature value.</param>
/// <param name="SigningCertificateAttributeMatches">
/// signing-certificate-v2 names this certificate; null if the attribute is not there.
/// </param>
public sealed record CmsVerification(
    bool AlgorithmAccepted,
    bool DigestMatches,
    bool ContentTypeMatches,
    bool SignatureValid,
    bool? SigningCertificateAttributeMatches)
{
    /// <summary>Nothing speaks against the signature; whose the certificate is, is another question.</summary>
    public bool IsValid =>
        AlgorithmAccepted && DigestMatches && ContentTypeMatches && SignatureValid && SigningCertificateAttributeMatches != false;
}
