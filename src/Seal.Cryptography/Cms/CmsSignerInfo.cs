using System.Formats.Asn1;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Asn1;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;

namespace Seal.Cryptography.Cms;

/// <summary>One signer of a container (RFC 5652 §5.3; GB/T 35275 likewise).</summary>
public sealed class CmsSignerInfo
{
    private readonly CmsContent _container;
    private readonly byte[]? _signedAttributesDer;

    internal CmsSignerInfo(ReadOnlyMemory<byte> encoded, CmsContent container)
    {
        _container = container;
        var info = Der.Read(encoded, AsnEncodingRules.BER).ReadSequence();
        info.ReadIntegerBytes(); // version: the two ways of naming the signer are told apart by their tags
        var keyIdentifierTag = Der.Context(0, constructed: false);
        if (Der.Has(info, keyIdentifierTag))
        {
            SubjectKeyIdentifier = Der.ReadOctets(info, keyIdentifierTag);
        }
        else
        {
            var issuerAndSerial = info.ReadSequence();
            var issuer = issuerAndSerial.ReadEncodedValue();
            // Names are compared as DER; some containers are written with indefinite lengths throughout.
            Issuer = DistinguishedName.Parse(issuer.Span[1] == 0x80 && DerForm.TryOf(issuer) is { } der ? der : issuer);
            SerialNumber = issuerAndSerial.ReadIntegerBytes();
        }

        DigestAlgorithmOid = info.ReadSequence().ReadObjectIdentifier();
        if (Der.Has(info, Der.Context0))
        {
            _signedAttributesDer = info.PeekEncodedValue().ToArray();
            _signedAttributesDer[0] = 0x31; // signed as SET OF, stored as [0] IMPLICIT (§5.4)
            SignedAttributes = ReadAttributes(info.ReadSetOf(true, Der.Context0));
        }

        var algorithm = info.ReadEncodedValue();
        SignatureAlgorithmOid = Der.Read(algorithm, AsnEncodingRules.BER).ReadSequence().ReadObjectIdentifier();
        Scheme = SignatureScheme.Read(algorithm, DigestAlgorithm);
        Signature = Der.ReadOctets(info);
        if (Der.Has(info, Der.Context1))
        {
            UnsignedAttributes = ReadAttributes(info.ReadSetOf(true, Der.Context1));
        }
    }

    /// <summary>Issuer of the signer's certificate, if it is named so.</summary>
    public DistinguishedName? Issuer { get; }

    /// <summary>Serial number of the signer's certificate as encoded, if it is named so.</summary>
    public ReadOnlyMemory<byte>? SerialNumber { get; }

    /// <summary>Key identifier of the signer's certificate, if it is named so.</summary>
    public ReadOnlyMemory<byte>? SubjectKeyIdentifier { get; }

    /// <summary>The digest algorithm as it stands there.</summary>
    public string DigestAlgorithmOid { get; }

    /// <summary>The digest to compute over the content, or null if it is not accepted here.</summary>
    public DigestAlgorithm? DigestAlgorithm => DigestAlgorithms.FromOid(DigestAlgorithmOid);

    /// <summary>SHA-1 where a signature rests on it, else null. For <see cref="VerifyWeak"/>.</summary>
    public DigestAlgorithm? WeakDigestAlgorithm => WeakScheme?.Digest;

    /// <summary>The signature algorithm as it stands there.</summary>
    public string SignatureAlgorithmOid { get; }

    /// <summary>How the signature is to be verified, or null if the algorithm is not accepted here.</summary>
    public SignatureScheme? Scheme { get; }

    /// <summary>The signed attributes; empty if the signature is over the content directly.</summary>
    public IReadOnlyList<CmsAttribute> SignedAttributes { get; } = [];

    /// <summary>The attributes added after signing, time stamps among them.</summary>
    public IReadOnlyList<CmsAttribute> UnsignedAttributes { get; } = [];

    /// <summary>The signature value, which a signature time stamp is over.</summary>
    public ReadOnlyMemory<byte> Signature { get; }

    /// <summary>The signer's certificate if it is in the container.</summary>
    public Certificate? Certificate => _container.Certificates.FirstOrDefault(Names);

    /// <summary>The time of signing as the signer claims it, or null.</summary>
    public DateTimeOffset? SigningTime =>
        Single(Oids.SigningTime) is { } value ? SignerAttributes.Read<DateTimeOffset?>(value, static time => Der.ReadTime(time)) : null;

    /// <summary>The signature time stamp tokens (DER), each over <see cref="Signature"/>; none is verified yet.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> SignatureTimeStamps =>
        [.. UnsignedAttributes.Where(static attribute => attribute.Oid == Oids.SignatureTimeStamp).SelectMany(static attribute => attribute.Values)];

    /// <summary>Whether this signer is named by issuer and serial number, or by key identifier, of the certificate.</summary>
    public bool Names(Certificate certificate) => SubjectKeyIdentifier is { } wanted
        ? certificate.SubjectKeyIdentifier is { } has && has.Span.SequenceEqual(wanted.Span)
        : certificate.SerialNumber.Span.SequenceEqual(SerialNumber!.Value.Span) && certificate.Issuer.Matches(Issuer!);

    /// <summary>Verifies with the certificate in the container. Never throws, whatever the signer wrote.</summary>
    /// <param name="messageDigest">Digest of the content by <see cref="DigestAlgorithm"/>, computed by the caller.</param>
    public CmsVerification Verify(ReadOnlySpan<byte> messageDigest) => Verify(messageDigest, Certificate);

    /// <summary>Verifies with a certificate from elsewhere; null gives an invalid signature.</summary>
    public CmsVerification Verify(ReadOnlySpan<byte> messageDigest, Certificate? certificate)
    {
        return Scheme is null || DigestAlgorithm is null
            ? new CmsVerification(false, false, false, false, null)
            : Verify(Scheme, messageDigest, certificate);
    }

    /// <summary>
    /// Says of a signature that rests on SHA-1 whether it at least fits, so that a forgery is not taken for a
    /// merely old signature. The answer is never <see cref="CmsVerification.IsValid"/>.
    /// </summary>
    /// <param name="messageDigest">Digest of the content by <see cref="WeakDigestAlgorithm"/>, computed by the caller.</param>
    public CmsVerification VerifyWeak(ReadOnlySpan<byte> messageDigest) => WeakScheme is { } scheme
        ? Verify(scheme, messageDigest, Certificate) with { AlgorithmAccepted = false }
        : new CmsVerification(false, false, false, false, null);

    /// <summary>
    /// Verifies an SM2 signature without signed attributes, made over the content itself as GB/T 35275 has it.
    /// </summary>
    /// <param name="digest">SM3(Z ‖ content), computed by the caller with the signer's <see cref="Sm2Digest.Z"/>.</param>
    public CmsVerification VerifySm2(ReadOnlySpan<byte> digest) => new(
        true,
        true,
        true,
        SignedAttributes.Count == 0 && Certificate is { } certificate && Signatures.VerifySm2Digest(certificate.SubjectPublicKeyInfo, digest, Signature.Span),
        null);

    private SignatureScheme? WeakScheme =>
        DigestAlgorithmOid == Oids.Sha1 ? SignatureScheme.WeakOf(SignatureAlgorithmOid) : null;

    private CmsVerification Verify(SignatureScheme scheme, ReadOnlySpan<byte> messageDigest, Certificate? certificate)
    {
        if (_signedAttributesDer is null)
        {
            return VerifyWithoutAttributes(scheme, messageDigest, certificate);
        }

        var digestMatches = Single(Oids.MessageDigest) is { } digest
                             && SignerAttributes.Read(digest, static value => Der.ReadOctets(value)) is { } octets
                             && octets.Span.SequenceEqual(messageDigest);
        var typeMatches = Single(Oids.ContentType) is { } type
                           && SignerAttributes.Read(type, static value => value.ReadObjectIdentifier()) == _container.EncapsulatedContentType;
        var signatureValid = certificate is not null
                              && SignerAttributes.Protect(SignedAttributes, DigestAlgorithmOid, SignatureAlgorithmOid)
                              && (IsOver(_signedAttributesDer) || (DerForm.TryOf(_signedAttributesDer) is { } der && IsOver(der)));
        return new CmsVerification(true, digestMatches, typeMatches, signatureValid, SignerAttributes.Name(SignedAttributes, certificate));

        // Some sign the attributes as they stand there, some in the order of DER and then store them otherwise.
        bool IsOver(byte[] attributes) => Signatures.Verify(scheme, certificate.SubjectPublicKeyInfo, attributes, Signature.Span);
    }

    /// <summary>
    /// The signature is over the content: its digest for RSA and ECDSA. SM2 needs the content itself; what
    /// is supported is the use of OFD software, where the content is the 32-byte digest of the file.
    /// </summary>
    private CmsVerification VerifyWithoutAttributes(SignatureScheme scheme, ReadOnlySpan<byte> messageDigest, Certificate? certificate)
    {
        var digestMatches = _container.EncapsulatedContent is not { } content || content.Length != messageDigest.Length
                             || content.Span.SequenceEqual(messageDigest);
        var valid = certificate is not null && (scheme.Family == SignatureFamily.Sm2
            ? Signatures.Verify(scheme, certificate.SubjectPublicKeyInfo, messageDigest, Signature.Span)
            : Signatures.VerifyDigest(scheme, certificate.SubjectPublicKeyInfo, messageDigest, Signature.Span));
        return new CmsVerification(true, digestMatches, true, valid, null);
    }

    /// <summary>The value of an attribute that must occur once with one value (RFC 5652 §11); null otherwise.</summary>
    private ReadOnlyMemory<byte>? Single(string oid) =>
        SignedAttributes.Where(attribute => attribute.Oid == oid).ToArray() is [{ Values: [var value] }] ? value : (ReadOnlyMemory<byte>?)null;

    private static CmsAttribute[] ReadAttributes(AsnReader set) =>
    [
        .. CmsContent.Bounded(set).Select(static encoded =>
        {
            var attribute = Der.Read(encoded, AsnEncodingRules.BER).ReadSequence();
            var oid = attribute.ReadObjectIdentifier();
            return new CmsAttribute(oid, [.. CmsContent.Bounded(attribute.ReadSetOf(skipSortOrderValidation: true))]);
        }),
    ];
}
