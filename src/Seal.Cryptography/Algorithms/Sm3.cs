namespace Seal.Cryptography.Algorithms;

/// <summary>SM3 (GB/T 32905-2016): a hash of 32 bytes.</summary>
public static class Sm3
{
    /// <summary>Length of a digest in bytes.</summary>
    public const int HashSizeInBytes = 32;

    /// <summary>The algorithm as libcrypto knows it; fetched once and kept for the life of the process.</summary>
    internal static readonly nint Implementation = Fetch();

    /// <summary>Hashes <paramref name="data"/> in one go.</summary>
    public static byte[] HashData(ReadOnlySpan<byte> data)
    {
        using var hash = new Sm3Hash();
        hash.Append(data);
        return hash.Finish();
    }

    private static nint Fetch()
    {
        var digest = LibCrypto.EVP_MD_fetch(0, "SM3", null);
        return digest != 0 ? digest : throw LibCrypto.Failure("This build of OpenSSL has no SM3");
    }
}
