using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Asn1;
using Seal.Cryptography.Keys;

namespace Seal.Cryptography.Certificates;

/// <summary>Which certificate OCSP speaks of (CertID, RFC 6960 §4.1.1): hashes of its issuer's name and key, and its serial number. Kept as received.</summary>
public sealed class OcspCertId
{
    private readonly DigestAlgorithm? _digest;
    private readonly ReadOnlyMemory<byte> _issuerNameHash;
    private readonly ReadOnlyMemory<byte> _issuerKeyHash;

    internal OcspCertId(ReadOnlyMemory<byte> der)
    {
        RawData = der;
        var id = Der.Read(der).ReadSequence();
        var oid = id.ReadSequence().ReadObjectIdentifier();
        // Only a name for the issuer, which no forger gains by; and what nearly every client sends (RFC 5019 §2.1.1).
        _digest = oid == Oids.Sha1 ? DigestAlgorithm.Sha1 : DigestAlgorithms.FromOid(oid);
        _issuerNameHash = id.ReadOctetString();
        _issuerKeyHash = id.ReadOctetString();
        SerialNumber = id.ReadIntegerBytes();
        id.ThrowIfNotEmpty();
    }

    /// <summary>DER.</summary>
    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>The certificate's serial number as in <see cref="Certificate.SerialNumber"/>.</summary>
    public ReadOnlyMemory<byte> SerialNumber { get; }

    /// <summary>Names a certificate.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="issuer">Its issuer's certificate.</param>
    /// <param name="digest">How name and key are hashed; SHA-1 is what every responder knows.</param>
    public static OcspCertId Of(Certificate certificate, Certificate issuer, DigestAlgorithm digest = DigestAlgorithm.Sha1) => new(Der.Encode(writer =>
    {
        using var _ = writer.PushSequence();
        writer.WriteAlgorithmIdentifier(digest);
        writer.WriteOctetString(digest.HashData(issuer.Subject.RawData.Span));
        writer.WriteOctetString(digest.HashData(KeyBits(issuer.SubjectPublicKeyInfo)));
        writer.WriteInteger(certificate.SerialNumber.Span);
    }));

    /// <summary>Whether the certificate named is one of this issuer's.</summary>
    public bool IsIssuedBy(Certificate issuer) => _digest is { } digest
        && _issuerNameHash.Span.SequenceEqual(digest.HashData(issuer.Subject.RawData.Span))
        && _issuerKeyHash.Span.SequenceEqual(digest.HashData(KeyBits(issuer.SubjectPublicKeyInfo)));

    /// <summary>Whether this certificate, issued by this issuer, is the one named.</summary>
    public bool Names(Certificate certificate, Certificate issuer) => SerialNumber.Span.SequenceEqual(certificate.SerialNumber.Span) && IsIssuedBy(issuer);

    internal static byte[] KeyBits(ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        var info = Der.Read(subjectPublicKeyInfo).ReadSequence();
        info.ReadEncodedValue();
        return info.ReadBitString(out _);
    }
}
