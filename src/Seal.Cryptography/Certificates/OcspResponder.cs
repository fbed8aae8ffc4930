using System.Formats.Asn1;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Asn1;
using Seal.Cryptography.Keys;

namespace Seal.Cryptography.Certificates;

/// <summary>What a responder says of one certificate.</summary>
/// <param name="Certificate">Which.</param>
/// <param name="Finding">Good, revoked from when on and why, or unknown: not issued by this authority.</param>
public sealed record OcspStatement(OcspCertId Certificate, RevocationFinding Finding);

/// <summary>Answers for an issuer by OCSP (RFC 6960): with the issuer's own key, or with one it delegates to. Names itself by its key.</summary>
public sealed class OcspResponder
{
    private readonly ISigner _signer;
    private readonly byte[] _keyHash;

    /// <param name="issuer">For whose certificates it answers.</param>
    /// <param name="certificate">The responder's certificate: the issuer's own, or one by it with the profile <see cref="CertificateProfile.OcspResponder"/>.</param>
    /// <param name="signer">The responder's key.</param>
    /// <exception cref="ArgumentException">They do not belong together.</exception>
    public OcspResponder(Certificate issuer, Certificate certificate, ISigner signer)
    {
        if (!certificate.SubjectPublicKeyInfo.Span.SequenceEqual(signer.SubjectPublicKeyInfo.Span))
        {
            throw new ArgumentException($"The key is not that of {certificate}.", nameof(signer));
        }

        if (!certificate.Equals(issuer) && !OcspResponse.IsDelegate(certificate, issuer))
        {
            throw new ArgumentException($"{certificate} may not answer for {issuer}.", nameof(certificate));
        }

        Issuer = issuer;
        Certificate = certificate;
        _signer = signer;
        // The one digest that RFC 6960 §4.2.1 has for a key's name.
        _keyHash = DigestAlgorithm.Sha1.HashData(OcspCertId.KeyBits(certificate.SubjectPublicKeyInfo));
    }

    /// <summary>For whose certificates it answers.</summary>
    public Certificate Issuer { get; }

    /// <summary>The responder's certificate.</summary>
    public Certificate Certificate { get; }

    /// <summary>Says that nobody need ask whether a responder's certificate is revoked itself (id-pkix-ocsp-nocheck, RFC 6960 §4.2.2.2.1).</summary>
    public static CertificateExtension NoCheck { get; } = new(Oids.OcspNoCheck, false, (byte[])[5, 0]);

    /// <summary>Makes a signed answer.</summary>
    /// <param name="statements">What is said, one for each certificate asked about.</param>
    /// <param name="thisUpdate">When this was known to be so; fractions of a second are dropped.</param>
    /// <param name="nextUpdate">When at the latest something newer is known.</param>
    /// <param name="nonce">The request's nonce, or null.</param>
    /// <returns>DER OCSPResponse.</returns>
    public byte[] Answer(IReadOnlyList<OcspStatement> statements, DateTimeOffset thisUpdate, DateTimeOffset nextUpdate, ReadOnlyMemory<byte>? nonce)
    {
        if (nextUpdate <= thisUpdate)
        {
            throw new ArgumentException("An answer's next update comes after it.", nameof(nextUpdate));
        }

        var tbs = Der.Encode(writer =>
        {
            using var data = writer.PushSequence();
            using (writer.PushSequence(Der.Context2))
            {
                writer.WriteOctetString(_keyHash);
            }

            WriteTime(writer, thisUpdate);
            using (writer.PushSequence())
            {
                foreach (var statement in statements)
                {
                    WriteStatement(writer, statement, thisUpdate, nextUpdate);
                }
            }

            if (nonce is { } value)
            {
                using var tag = writer.PushSequence(Der.Context1);
                using var extensions = writer.PushSequence();
                OcspRequest.WriteNonce(writer, value.ToArray());
            }
        });
        var signature = _signer.Sign(tbs);
        var basic = Der.Encode(writer =>
        {
            using var _ = writer.PushSequence();
            writer.WriteEncodedValue(tbs);
            writer.WriteAlgorithmIdentifier(_signer.Algorithm);
            writer.WriteBitString(signature);
            if (!Certificate.Equals(Issuer))
            {
                using var tag = writer.PushSequence(Der.Context0);
                using var certificates = writer.PushSequence();
                writer.WriteEncodedValue(Certificate.RawData.Span);
            }
        });
        return Der.Encode(writer =>
        {
            using var response = writer.PushSequence();
            writer.WriteEnumeratedValue(OcspResponseStatus.Successful);
            using var tag = writer.PushSequence(Der.Context0);
            using var bytes = writer.PushSequence();
            writer.WriteObjectIdentifier(Oids.OcspBasic);
            writer.WriteOctetString(basic);
        });
    }

    /// <summary>Makes an answer that says why there is none; it is not signed (RFC 6960 §2.3).</summary>
    public static byte[] Refuse(OcspResponseStatus status) => status == OcspResponseStatus.Successful
        ? throw new ArgumentOutOfRangeException(nameof(status))
        : Der.Encode(writer =>
        {
            using var _ = writer.PushSequence();
            writer.WriteEnumeratedValue(status);
        });

    private static void WriteStatement(AsnWriter writer, OcspStatement statement, DateTimeOffset thisUpdate, DateTimeOffset nextUpdate)
    {
        using var _ = writer.PushSequence();
        writer.WriteEncodedValue(statement.Certificate.RawData.Span);
        switch (statement.Finding)
        {
            case RevocationFinding.Revoked revoked:
                using (writer.PushSequence(Der.Context1))
                {
                    WriteTime(writer, revoked.At);
                    if (revoked.Reason != RevocationReason.Unspecified)
                    {
                        using var reason = writer.PushSequence(Der.Context0);
                        writer.WriteEnumeratedValue(revoked.Reason);
                    }
                }

                break;
            case RevocationFinding.Good:
                writer.WriteNull(Der.Context(0, constructed: false));
                break;
            default:
                writer.WriteNull(Der.Context(2, constructed: false));
                break;
        }

        WriteTime(writer, thisUpdate);
        using var next = writer.PushSequence(Der.Context0);
        WriteTime(writer, nextUpdate);
    }

    private static void WriteTime(AsnWriter writer, DateTimeOffset time) => writer.WriteGeneralizedTime(time.ToUniversalTime(), omitFractionalSeconds: true);
}
