using System.Formats.Asn1;
using System.Security.Cryptography;
using Seal.Cryptography.Asn1;
using Seal.Cryptography.Keys;

namespace Seal.Cryptography.Certificates;

/// <summary>Builds the DER of certificates (RFC 5280 §4.1); the same for RSA, ECDSA, SM2 and Ed25519.</summary>
internal static class CertificateWriter
{
    /// <param name="request">What to certify.</param>
    /// <param name="issuer">The issuer's name.</param>
    /// <param name="issuerKeyIdentifier">Identifier of the issuer's key, or null for none.</param>
    /// <param name="signer">The issuer's key.</param>
    public static byte[] Write(
        IssueRequest request, DistinguishedName issuer, ReadOnlyMemory<byte>? issuerKeyIdentifier, ISigner signer)
    {
        var tbs = Der.Encode(writer => WriteTbs(writer, request, issuer, issuerKeyIdentifier, signer.Algorithm));
        return Sign(tbs, signer);
    }

    /// <summary>Wraps what is to be signed, the algorithm and the signature: the frame certificates and CRLs share.</summary>
    public static byte[] Sign(byte[] tbs, ISigner signer) => Der.Encode(writer =>
    {
        using var _ = writer.PushSequence();
        writer.WriteEncodedValue(tbs);
        writer.WriteAlgorithmIdentifier(signer.Algorithm);
        writer.WriteBitString(signer.Sign(tbs));
    });

    /// <summary>
    /// Identifier of a key: the leftmost 160 bits of SHA-256 over the key's bits (RFC 7093 §2 method 1; the
    /// older method takes SHA-1).
    /// </summary>
    public static byte[] KeyIdentifier(ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        var info = Der.Read(subjectPublicKeyInfo).ReadSequence();
        info.ReadEncodedValue();
        return SHA256.HashData(info.ReadBitString(out _))[..20];
    }

    public static void WriteExtension(AsnWriter writer, string oid, bool critical, ReadOnlySpan<byte> value)
    {
        using var _ = writer.PushSequence();
        writer.WriteObjectIdentifier(oid);
        if (critical)
        {
            writer.WriteBoolean(true);
        }

        writer.WriteOctetString(value);
    }

    public static void WriteAuthorityKeyIdentifier(AsnWriter writer, ReadOnlySpan<byte> keyIdentifier)
    {
        var identifier = keyIdentifier.ToArray();
        WriteExtension(writer, Oids.AuthorityKeyIdentifier, false, Der.Encode(inner =>
        {
            using var _ = inner.PushSequence();
            inner.WriteOctetString(identifier, Der.Context(0, constructed: false));
        }));
    }

    private static void WriteTbs(
        AsnWriter writer, IssueRequest request, DistinguishedName issuer, ReadOnlyMemory<byte>? issuerKey, SignatureAlgorithm algorithm)
    {
        using var _ = writer.PushSequence();
        using (writer.PushSequence(Der.Context0))
        {
            writer.WriteInteger(2); // v3
        }

        writer.WriteInteger(PositiveSerial(request.SerialNumber.Span));
        writer.WriteAlgorithmIdentifier(algorithm);
        writer.WriteEncodedValue(issuer.RawData.Span);
        using (writer.PushSequence())
        {
            Der.WriteTime(writer, request.NotBefore);
            Der.WriteTime(writer, request.NotAfter);
        }

        writer.WriteEncodedValue(request.Subject.RawData.Span);
        writer.WriteEncodedValue(request.SubjectPublicKeyInfo.Span);
        using (writer.PushSequence(Der.Context3))
        using (writer.PushSequence())
        {
            WriteExtensions(writer, request, issuerKey);
        }
    }

    private static void WriteExtensions(AsnWriter writer, IssueRequest request, ReadOnlyMemory<byte>? issuerKey)
    {
        var profile = request.Profile;
        WriteExtension(writer, Oids.BasicConstraints, true, Der.Encode(inner =>
        {
            using var _ = inner.PushSequence();
            if (profile.IsAuthority)
            {
                inner.WriteBoolean(true);
            }

            if (profile is { IsAuthority: true, PathLength: { } length })
            {
                inner.WriteInteger(length);
            }
        }));
        WriteExtension(writer, Oids.KeyUsage, true, Der.Encode(inner => WriteKeyUsage(inner, profile.KeyUsage)));
        if (profile.ExtendedKeyUsage.Count > 0)
        {
            WriteExtension(writer, Oids.ExtendedKeyUsage, profile.ExtendedKeyUsageCritical, Der.Encode(inner =>
            {
                using var _ = inner.PushSequence();
                foreach (var purpose in profile.ExtendedKeyUsage)
                {
                    inner.WriteObjectIdentifier(purpose);
                }
            }));
        }

        if (profile.Policies.Count > 0)
        {
            WriteExtension(writer, Oids.CertificatePolicies, false, Der.Encode(inner => WritePolicies(inner, profile.Policies)));
        }

        var subjectKey = KeyIdentifier(request.SubjectPublicKeyInfo);
        WriteExtension(writer, Oids.SubjectKeyIdentifier, false, Der.Encode(inner => inner.WriteOctetString(subjectKey)));
        if (issuerKey is { } key)
        {
            WriteAuthorityKeyIdentifier(writer, key.Span);
        }

        if (request.CrlUrls.Count > 0)
        {
            WriteExtension(writer, Oids.CrlDistributionPoints, false, Der.Encode(inner => WriteDistributionPoint(inner, request.CrlUrls)));
        }

        if (request.CaIssuerUrls.Count + request.OcspUrls.Count > 0)
        {
            WriteExtension(writer, Oids.AuthorityInformationAccess, false, Der.Encode(inner => WriteAccess(inner, request)));
        }

        foreach (var extension in request.FurtherExtensions)
        {
            WriteExtension(writer, extension.Oid, extension.Critical, extension.Value.Span);
        }
    }

    private static void WritePolicies(AsnWriter writer, IReadOnlyList<string> policies)
    {
        using var list = writer.PushSequence();
        foreach (var policy in policies)
        {
            using var information = writer.PushSequence();
            writer.WriteObjectIdentifier(policy);
        }
    }

    private static void WriteKeyUsage(AsnWriter writer, KeyUsages usage)
    {
        var highest = System.Numerics.BitOperations.Log2((uint)usage);
        var bits = new byte[(highest / 8) + 1];
        for (var bit = 0; bit <= highest; bit++)
        {
            if (((int)usage & (1 << bit)) != 0)
            {
                bits[bit / 8] |= (byte)(0x80 >> (bit % 8));
            }
        }

        writer.WriteBitString(bits, 7 - (highest % 8)); // DER drops trailing zero bits of a named list
    }

    public static void WriteDistributionPoint(AsnWriter writer, IReadOnlyList<string> urls)
    {
        using var points = writer.PushSequence();
        using var point = writer.PushSequence();
        using var name = writer.PushSequence(Der.Context0);
        using var fullName = writer.PushSequence(Der.Context0);
        foreach (var url in urls)
        {
            WriteUrl(writer, url);
        }
    }

    private static void WriteAccess(AsnWriter writer, IssueRequest request)
    {
        using var list = writer.PushSequence();
        foreach ((var method, var url) in
                 request.OcspUrls.Select(static url => (Oids.AccessOcsp, url))
                     .Concat(request.CaIssuerUrls.Select(static url => (Oids.AccessCaIssuers, url))))
        {
            using var description = writer.PushSequence();
            writer.WriteObjectIdentifier(method);
            WriteUrl(writer, url);
        }
    }

    private static void WriteUrl(AsnWriter writer, string url) =>
        writer.WriteCharacterString(UniversalTagNumber.IA5String, url, Der.Context(6, constructed: false));

    public static byte[] PositiveSerial(ReadOnlySpan<byte> random)
    {
        if (random.Length is < 8 or > IssueRequest.SerialNumberSize)
        {
            throw new ArgumentException("A serial number is made of 8 to 20 random bytes.", nameof(random));
        }

        var serial = random.ToArray();
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        return serial;
    }
}
