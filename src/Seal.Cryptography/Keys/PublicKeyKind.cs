using System.Formats.Asn1;
using System.Numerics;
using Seal.Cryptography.Asn1;

namespace Seal.Cryptography.Keys;

/// <summary>
/// What kind of key a SubjectPublicKeyInfo holds, decided before any library is let near it: only named
/// curves pass (explicit parameters have been a way to burn a verifier's CPU), and nothing follows the structure.
/// </summary>
internal enum PublicKeyKind
{
    Unknown,
    Rsa,
    P256,
    P384,
    P521,
    Brainpool,
    Sm2,
    Ed25519,
}

internal static class PublicKeyKinds
{
    /// <summary>The kind of key one of our own algorithms signs with.</summary>
    public static PublicKeyKind Of(SignatureAlgorithm algorithm) => algorithm switch
    {
        SignatureAlgorithm.RsaPkcs1Sha256 or SignatureAlgorithm.RsaPssSha256 => PublicKeyKind.Rsa,
        SignatureAlgorithm.EcdsaP256Sha256 => PublicKeyKind.P256,
        SignatureAlgorithm.EcdsaP384Sha384 => PublicKeyKind.P384,
        SignatureAlgorithm.Sm2Sm3 => PublicKeyKind.Sm2,
        SignatureAlgorithm.Ed25519 => PublicKeyKind.Ed25519,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };

    /// <exception cref="DerFormatException">Not a SubjectPublicKeyInfo.</exception>
    public static PublicKeyKind Read(ReadOnlyMemory<byte> subjectPublicKeyInfo) =>
        Der.Parse("SubjectPublicKeyInfo", subjectPublicKeyInfo, der =>
        {
            var outer = Der.Read(der);
            var info = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            var algorithm = info.ReadSequence();
            var kind = ReadAlgorithm(algorithm);
            Der.ReadBits(info);
            info.ThrowIfNotEmpty();
            return kind;
        });

    /// <summary>Length of an RSA key's modulus in bits; 0 when it cannot be read.</summary>
    public static int RsaBits(ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        try
        {
            return Der.Parse("RSAPublicKey", subjectPublicKeyInfo, static der =>
            {
                var info = Der.Read(der).ReadSequence();
                info.ReadSequence();
                var modulus = Der.Read(Der.ReadBits(info)).ReadSequence().ReadIntegerBytes().Span.TrimStart((byte)0);
                return modulus.IsEmpty ? 0 : (8 * modulus.Length) - BitOperations.LeadingZeroCount(modulus[0]) + 24;
            });
        }
        catch (DerFormatException)
        {
            return 0;
        }
    }

    private static PublicKeyKind ReadAlgorithm(AsnReader algorithm) => algorithm.ReadObjectIdentifier() switch
    {
        // An RSA key bound to PSS by its own OID may carry restrictions we would have to enforce; refused.
        Oids.RsaEncryption => PublicKeyKind.Rsa,
        Oids.Ed25519 => PublicKeyKind.Ed25519,
        Oids.EcPublicKey when Der.Has(algorithm, Asn1Tag.ObjectIdentifier) => algorithm.ReadObjectIdentifier() switch
        {
            Oids.P256 => PublicKeyKind.P256,
            Oids.P384 => PublicKeyKind.P384,
            Oids.P521 => PublicKeyKind.P521,
            Oids.BrainpoolP256 or Oids.BrainpoolP384 or Oids.BrainpoolP512 => PublicKeyKind.Brainpool,
            Oids.Sm2Curve => PublicKeyKind.Sm2,
            _ => PublicKeyKind.Unknown,
        },
        _ => PublicKeyKind.Unknown,
    };
}
