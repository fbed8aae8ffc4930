using System.Formats.Asn1;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Asn1;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;

namespace Seal.Cryptography.Cms;

/// <summary>
/// A signature container that waits for its signature value: for keys on a device elsewhere, which sees
/// only <see cref="ToBeSigned"/> (or its digest).
/// </summary>
public sealed class PreparedSignedData
{
    private readonly CmsRequest request;
    private readonly byte[] signedAttributes;

    internal PreparedSignedData(CmsRequest request)
    {
        DigestAlgorithm digest = request.Algorithm.Digest();
        if (request.MessageDigest.Length != digest.SizeInBytes())
            throw new ArgumentException($"The message digest is not a {digest} digest.", nameof(request));
        if (request is { Pades: true, SigningTime: not null })
            throw new ArgumentException("PAdES forbids the CMS signing time.", nameof(request));
        if (request.Format == CmsFormat.Gm && request.Algorithm != SignatureAlgorithm.Sm2Sm3)
            throw new ArgumentException("GB/T 35275 is for SM2.", nameof(request));
        this.request = request;
        signedAttributes = Der.Encode(WriteSignedAttributes);
    }

    /// <summary>What the key signs: the signed attributes as DER SET OF (RFC 5652 §5.4).</summary>
    public ReadOnlyMemory<byte> ToBeSigned => signedAttributes;

    /// <summary>The finished container.</summary>
    /// <param name="signature">In the form <see cref="ISigner.Sign"/> gives it.</param>
    /// <returns>DER ContentInfo.</returns>
    public byte[] Complete(ReadOnlySpan<byte> signature)
    {
        byte[] value = signature.ToArray();
        return Der.Encode(writer =>
        {
            using AsnWriter.Scope contentInfo = writer.PushSequence();
            writer.WriteObjectIdentifier(request.Format.SignedDataOid());
            using AsnWriter.Scope content = writer.PushSequence(Der.Context0);
            using AsnWriter.Scope signedData = writer.PushSequence();
            writer.WriteInteger(1); // RFC 5652 §5.1: plain data, signer named by issuer and serial number
            using (writer.PushSetOf())
                writer.WriteAlgorithmIdentifier(request.Algorithm.Digest());
            using (writer.PushSequence())
                writer.WriteObjectIdentifier(request.Format.DataOid()); // detached: no content
            using (writer.PushSetOf(Der.Context0))
            {
                foreach (Certificate certificate in request.Chain.Prepend(request.SignerCertificate).Distinct())
                    writer.WriteEncodedValue(certificate.RawData.Span);
            }

            using (writer.PushSetOf())
                WriteSignerInfo(writer, value);
        });
    }

    private void WriteSignerInfo(AsnWriter writer, byte[] signature)
    {
        using AsnWriter.Scope signerInfo = writer.PushSequence();
        writer.WriteInteger(1);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(request.SignerCertificate.Issuer.RawData.Span);
            writer.WriteInteger(request.SignerCertificate.SerialNumber.Span);
        }

        writer.WriteAlgorithmIdentifier(request.Algorithm.Digest());
        byte[] tagged = [.. signedAttributes];
        tagged[0] = 0xA0; // [0] IMPLICIT here, SET OF where it is signed
        writer.WriteEncodedValue(tagged);
        if (request.Format.KeyAlgorithmOid(request.Algorithm) is { } keyAlgorithm)
        {
            using AsnWriter.Scope identifier = writer.PushSequence();
            writer.WriteObjectIdentifier(keyAlgorithm);
            if (keyAlgorithm == Oids.RsaEncryption)
                writer.WriteNull();
        }
        else
        {
            writer.WriteAlgorithmIdentifier(request.Algorithm);
        }

        writer.WriteOctetString(signature);
    }

    private void WriteSignedAttributes(AsnWriter writer)
    {
        using AsnWriter.Scope set = writer.PushSetOf();
        WriteAttribute(writer, Oids.ContentType, value => value.WriteObjectIdentifier(request.Format.DataOid()));
        WriteAttribute(writer, Oids.MessageDigest, value => value.WriteOctetString(request.MessageDigest.Span));
        WriteAttribute(writer, Oids.SigningCertificateV2, WriteSigningCertificate);
        if (request.SigningTime is { } time)
            WriteAttribute(writer, Oids.SigningTime, value => Der.WriteTime(value, time));
        foreach ((string oid, byte[] derValue) in request.ExtraSignedAttributes)
            WriteAttribute(writer, oid, value => value.WriteEncodedValue(derValue));
    }

    /// <summary>SigningCertificateV2 (RFC 5035 §3) over the signer's certificate alone, without issuerSerial, which the SignerInfo has.</summary>
    private void WriteSigningCertificate(AsnWriter writer)
    {
        DigestAlgorithm digest = request.Algorithm.Digest();
        using AsnWriter.Scope attribute = writer.PushSequence();
        using AsnWriter.Scope certificates = writer.PushSequence();
        using AsnWriter.Scope identifier = writer.PushSequence();
        if (digest != DigestAlgorithm.Sha256) // the default, which DER leaves out
            writer.WriteAlgorithmIdentifier(digest);
        writer.WriteOctetString(digest.HashData(request.SignerCertificate.RawData.Span));
    }

    private static void WriteAttribute(AsnWriter writer, string oid, Action<AsnWriter> writeValue)
    {
        using AsnWriter.Scope attribute = writer.PushSequence();
        writer.WriteObjectIdentifier(oid);
        using AsnWriter.Scope values = writer.PushSetOf();
        writeValue(writer);
    }
}
