using System.Security.Cryptography;
using Seal.Cryptography.Algorithms;

namespace Seal.Cryptography.Keys;

/// <summary>
/// Verification of signatures from anywhere. Every method answers false, and never throws, for keys and
/// signatures that are malformed, of another kind than the scheme, or unreasonably large.
/// </summary>
public static class Signatures
{
    /// <summary>Larger RSA keys cost more time than any honest signer needs.</summary>
    private const int MaximumRsaBits = 8192;

    private const int MinimumRsaBits = 1024;

    /// <summary>Longest public exponent in bytes; honest ones are 65537 or 3.</summary>
    private const int MaximumExponentBytes = 8;

    /// <summary>Verifies a signature over the message itself.</summary>
    /// <param name="algorithm">How it was signed.</param>
    /// <param name="subjectPublicKeyInfo">The signer's public key, DER.</param>
    /// <param name="message">What was signed.</param>
    /// <param name="signature">DER SEQUENCE { r, s } for ECDSA and SM2, plain bytes otherwise.</param>
    public static bool Verify(
        SignatureAlgorithm algorithm,
        ReadOnlyMemory<byte> subjectPublicKeyInfo,
        ReadOnlySpan<byte> message,
        ReadOnlySpan<byte> signature)
        => Verify(SignatureScheme.Of(algorithm), subjectPublicKeyInfo, message, signature)
           && PublicKeyKinds.Read(subjectPublicKeyInfo) == PublicKeyKinds.Of(algorithm); // names a curve, which the scheme leaves open

    /// <summary>Verifies a signature over the message itself, by a scheme met in a file.</summary>
    public static bool Verify(
        SignatureScheme scheme,
        ReadOnlyMemory<byte> subjectPublicKeyInfo,
        ReadOnlySpan<byte> message,
        ReadOnlySpan<byte> signature)
    {
        try
        {
            if (scheme.Family is SignatureFamily.Sm2 or SignatureFamily.Ed25519)
            {
                return VerifyByLibCrypto(scheme.Family, subjectPublicKeyInfo, message, signature);
            }

            return VerifyHash(scheme, subjectPublicKeyInfo, scheme.Digest.HashData(message), signature);
        }
        catch (Exception e) when (e is CryptographicException or DerFormatException)
        {
            return false;
        }
    }

    /// <summary>
    /// Verifies an RSA or ECDSA signature over a digest already computed. SM2 and Ed25519 answer false: they
    /// mix the public key into what they hash, so that a plain digest is never what they sign.
    /// </summary>
    public static bool VerifyDigest(
        SignatureScheme scheme,
        ReadOnlyMemory<byte> subjectPublicKeyInfo,
        ReadOnlySpan<byte> digest,
        ReadOnlySpan<byte> signature)
    {
        try
        {
            return digest.Length == scheme.Digest.SizeInBytes()
                   && VerifyHash(scheme, subjectPublicKeyInfo, digest, signature);
        }
        catch (Exception e) when (e is CryptographicException or DerFormatException)
        {
            return false;
        }
    }

    private static bool VerifyHash(
        SignatureScheme scheme, ReadOnlyMemory<byte> publicKey, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        var kind = PublicKeyKinds.Read(publicKey);
        switch (scheme.Family)
        {
            case SignatureFamily.RsaPkcs1 or SignatureFamily.RsaPss
                when kind == PublicKeyKind.Rsa && scheme.Digest != DigestAlgorithm.Sm3:
                using (var rsa = RSA.Create())
                {
                    rsa.ImportSubjectPublicKeyInfo(publicKey.Span, out _);
                    var padding = scheme.Family == SignatureFamily.RsaPss
                        ? RSASignaturePadding.Pss
                        : RSASignaturePadding.Pkcs1;
                    return IsReasonable(rsa) && rsa.VerifyHash(digest, signature, scheme.Digest.BaseLibraryName(), padding);
                }

            case SignatureFamily.Ecdsa when kind is PublicKeyKind.P256 or PublicKeyKind.P384 or PublicKeyKind.P521:
                using (var ecdsa = ECDsa.Create())
                {
                    ecdsa.ImportSubjectPublicKeyInfo(publicKey.Span, out _);
                    return ecdsa.VerifyHash(digest, signature, DSASignatureFormat.Rfc3279DerSequence);
                }

            default:
                return false;
        }
    }

    private static bool VerifyByLibCrypto(
        SignatureFamily family, ReadOnlyMemory<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        var sm2 = family == SignatureFamily.Sm2;
        if (PublicKeyKinds.Read(publicKey) != (sm2 ? PublicKeyKind.Sm2 : PublicKeyKind.Ed25519))
        {
            return false;
        }

        using var key = EvpKey.ImportPublic(publicKey.Span, sm2);
        return key.Verify(message, signature);
    }

    private static bool IsReasonable(RSA rsa) =>
        rsa.KeySize is >= MinimumRsaBits and <= MaximumRsaBits
        && rsa.ExportParameters(false).Exponent!.Length <= MaximumExponentBytes;
}
