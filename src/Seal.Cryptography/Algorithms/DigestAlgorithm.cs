using System.Security.Cryptography;
using Seal.Cryptography.Asn1;

namespace Seal.Cryptography.Algorithms;

/// <summary>A hash algorithm that this platform can compute, and accepts unless it says otherwise.</summary>
public enum DigestAlgorithm
{
    /// <summary>SHA-256, 32 bytes.</summary>
    Sha256,

    /// <summary>SHA-384, 48 bytes.</summary>
    Sha384,

    /// <summary>SHA-512, 64 bytes.</summary>
    Sha512,

    /// <summary>SM3, 32 bytes.</summary>
    Sm3,

    /// <summary>SHA3-256, 32 bytes.</summary>
    Sha3Of256,

    /// <summary>SHA3-384, 48 bytes.</summary>
    Sha3Of384,

    /// <summary>SHA3-512, 64 bytes.</summary>
    Sha3Of512,

    /// <summary>
    /// SHA-1, 20 bytes. Never accepted: here only so that an old signature that was also tampered with can be
    /// told from one that is merely weak (see <c>CmsSignerInfo.VerifyWeak</c>).
    /// </summary>
    Sha1,
}

/// <summary>Names and results of <see cref="DigestAlgorithm"/>.</summary>
public static class DigestAlgorithms
{
    /// <summary>The object identifier, as in AlgorithmIdentifier (RFC 5754; GM/T 0006 for SM3).</summary>
    public static string Oid(this DigestAlgorithm algorithm) => algorithm switch
    {
        DigestAlgorithm.Sha256 => Oids.Sha256,
        DigestAlgorithm.Sha384 => Oids.Sha384,
        DigestAlgorithm.Sha512 => Oids.Sha512,
        DigestAlgorithm.Sm3 => Oids.Sm3,
        DigestAlgorithm.Sha3Of256 => Oids.Sha3Of256,
        DigestAlgorithm.Sha3Of384 => Oids.Sha3Of384,
        DigestAlgorithm.Sha3Of512 => Oids.Sha3Of512,
        DigestAlgorithm.Sha1 => Oids.Sha1,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };

    /// <summary>The algorithm of an object identifier, or null if it is not accepted here (SHA-1 and MD5 among those).</summary>
    public static DigestAlgorithm? FromOid(string oid) => oid switch
    {
        Oids.Sha256 => DigestAlgorithm.Sha256,
        Oids.Sha384 => DigestAlgorithm.Sha384,
        Oids.Sha512 => DigestAlgorithm.Sha512,
        Oids.Sm3 or Oids.Sm3Keyless => DigestAlgorithm.Sm3,
        Oids.Sha3Of256 => DigestAlgorithm.Sha3Of256,
        Oids.Sha3Of384 => DigestAlgorithm.Sha3Of384,
        Oids.Sha3Of512 => DigestAlgorithm.Sha3Of512,
        _ => null,
    };

    /// <summary>Length of a digest in bytes.</summary>
    public static int SizeInBytes(this DigestAlgorithm algorithm) => algorithm switch
    {
        DigestAlgorithm.Sha384 or DigestAlgorithm.Sha3Of384 => 48,
        DigestAlgorithm.Sha512 or DigestAlgorithm.Sha3Of512 => 64,
        DigestAlgorithm.Sha1 => 20,
        _ => 32,
    };

    /// <summary>Hashes <paramref name="data"/> in one go.</summary>
    public static byte[] HashData(this DigestAlgorithm algorithm, ReadOnlySpan<byte> data) =>
        algorithm == DigestAlgorithm.Sm3
            ? Sm3.HashData(data)
            : CryptographicOperations.HashData(algorithm.BaseLibraryName(), data);

    internal static HashAlgorithmName BaseLibraryName(this DigestAlgorithm algorithm) => algorithm switch
    {
        DigestAlgorithm.Sha256 => HashAlgorithmName.SHA256,
        DigestAlgorithm.Sha384 => HashAlgorithmName.SHA384,
        DigestAlgorithm.Sha512 => HashAlgorithmName.SHA512,
        DigestAlgorithm.Sha1 => HashAlgorithmName.SHA1,
        DigestAlgorithm.Sha3Of256 => HashAlgorithmName.SHA3_256,
        DigestAlgorithm.Sha3Of384 => HashAlgorithmName.SHA3_384,
        DigestAlgorithm.Sha3Of512 => HashAlgorithmName.SHA3_512,
        _ => throw new CryptographicException("The base library has no SM3."),
    };
}
