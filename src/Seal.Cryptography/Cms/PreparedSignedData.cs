using System.Formats.Asn1;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Asn1;
using Seal.Cryptography.Keys;

namespace Seal.Cryptography.Cms;

/// <summary>
/// A signature container that waits for its signature value: for keys on a device elsewhere, which sees
/// only <see cref="ToBeSigned"/> (or its digest).
/// </summary>
public sealed class PreparedSignedData
{
    private readonly CmsRequest _request;
    private readonly byte[] _signedAttributes;

    internal PreparedSignedData(CmsRequest request)
    {
        var digest = request.Algorithm.Digest();
        if (request.MessageDigest.Length != digest.SizeInBytes())
        {
            throw new ArgumentException($"The message digest is not a {digest} digest.", nameof(request));
        }

        if (request is { Pades: true, SigningTime: not null })
        {
            throw new ArgumentException("PAdES forbids the CMS signing time.", nameof(request));
        }

        if (request.Format == CmsFormat.Gm && request.Algorithm != SignatureAlgorithm.Sm2Sm3)
        {
            throw new ArgumentException("GB/T 35275 is for SM2.", nameof(request));
        }

        _request = request;
        _signedAttributes = Der.Encode(WriteSignedAttributes);
    }

    /// <summary>What the key signs: the signed attributes as DER SET OF (RFC 5652 §5.4).</summary>
    public ReadOnlyMemory<byte> ToBeSigned => _signedAttributes;

    /// <summary>The finished container.</summary>
    /// <param name="signature">In the form <see cref="ISigner.Sign"/> gives it.</param>
    /// <returns>DER ContentInfo.</returns>
    public byte[] Complete(ReadOnlySpan<byte> signature)
    {
        var value = signature.ToArray();
        return Der.Encode(writer =>
        {
            using var contentInfo = writer.PushSequence();
            writer.WriteObjectIdentifier(_request.Format.SignedDataOid());
            using var content = writer.PushSequence(Der.Context0);
            using var signedData = writer.PushSequence();
            writer.WriteInteger(ContentType == Oids.CmsData || _request.Format == CmsFormat.Gm ? 1 : 3); // RFC 5652 §5.1: 1 for plain data
            using (writer.PushSetOf())
            {
                writer.WriteAlgorithmIdentifier(_request.Algorithm.Digest());
            }

            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(ContentType);
                if (_request.Content is { } enclosed)
                {
                    using var tag = writer.PushSequence(Der.Context0);
                    writer.WriteOctetString(enclosed.Octets.Span);
                }
            }

            if (_request.WithCertificates)
            {
                using var certificates = writer.PushSetOf(Der.Context0);
                foreach (var certificate in _request.Chain.Prepend(_request.SignerCertificate).Distinct())
                {
                    writer.WriteEncodedValue(certificate.RawData.Span);
                }
            }

            using (writer.PushSetOf())
            {
                WriteSignerInfo(writer, value);
            }
        });
    }

    private string ContentType => _request.Content?.TypeOid ?? _request.Format.DataOid();

    private void WriteSignerInfo(AsnWriter writer, byte[] signature)
    {
        using var signerInfo = writer.PushSequence();
        writer.WriteInteger(1);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(_request.SignerCertificate.Issuer.RawData.Span);
            writer.WriteInteger(_request.SignerCertificate.SerialNumber.Span);
        }

        writer.WriteAlgorithmIdentifier(_request.Algorithm.Digest());
        byte[] tagged = [.. _signedAttributes];
        tagged[0] = 0xA0; // [0] IMPLICIT here, SET OF where it is signed
        writer.WriteEncodedValue(tagged);
        if (_request.Format.KeyAlgorithmOid(_request.Algorithm) is { } keyAlgorithm)
        {
            using var identifier = writer.PushSequence();
            writer.WriteObjectIdentifier(keyAlgorithm);
            if (keyAlgorithm == Oids.RsaEncryption)
            {
                writer.WriteNull();
            }
        }
        else
        {
            writer.WriteAlgorithmIdentifier(_request.Algorithm);
        }

        writer.WriteOctetString(signature);
    }

    private void WriteSignedAttributes(AsnWriter writer)
    {
        using var set = writer.PushSetOf();
        WriteAttribute(writer, Oids.ContentType, value => value.WriteObjectIdentifier(ContentType));
        WriteAttribute(writer, Oids.MessageDigest, value => value.WriteOctetString(_request.MessageDigest.Span));
        WriteAttribute(writer, Oids.SigningCertificateV2, WriteSigningCertificate);
        if (_request.SigningTime is { } time)
        {
            WriteAttribute(writer, Oids.SigningTime, value => Der.WriteTime(value, time));
        }

        foreach ((var oid, var derValue) in _request.ExtraSignedAttributes)
        {
            WriteAttribute(writer, oid, value => value.WriteEncodedValue(derValue));
        }
    }

    /// <summary>SigningCertificateV2 (RFC 5035 §3) over the signer's certificate alone, without issuerSerial, which the SignerInfo has.</summary>
    private void WriteSigningCertificate(AsnWriter writer)
    {
        var digest = _request.Algorithm.Digest();
        using var attribute = writer.PushSequence();
        using var certificates = writer.PushSequence();
        using var identifier = writer.PushSequence();
        if (digest != DigestAlgorithm.Sha256) // the default, which DER leaves out
        {
            writer.WriteAlgorithmIdentifier(digest);
        }

        writer.WriteOctetString(digest.HashData(_request.SignerCertificate.RawData.Span));
    }

    private static void WriteAttribute(AsnWriter writer, string oid, Action<AsnWriter> writeValue)
    {
        using var attribute = writer.PushSequence();
        writer.WriteObjectIdentifier(oid);
        using var values = writer.PushSetOf();
        writeValue(writer);
    }
}
