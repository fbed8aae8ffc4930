using System.Formats.Asn1;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Asn1;

namespace Seal.Cryptography.Keys;

/// <summary>The mathematics of a signature, without its digest.</summary>
public enum SignatureFamily
{
    /// <summary>RSASSA-PKCS1-v1_5.</summary>
    RsaPkcs1,

    /// <summary>RSASSA-PSS.</summary>
    RsaPss,

    /// <summary>ECDSA on P-256, P-384, P-521 or a Brainpool curve.</summary>
    Ecdsa,

    /// <summary>SM2 with the default identity.</summary>
    Sm2,

    /// <summary>Ed25519.</summary>
    Ed25519,
}

/// <summary>
/// How a signature met in a file is to be verified. Wider than <see cref="SignatureAlgorithm"/>, which
/// names only what our own keys write.
/// </summary>
/// <param name="Family">The mathematics.</param>
/// <param name="Digest">The digest of the message; for Ed25519 the one that goes with it in CMS (SHA-512, RFC 8419).</param>
public sealed record SignatureScheme(SignatureFamily Family, DigestAlgorithm Digest)
{
    /// <summary>How RSASSA-PSS is padded where that is other than usual; null means MGF1 with the digest, and a salt as long as it.</summary>
    public PssPadding? Padding { get; init; }

    /// <summary>The scheme one of our own algorithms follows.</summary>
    public static SignatureScheme Of(SignatureAlgorithm algorithm) => algorithm switch
    {
        SignatureAlgorithm.RsaPkcs1Sha256 => new(SignatureFamily.RsaPkcs1, DigestAlgorithm.Sha256),
        SignatureAlgorithm.RsaPssSha256 => new(SignatureFamily.RsaPss, DigestAlgorithm.Sha256),
        SignatureAlgorithm.EcdsaP256Sha256 => new(SignatureFamily.Ecdsa, DigestAlgorithm.Sha256),
        SignatureAlgorithm.EcdsaP384Sha384 => new(SignatureFamily.Ecdsa, DigestAlgorithm.Sha384),
        SignatureAlgorithm.Sm2Sm3 => new(SignatureFamily.Sm2, DigestAlgorithm.Sm3),
        SignatureAlgorithm.Ed25519 => new(SignatureFamily.Ed25519, DigestAlgorithm.Sha512),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };

    /// <summary>
    /// Reads a DER AlgorithmIdentifier. Null if the algorithm, its digest or its parameters are not accepted here.
    /// </summary>
    /// <param name="algorithmIdentifier">SEQUENCE { algorithm, parameters }.</param>
    /// <param name="digest">
    /// The digest a signature container names apart; it decides where the identifier itself names none
    /// (rsaEncryption in CMS, RFC 3370 §3.2).
    /// </param>
    /// <exception cref="DerFormatException">The bytes are not an AlgorithmIdentifier.</exception>
    public static SignatureScheme? Read(ReadOnlyMemory<byte> algorithmIdentifier, DigestAlgorithm? digest = null) =>
        Der.Parse("AlgorithmIdentifier", algorithmIdentifier, der => Read(Der.Read(der, AsnEncodingRules.BER).ReadSequence(), digest));

    /// <summary>The scheme of a signature that names SHA-1, which <see cref="Read(ReadOnlyMemory{byte}, DigestAlgorithm?)"/> refuses.</summary>
    internal static SignatureScheme? WeakOf(string signatureAlgorithmOid) => signatureAlgorithmOid switch
    {
        Oids.RsaEncryption or Oids.Sha1WithRsa => new(SignatureFamily.RsaPkcs1, DigestAlgorithm.Sha1),
        Oids.EcPublicKey or Oids.EcdsaWithSha1 => new(SignatureFamily.Ecdsa, DigestAlgorithm.Sha1),
        _ => null,
    };

    private static SignatureScheme? Read(AsnReader identifier, DigestAlgorithm? digest) =>
        identifier.ReadObjectIdentifier() switch
        {
            Oids.Sha256WithRsa => new(SignatureFamily.RsaPkcs1, DigestAlgorithm.Sha256),
            Oids.Sha384WithRsa => new(SignatureFamily.RsaPkcs1, DigestAlgorithm.Sha384),
            Oids.Sha512WithRsa => new(SignatureFamily.RsaPkcs1, DigestAlgorithm.Sha512),
            Oids.RsaWithSha3Of256 => new(SignatureFamily.RsaPkcs1, DigestAlgorithm.Sha3Of256),
            Oids.RsaWithSha3Of384 => new(SignatureFamily.RsaPkcs1, DigestAlgorithm.Sha3Of384),
            Oids.RsaWithSha3Of512 => new(SignatureFamily.RsaPkcs1, DigestAlgorithm.Sha3Of512),
            Oids.RsaEncryption when digest is { } named => new(SignatureFamily.RsaPkcs1, named),
            Oids.RsassaPss => ReadPss(identifier),
            Oids.EcdsaWithSha256 => new(SignatureFamily.Ecdsa, DigestAlgorithm.Sha256),
            Oids.EcdsaWithSha384 => new(SignatureFamily.Ecdsa, DigestAlgorithm.Sha384),
            Oids.EcdsaWithSha512 => new(SignatureFamily.Ecdsa, DigestAlgorithm.Sha512),
            Oids.EcdsaWithSha3Of256 => new(SignatureFamily.Ecdsa, DigestAlgorithm.Sha3Of256),
            Oids.EcdsaWithSha3Of384 => new(SignatureFamily.Ecdsa, DigestAlgorithm.Sha3Of384),
            Oids.EcdsaWithSha3Of512 => new(SignatureFamily.Ecdsa, DigestAlgorithm.Sha3Of512),
            Oids.EcPublicKey when digest is { } named and not DigestAlgorithm.Sm3 => new(SignatureFamily.Ecdsa, named),
            Oids.Sm2WithSm3 or Oids.Sm2WithSm3Misprinted => new(SignatureFamily.Sm2, DigestAlgorithm.Sm3),
            // Containers name the key's algorithm here, as rsaEncryption does; certificates never do.
            Oids.Sm2Sign or Oids.Sm2Curve or Oids.EcPublicKey when digest == DigestAlgorithm.Sm3 =>
                new(SignatureFamily.Sm2, DigestAlgorithm.Sm3),
            Oids.Ed25519 => new(SignatureFamily.Ed25519, DigestAlgorithm.Sha512),
            _ => null,
        };

    /// <summary>
    /// RSASSA-PSS-params (RFC 8017 §A.2.3), each field of which may be left out and then means SHA-1 or a salt of 20 bytes. The
    /// message's digest must be accepted; in the mask SHA-1 does no harm, and much software puts it there.
    /// </summary>
    private static SignatureScheme? ReadPss(AsnReader identifier)
    {
        var parameters = identifier.ReadSequence();
        var hash = Der.TryReadExplicit(parameters, Der.Context0)?.ReadSequence().ReadObjectIdentifier();
        var maskHash = Oids.Sha1;
        if (Der.TryReadExplicit(parameters, Der.Context1)?.ReadSequence() is { } mask)
        {
            maskHash = mask.ReadObjectIdentifier() == Oids.Mgf1 ? mask.ReadSequence().ReadObjectIdentifier() : null;
        }

        var salt = 20;
        if ((Der.TryReadExplicit(parameters, Der.Context2) is { } saltField && !saltField.TryReadInt32(out salt))
            || salt < 0
            || maskHash is null
            || hash is null
            || DigestAlgorithms.FromOid(hash) is not { } digest
            || digest == DigestAlgorithm.Sm3
            || (maskHash == Oids.Sha1 ? DigestAlgorithm.Sha1 : DigestAlgorithms.FromOid(maskHash)) is not { } maskDigest)
        {
            return null;
        }

        return new SignatureScheme(SignatureFamily.RsaPss, digest)
        {
            Padding = salt == digest.SizeInBytes() && maskDigest == digest ? null : new PssPadding(maskDigest, salt),
        };
    }
}
