using Seal.Cryptography;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Documents.Ofd;

namespace Seal.Documents.Judging;

/// <summary>Digests of the files of one package, each computed once however many signatures name it.</summary>
internal sealed class OfdDigests(OfdPackage package)
{
    private readonly Dictionary<(ZipEntry File, DigestAlgorithm Algorithm, string Prefix), byte[]?> _computed = [];

    /// <summary>The digest of what stands before the file, if anything, and the file; null when the file cannot be read.</summary>
    public byte[]? Of(ZipEntry file, DigestAlgorithm algorithm, byte[] prefix)
    {
        var key = (file, algorithm, Convert.ToHexString(prefix));
        if (!_computed.TryGetValue(key, out var digest))
        {
            _computed[key] = digest = Compute(file, algorithm, prefix);
        }

        return digest;
    }

    private byte[]? Compute(ZipEntry file, DigestAlgorithm algorithm, byte[] prefix)
    {
        using IncrementalDigest digest = new(algorithm);
        digest.Append(prefix);
        try
        {
            package.Read(file, digest.Append);
        }
        catch (OfdFormatException error) when (error.Code == OfdProblem.Damaged)
        {
            return null; // the caller names the file: a protected file that cannot be read is not the one that was signed
        }

        return digest.Finish();
    }
}

/// <summary>How the files of a signature are to be hashed (CheckMethod).</summary>
/// <param name="Algorithm">The digest; null when it is weak or not known.</param>
/// <param name="Prefixes">What may stand before each file, in the order to try.</param>
internal sealed record OfdCheckMethod(DigestAlgorithm? Algorithm, IReadOnlyList<byte[]> Prefixes)
{
    private const string HmacSm3 = "1.2.156.10197.1.401.2";

    /// <param name="method">As written; left out, it means MD5 by the standard.</param>
    /// <param name="signer">Whose key the SM2 identity is of; null when unknown.</param>
    public static OfdCheckMethod Of(string? method, Certificate? signer) => method?.Trim().ToUpperInvariant() switch
    {
        "SM3" => new(DigestAlgorithm.Sm3, [[]]),
        // The number of HMAC-SM3; what a vendor writes under it is SM3(Z ‖ file), Z being the signer's SM2 identity.
        HmacSm3 => new(DigestAlgorithm.Sm3, Identity(signer) is { } z ? [z, []] : [[]]),
        "SHA256" or "SHA-256" => new(DigestAlgorithm.Sha256, [[]]),
        "SHA384" or "SHA-384" => new(DigestAlgorithm.Sha384, [[]]),
        "SHA512" or "SHA-512" => new(DigestAlgorithm.Sha512, [[]]),
        "SHA1" or "SHA-1" or "1.3.14.3.2.26" => new(DigestAlgorithm.Sha1, [[]]),
        { } oid => new(DigestAlgorithms.FromOid(oid), [[]]),
        null => new(null, [[]]),
    };

    /// <summary>Z of GB/T 32918.2 §5.5 for the default identity; null when the signer's key is not on the SM2 curve.</summary>
    public static byte[]? Identity(Certificate? signer)
    {
        try
        {
            return signer is null ? null : Sm2Digest.Z(signer.SubjectPublicKeyInfo, Sm2Digest.DefaultIdentity);
        }
        catch (DerFormatException)
        {
            return null; // an RSA key, say, has none
        }
    }
}
