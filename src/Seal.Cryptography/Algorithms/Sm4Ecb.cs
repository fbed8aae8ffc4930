using System.Security.Cryptography;

namespace Seal.Cryptography.Algorithms;

/// <summary>
/// SM4 (GB/T 32907) block by block, over libcrypto. For one use only: a private key under a key that is used once, as GM/T 0009 has it.
/// </summary>
internal static unsafe class Sm4Ecb
{
    /// <summary>Length of a key and of a block in bytes.</summary>
    public const int BlockSize = 16;

    private static readonly nint Implementation = LibCrypto.EVP_CIPHER_fetch(0, "SM4-ECB", null);

    /// <summary>Encrypts or decrypts whole blocks.</summary>
    public static byte[] Transform(ReadOnlySpan<byte> key, ReadOnlySpan<byte> blocks, bool encrypt)
    {
        if (key.Length != BlockSize || blocks.Length == 0 || blocks.Length % BlockSize != 0)
        {
            throw new CryptographicException("SM4 takes a key of 16 bytes and whole blocks of 16 bytes.");
        }

        if (Implementation == 0)
        {
            throw LibCrypto.Failure("Finding SM4");
        }

        using var context = LibCrypto.Check(LibCrypto.EVP_CIPHER_CTX_new(), "Preparing SM4");
        var result = new byte[blocks.Length];
        fixed (byte* with = key, from = blocks, to = result)
        {
            LibCrypto.Check(LibCrypto.EVP_CipherInit_ex(context, Implementation, 0, with, null, encrypt ? 1 : 0), "Preparing SM4");
            LibCrypto.Check(LibCrypto.EVP_CIPHER_CTX_set_padding(context, 0), "Preparing SM4");
            int written;
            LibCrypto.Check(LibCrypto.EVP_CipherUpdate(context, to, &written, from, blocks.Length), "Applying SM4");
        }

        return result;
    }
}
