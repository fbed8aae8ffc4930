using System.Numerics;
using System.Security.Cryptography;
using Seal.Cryptography.Algorithms;

namespace Seal.Cryptography.Keys;

/// <summary>
/// RSASSA-PSS (RFC 8017 §8.1.2, §9.1.2) with a mask or a salt of its own, which the base library cannot verify. Public values
/// only, so that it need not hide how long it takes.
/// </summary>
/// <param name="Mask">The digest of MGF1.</param>
/// <param name="SaltLength">Length of the salt in bytes.</param>
public sealed record PssPadding(DigestAlgorithm Mask, int SaltLength)
{
    private const byte Trailer = 0xBC;

    /// <summary>Whether a signature is over a digest.</summary>
    /// <param name="key">The signer's.</param>
    /// <param name="algorithm">The digest's.</param>
    /// <param name="digest">Of the message.</param>
    /// <param name="signature">As long as the modulus.</param>
    internal bool Verify(RSA key, DigestAlgorithm algorithm, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        BigInteger modulus = new(parameters.Modulus, isUnsigned: true, isBigEndian: true);
        BigInteger value = new(signature, isUnsigned: true, isBigEndian: true);
        if (signature.Length != parameters.Modulus!.Length || value >= modulus)
        {
            return false;
        }

        var bits = (int)modulus.GetBitLength() - 1;
        var encoded = new byte[(bits + 7) / 8];
        var opened = BigInteger.ModPow(value, new BigInteger(parameters.Exponent, isUnsigned: true, isBigEndian: true), modulus);
        var length = opened.GetByteCount(isUnsigned: true);
        return length <= encoded.Length
            && opened.TryWriteBytes(encoded.AsSpan(encoded.Length - length), out _, isUnsigned: true, isBigEndian: true)
            && IsEncoded(encoded, (8 * encoded.Length) - bits, algorithm, digest);
    }

    private bool IsEncoded(Span<byte> encoded, int unusedBits, DigestAlgorithm algorithm, ReadOnlySpan<byte> digest)
    {
        var zeros = encoded.Length - digest.Length - SaltLength - 2;
        if (zeros < 0 || encoded[^1] != Trailer)
        {
            return false;
        }

        var block = encoded[..(encoded.Length - digest.Length - 1)];
        var hash = encoded.Slice(block.Length, digest.Length);
        var highest = (byte)(0xFF >> unusedBits);
        if ((block[0] & ~highest) != 0)
        {
            return false;
        }

        Unmask(block, hash);
        block[0] &= highest;
        if (block[..zeros].ContainsAnyExcept((byte)0) || block[zeros] != 1)
        {
            return false;
        }

        byte[] salted = [.. new byte[8], .. digest, .. block[(zeros + 1)..]];
        return algorithm.HashData(salted).AsSpan().SequenceEqual(hash);
    }

    /// <summary>MGF1 (RFC 8017 §B.2.1).</summary>
    private void Unmask(Span<byte> block, ReadOnlySpan<byte> seed)
    {
        for (int at = 0, counter = 0; at < block.Length; counter++)
        {
            foreach (var next in Mask.HashData([.. seed, (byte)(counter >> 24), (byte)(counter >> 16), (byte)(counter >> 8), (byte)counter]))
            {
                if (at == block.Length)
                {
                    break;
                }

                block[at++] ^= next;
            }
        }
    }
}
