using Seal.Cryptography.Asn1;
using Seal.Cryptography.Keys;

namespace Seal.Cryptography.Cms;

/// <summary>
/// Detached signature containers over a digest already computed, so that the content never has to be in
/// memory: CMS SignedData (RFC 5652) and its GB/T 35275 sister.
/// </summary>
public static class CmsSignedData
{
    /// <summary>Makes a container. The signer's key must be the one its certificate certifies.</summary>
    /// <returns>DER ContentInfo.</returns>
    public static byte[] Create(CmsRequest request, ISigner signer)
    {
        if (signer.Algorithm != request.Algorithm)
        {
            throw new ArgumentException("The signer signs in another way than the request says.", nameof(signer));
        }

        if (!signer.SubjectPublicKeyInfo.Span.SequenceEqual(request.SignerCertificate.SubjectPublicKeyInfo.Span))
        {
            throw new ArgumentException("The certificate is not over the signer's key.", nameof(signer));
        }

        var prepared = Prepare(request);
        return prepared.Complete(signer.Sign(prepared.ToBeSigned.Span));
    }

    /// <summary>The first of two steps, for keys on a device elsewhere.</summary>
    public static PreparedSignedData Prepare(CmsRequest request) => new(request);

    /// <summary>
    /// Most bytes <see cref="Create"/> can give for this request, whatever its message digest and signature
    /// turn out to be; the actual length varies by a few bytes with ECDSA and SM2.
    /// </summary>
    public static int MaximumLength(CmsRequest request)
    {
        var signatureLength = request.Algorithm switch
        {
            SignatureAlgorithm.EcdsaP256Sha256 or SignatureAlgorithm.Sm2Sm3 => 72,
            SignatureAlgorithm.EcdsaP384Sha384 => 104,
            SignatureAlgorithm.Ed25519 => 64,
            // An RSA signature is as long as the modulus, and the public key is longer than that.
            _ => request.SignerCertificate.SubjectPublicKeyInfo.Length,
        };
        var digest = new byte[Algorithms.DigestAlgorithms.SizeInBytes(request.Algorithm.Digest())];
        return Prepare(request with { MessageDigest = digest }).Complete(new byte[signatureLength]).Length;
    }

    /// <summary>Reads a container, its encoding as loose (BER) as real files have it. Bytes after it are left alone.</summary>
    /// <exception cref="DerFormatException">It is none, or has more certificates, signers or attributes than is reasonable.</exception>
    public static CmsContent Parse(ReadOnlyMemory<byte> ber) =>
        Der.Parse("signature container", ber, static bytes => new CmsContent(bytes));

    /// <summary>
    /// Adds a signature time stamp (RFC 3161 token over the signature value) to the only signer of a
    /// container made here.
    /// </summary>
    /// <param name="container">DER ContentInfo as <see cref="Create"/> gives it.</param>
    /// <param name="token">DER TimeStampToken.</param>
    public static byte[] AddSignatureTimeStamp(ReadOnlyMemory<byte> container, ReadOnlyMemory<byte> token) =>
        Der.Parse("signature container", container, der =>
        {
            var contentInfo = Der.Read(der).ReadSequence();
            var type = contentInfo.ReadObjectIdentifier();
            var signedData = contentInfo.ReadSequence(Der.Context0).ReadSequence();
            return Der.Encode(writer =>
            {
                using var outer = writer.PushSequence();
                writer.WriteObjectIdentifier(type);
                using var content = writer.PushSequence(Der.Context0);
                using var copy = writer.PushSequence();
                for (var i = 0; i < 4; i++) // version, digest algorithms, content, certificates
                {
                    writer.WriteEncodedValue(signedData.ReadEncodedValue().Span);
                }

                var signerInfo = signedData.ReadSetOf().ReadSequence();
                using var signers = writer.PushSetOf();
                using var signer = writer.PushSequence();
                while (signerInfo.HasData && !Der.Has(signerInfo, Der.Context1))
                {
                    writer.WriteEncodedValue(signerInfo.ReadEncodedValue().Span);
                }

                using var unsigned = writer.PushSetOf(Der.Context1);
                using var attribute = writer.PushSequence();
                writer.WriteObjectIdentifier(Oids.SignatureTimeStamp);
                using var values = writer.PushSetOf();
                writer.WriteEncodedValue(token.Span);
            });
        });
}
