using System.Formats.Asn1;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Asn1;

namespace Seal.Cryptography.Keys;

/// <summary>How algorithms are named in the DER that we write.</summary>
public static class AlgorithmIdentifiers
{
    /// <summary>The digest a signature is made over; for Ed25519 the one CMS asks for (SHA-512, RFC 8419 §3).</summary>
    public static DigestAlgorithm Digest(this SignatureAlgorithm algorithm) => SignatureScheme.Of(algorithm).Digest;

    /// <summary>The object identifier of the signature algorithm, as in a certificate.</summary>
    public static string Oid(this SignatureAlgorithm algorithm) => algorithm switch
    {
        SignatureAlgorithm.RsaPkcs1Sha256 => Oids.Sha256WithRsa,
        SignatureAlgorithm.RsaPssSha256 => Oids.RsassaPss,
        SignatureAlgorithm.EcdsaP256Sha256 => Oids.EcdsaWithSha256,
        SignatureAlgorithm.EcdsaP384Sha384 => Oids.EcdsaWithSha384,
        SignatureAlgorithm.Sm2Sm3 => Oids.Sm2WithSm3,
        SignatureAlgorithm.Ed25519 => Oids.Ed25519,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };

    /// <summary>
    /// Writes the AlgorithmIdentifier of a signature: NULL parameters for RSA (RFC 4055 §5), the PSS
    /// parameters spelt out, none for ECDSA, SM2 and Ed25519.
    /// </summary>
    public static void WriteAlgorithmIdentifier(this AsnWriter writer, SignatureAlgorithm algorithm)
    {
        using var _ = writer.PushSequence();
        writer.WriteObjectIdentifier(algorithm.Oid());
        if (algorithm == SignatureAlgorithm.RsaPkcs1Sha256)
        {
            writer.WriteNull();
        }
        else if (algorithm == SignatureAlgorithm.RsaPssSha256)
        {
            WritePssParameters(writer, algorithm.Digest());
        }
    }

    /// <summary>Writes the AlgorithmIdentifier of a digest, parameters absent (RFC 5754 §2).</summary>
    public static void WriteAlgorithmIdentifier(this AsnWriter writer, DigestAlgorithm algorithm)
    {
        using var _ = writer.PushSequence();
        writer.WriteObjectIdentifier(algorithm.Oid());
    }

    private static void WritePssParameters(AsnWriter writer, DigestAlgorithm digest)
    {
        using var parameters = writer.PushSequence();
        using (writer.PushSequence(Der.Context0))
        {
            writer.WriteAlgorithmIdentifier(digest);
        }

        using (writer.PushSequence(Der.Context1))
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Oids.Mgf1);
            writer.WriteAlgorithmIdentifier(digest);
        }

        using (writer.PushSequence(Der.Context2))
        {
            writer.WriteInteger(digest.SizeInBytes());
        }
    }
}
