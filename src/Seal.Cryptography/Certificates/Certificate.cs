using System.Formats.Asn1;
using System.Security.Cryptography;
using Seal.Cryptography.Asn1;
using Seal.Cryptography.Keys;

namespace Seal.Cryptography.Certificates;

/// <summary>
/// An X.509 certificate (RFC 5280 §4.1), read-only, kept byte for byte as received: signatures are checked
/// over <see cref="TbsBytes"/>, never over something encoded again. Two certificates are equal if their
/// bytes are.
/// </summary>
public sealed class Certificate : IEquatable<Certificate>
{
    private readonly ReadOnlyMemory<byte> _signature;

    private Certificate(ReadOnlyMemory<byte> der)
    {
        var outer = Der.Read(der);
        RawData = outer.PeekEncodedValue();
        var certificate = outer.ReadSequence();
        outer.ThrowIfNotEmpty();

        TbsBytes = certificate.PeekEncodedValue();
        var tbs = certificate.ReadSequence();
        var outerAlgorithm = certificate.ReadEncodedValue();
        _signature = Der.ReadBits(certificate);
        certificate.ThrowIfNotEmpty();

        Version = Der.TryReadExplicit(tbs, Der.Context0) is { } version && version.TryReadInt32(out var number)
            ? number + 1
            : 1;
        SerialNumber = tbs.ReadIntegerBytes();
        var innerAlgorithm = tbs.ReadEncodedValue();
        // Otherwise the unsigned outer algorithm would decide how the signature is read (RFC 5280 §4.1.1.2).
        if (!innerAlgorithm.Span.SequenceEqual(outerAlgorithm.Span))
        {
            throw new AsnContentException("The two signature algorithms of the certificate differ.");
        }

        SignatureScheme = SignatureScheme.Read(innerAlgorithm);
        SignatureAlgorithmOid = Der.Read(innerAlgorithm).ReadSequence().ReadObjectIdentifier();

        Issuer = DistinguishedName.Parse(tbs.ReadEncodedValue());
        var validity = tbs.ReadSequence();
        NotBefore = Der.ReadTime(validity);
        NotAfter = Der.ReadTime(validity);
        Subject = DistinguishedName.Parse(tbs.ReadEncodedValue());
        SubjectPublicKeyInfo = tbs.ReadEncodedValue();

        foreach (var uniqueIdentifier in (ReadOnlySpan<int>)[1, 2])
        {
            if (Der.Has(tbs, Der.Context(uniqueIdentifier, constructed: false)))
            {
                tbs.ReadEncodedValue();
            }
        }

        Extensions = Der.TryReadExplicit(tbs, Der.Context3) is { } extensions
            ? ExtensionReader.ReadAll(extensions.ReadSequence())
            : [];
        tbs.ThrowIfNotEmpty();

        KeyUsage = Find(Oids.KeyUsage) is { } usage ? ExtensionReader.KeyUsage(usage.Value) : null;
        BasicConstraints = Find(Oids.BasicConstraints) is { } basic ? ExtensionReader.BasicConstraints(basic.Value) : null;
        ExtendedKeyUsage = Find(Oids.ExtendedKeyUsage) is { } purposes ? ExtensionReader.ExtendedKeyUsage(purposes.Value) : null;
        SubjectKeyIdentifier = Find(Oids.SubjectKeyIdentifier) is { } ski ? ExtensionReader.SubjectKeyIdentifier(ski.Value) : null;
        AuthorityKeyIdentifier = Find(Oids.AuthorityKeyIdentifier) is { } aki ? ExtensionReader.AuthorityKeyIdentifier(aki.Value) : null;
        CrlDistributionPoints = Find(Oids.CrlDistributionPoints) is { } points ? ExtensionReader.CrlDistributionPoints(points.Value) : [];
        var access = Find(Oids.AuthorityInformationAccess);
        OcspUrls = access is null ? [] : ExtensionReader.AccessDescriptions(access.Value, Oids.AccessOcsp);
        CaIssuerUrls = access is null ? [] : ExtensionReader.AccessDescriptions(access.Value, Oids.AccessCaIssuers);
    }

    /// <summary>The whole certificate, DER as received.</summary>
    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>The part that is signed, DER as received.</summary>
    public ReadOnlyMemory<byte> TbsBytes { get; }

    /// <summary>1, 2 or 3.</summary>
    public int Version { get; }

    /// <summary>The serial number as in the encoding: big-endian, two's complement, with its leading zero if any.</summary>
    public ReadOnlyMemory<byte> SerialNumber { get; }

    /// <summary>The serial number in upper-case hexadecimal without the leading zero byte, as OpenSSL prints it.</summary>
    public string SerialNumberText =>
        Convert.ToHexString(SerialNumber.Length > 1 && SerialNumber.Span[0] == 0 ? SerialNumber.Span[1..] : SerialNumber.Span);

    /// <summary>Who signed it.</summary>
    public DistinguishedName Issuer { get; }

    /// <summary>Whom it is about.</summary>
    public DistinguishedName Subject { get; }

    /// <summary>First moment of validity, UTC.</summary>
    public DateTimeOffset NotBefore { get; }

    /// <summary>Last moment of validity, UTC, inclusive.</summary>
    public DateTimeOffset NotAfter { get; }

    /// <summary>The certified public key, DER.</summary>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <summary>How the issuer signed, or null if that is an algorithm not accepted here.</summary>
    public SignatureScheme? SignatureScheme { get; }

    /// <summary>The issuer's signature algorithm as it stands in the certificate.</summary>
    public string SignatureAlgorithmOid { get; }

    /// <summary>All extensions in order, known or not.</summary>
    public IReadOnlyList<CertificateExtension> Extensions { get; }

    /// <summary>What the key may do; null if the certificate does not say, which is then no restriction.</summary>
    public KeyUsages? KeyUsage { get; }

    /// <summary>Whether it is an authority's; null if the certificate does not say.</summary>
    public BasicConstraints? BasicConstraints { get; }

    /// <summary>Purposes as object identifiers; null if the certificate does not restrict them.</summary>
    public IReadOnlyList<string>? ExtendedKeyUsage { get; }

    /// <summary>Identifier of the certified key, or null.</summary>
    public ReadOnlyMemory<byte>? SubjectKeyIdentifier { get; }

    /// <summary>Identifier of the issuer's key, or null.</summary>
    public ReadOnlyMemory<byte>? AuthorityKeyIdentifier { get; }

    /// <summary>Where the issuer publishes its revocation lists.</summary>
    public IReadOnlyList<string> CrlDistributionPoints { get; }

    /// <summary>Where its state can be asked by OCSP.</summary>
    public IReadOnlyList<string> OcspUrls { get; }

    /// <summary>Where the issuer's own certificate is to be had.</summary>
    public IReadOnlyList<string> CaIssuerUrls { get; }

    /// <summary>SHA-256 of <see cref="RawData"/>, lower-case hexadecimal.</summary>
    public string Thumbprint => Convert.ToHexStringLower(SHA256.HashData(RawData.Span));

    /// <summary>Whether issuer and subject are the same name (RFC 5280 §3.2).</summary>
    public bool IsSelfIssued => Issuer.Matches(Subject);

    /// <summary>Reads a DER certificate.</summary>
    /// <exception cref="DerFormatException">It is none.</exception>
    public static Certificate Parse(ReadOnlyMemory<byte> der) =>
        Der.Parse("certificate", der, static bytes => new Certificate(bytes));

    /// <summary>Reads the first certificate of a PEM text (RFC 7468).</summary>
    /// <exception cref="DerFormatException">There is none.</exception>
    public static Certificate ParsePem(string pem) =>
        PemEncoding.TryFind(pem, out var fields) && pem[fields.Label] == "CERTIFICATE"
            ? Parse(Convert.FromBase64String(pem[fields.Base64Data]))
            : throw new DerFormatException("No certificate in this PEM text.");

    /// <summary>The certificate as PEM text with a final line feed (RFC 7468).</summary>
    public string ToPem() => PemEncoding.WriteString("CERTIFICATE", RawData.Span) + "\n";

    /// <summary>
    /// Whether the issuer's key made this certificate's signature. Names, validity and the right to issue
    /// are <see cref="PathValidation"/>'s matter.
    /// </summary>
    public bool IsSignedBy(Certificate issuer) => IsSignedBy(issuer.SubjectPublicKeyInfo);

    /// <summary>Whether this public key (DER SubjectPublicKeyInfo) made this certificate's signature.</summary>
    public bool IsSignedBy(ReadOnlyMemory<byte> issuerPublicKey) =>
        SignatureScheme is { } scheme && Signatures.Verify(scheme, issuerPublicKey, TbsBytes.Span, _signature.Span);

    /// <summary>The extension with this object identifier, or null.</summary>
    public CertificateExtension? Find(string oid) =>
        Extensions.FirstOrDefault(extension => extension.Oid == oid);

    /// <inheritdoc/>
    public bool Equals(Certificate? other) => other is not null && RawData.Span.SequenceEqual(other.RawData.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Certificate);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(_signature.Span);
        return hash.ToHashCode();
    }

    /// <summary>The subject's name and serial number, for messages to people.</summary>
    public override string ToString() => $"{Subject} (serial {SerialNumberText})";
}
