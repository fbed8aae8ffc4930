using System.Formats.Asn1;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Asn1;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Cms;

namespace Seal.Cryptography.Timestamps;

/// <summary>A time-stamp token (RFC 3161 §2.4.2): a signature container around a <see cref="TimestampInfo"/>.</summary>
public sealed class TimestampToken
{
    /// <summary>Object identifier of the content that makes a signature container a token.</summary>
    public const string ContentTypeOid = Oids.TstInfo;

    private readonly CmsContent _content;
    private readonly CmsSignerInfo _signer;

    private TimestampToken(ReadOnlyMemory<byte> ber)
    {
        _content = CmsSignedData.Parse(ber);
        RawData = ber[.._content.EncodedLength];
        if (_content.EncapsulatedContentType != Oids.TstInfo || _content.EncapsulatedContent is not { } statement)
        {
            throw new AsnContentException("The container does not hold a time-stamp statement.");
        }

        Info = TimestampInfo.Parse(statement);
        _signer = _content.Signers is [var only] ? only : throw new AsnContentException("A token has exactly one signer.");
    }

    /// <summary>The token as received.</summary>
    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>What it states; proven by nothing before <see cref="Verify"/>.</summary>
    public TimestampInfo Info { get; }

    /// <summary>The authority's certificate, if it is in the token; untrusted.</summary>
    public Certificate? Certificate => _signer.Certificate;

    /// <summary>The certificates in the token; untrusted.</summary>
    public IReadOnlyList<Certificate> Certificates => _content.Certificates;

    /// <summary>Reads a token. Bytes after it are left alone.</summary>
    /// <exception cref="DerFormatException">It is none.</exception>
    public static TimestampToken Parse(ReadOnlyMemory<byte> ber) =>
        Der.Parse("time-stamp token", ber, static bytes => new TimestampToken(bytes));

    /// <summary>
    /// Verifies everything: that it is about these data, that its authority signed it with the certificate that its
    /// signing-certificate-v2 attribute (RFC 5816) names, and that this certificate was good, for time stamps alone, at the
    /// time stated. Never throws, whatever the authority wrote.
    /// </summary>
    /// <param name="digest">Digest of the stamped data by <see cref="MessageImprint.Algorithm"/> of <see cref="Info"/>, computed by the caller.</param>
    /// <param name="certificates">Certificates that may be the authority's or lie above it, besides those in the token; untrusted.</param>
    /// <param name="trustAnchors">Whom the verifier trusts with time stamps.</param>
    /// <param name="evidence">What is known of revocations.</param>
    public TimestampVerification Verify(
        ReadOnlySpan<byte> digest, IReadOnlyCollection<Certificate> certificates, IReadOnlyCollection<Certificate> trustAnchors, IRevocationEvidence evidence)
    {
        if (!Info.MessageImprint.IsWellFormed || _signer.DigestAlgorithm is not { } signed || _signer.Scheme is null)
        {
            return new(TimestampStatus.AlgorithmNotAccepted, null);
        }

        if (!Info.MessageImprint.Digest.Span.SequenceEqual(digest))
        {
            return new(TimestampStatus.ImprintMismatch, null);
        }

        if (Info.HasUnknownCriticalExtension)
        {
            return new(TimestampStatus.UnknownCriticalExtension, null);
        }

        if ((Certificate ?? certificates.FirstOrDefault(_signer.Names)) is not { } authority)
        {
            return new(TimestampStatus.CertificateMissing, null);
        }

        var signature = _signer.Verify(signed.HashData(_content.EncapsulatedContent!.Value.Span), authority);
        if (!signature.IsValid)
        {
            return new(signature.SigningCertificateAttributeMatches == false ? TimestampStatus.SigningCertificateMismatch : TimestampStatus.SignatureInvalid, null);
        }

        // Without it another certificate over the same key could be put in this one's place (RFC 3161 §2.4.2 asks for it).
        if (signature.SigningCertificateAttributeMatches is null)
        {
            return new(TimestampStatus.SigningCertificateMismatch, null);
        }

        var path = PathValidation.Validate(authority, [.. Certificates, .. certificates], trustAnchors, Info.Time, KeyPurpose.TimeStamping, evidence);
        return new(path.IsOk ? TimestampStatus.Ok : TimestampStatus.PathInvalid, path);
    }
}
