using System.Security.Cryptography;

namespace Seal.Cryptography.Keys;

/// <summary>
/// Verification of one signature from anywhere. Every method answers false, and never throws, for keys and signatures that are
/// malformed, of another kind than the scheme, or unreasonably large. Who verifies many by one key reads it once: <see cref="VerificationKey"/>.
/// </summary>
public static class Signatures
{
    /// <summary>Verifies a signature over the message itself.</summary>
    /// <param name="algorithm">How it was signed.</param>
    /// <param name="subjectPublicKeyInfo">The signer's public key, DER.</param>
    /// <param name="message">What was signed.</param>
    /// <param name="signature">DER SEQUENCE { r, s } for ECDSA and SM2, plain bytes otherwise.</param>
    public static bool Verify(
        SignatureAlgorithm algorithm, ReadOnlyMemory<byte> subjectPublicKeyInfo, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        using var key = VerificationKey.Read(subjectPublicKeyInfo);
        return key.Verify(algorithm, message, signature);
    }

    /// <summary>Verifies a signature over the message itself, by a scheme met in a file.</summary>
    public static bool Verify(
        SignatureScheme scheme, ReadOnlyMemory<byte> subjectPublicKeyInfo, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        using var key = VerificationKey.Read(subjectPublicKeyInfo);
        return key.Verify(scheme, message, signature);
    }

    /// <summary>Verifies an RSA or ECDSA signature over a digest already computed; see <see cref="VerificationKey.VerifyDigest"/>.</summary>
    public static bool VerifyDigest(
        SignatureScheme scheme, ReadOnlyMemory<byte> subjectPublicKeyInfo, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        using var key = VerificationKey.Read(subjectPublicKeyInfo);
        return key.VerifyDigest(scheme, digest, signature);
    }

    /// <summary>Verifies an SM2 signature over e = SM3(Z ‖ message), computed by the caller (<see cref="Sm2Digest"/>).</summary>
    public static bool VerifySm2Digest(ReadOnlyMemory<byte> subjectPublicKeyInfo, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        using var key = VerificationKey.Read(subjectPublicKeyInfo);
        return key.VerifySm2Digest(digest, signature);
    }

    /// <summary>Whether signatures by a key can be verified here, and whether they then prove anything.</summary>
    public static (bool IsKnown, bool IsStrong) StrengthOf(ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        using var key = VerificationKey.Read(subjectPublicKeyInfo);
        return (key.IsKnown, key.IsStrong);
    }

    /// <summary>How holders' keys of a kind sign here: ECDSA on P-256, RSA with 2048 bits (PKCS#1 1.5), SM2; <c>null</c> for any other.</summary>
    /// <param name="subjectPublicKeyInfo">The public key, DER.</param>
    /// <exception cref="DerFormatException">It is none.</exception>
    public static SignatureAlgorithm? AlgorithmOf(ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        switch (PublicKeyKinds.Read(subjectPublicKeyInfo))
        {
            case PublicKeyKind.P256:
                return SignatureAlgorithm.EcdsaP256Sha256;
            case PublicKeyKind.Sm2:
                return SignatureAlgorithm.Sm2Sm3;
            case PublicKeyKind.Rsa:
                using (var rsa = RSA.Create())
                {
                    rsa.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo.Span, out _);
                    return rsa.KeySize == 2048 ? SignatureAlgorithm.RsaPkcs1Sha256 : null;
                }

            default:
                return null;
        }
    }
}
