using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Seal.Cryptography.Vault;

/// <summary>
/// Data encrypted under a fresh data key, the data key wrapped by the master key (SM2 maker keys, the log's
/// Ed25519 key, vault rows). Format, version 1: <c>01 ‖ length of wrapped key (2 bytes, big-endian) ‖
/// wrapped key ‖ nonce (12) ‖ tag (16) ‖ AES-256-GCM ciphertext</c>. Everything before the nonce and the
/// caller's associated data are authenticated, so that a row cannot be put in another's place.
/// </summary>
public static class WrappedSecret
{
    private const byte Version = 1;
    private const int KeySize = 32;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    /// <summary>Encrypts <paramref name="plaintext"/>.</summary>
    /// <param name="plaintext">The secret, of any length.</param>
    /// <param name="associatedData">What it belongs to (row id, purpose); needed again to open it, not stored.</param>
    /// <param name="wrapper">The master key.</param>
    public static byte[] Seal(ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> associatedData, ISecretWrapper wrapper)
    {
        Span<byte> dataKey = stackalloc byte[KeySize];
        RandomNumberGenerator.Fill(dataKey);
        try
        {
            var wrapped = wrapper.Wrap(dataKey);
            var headerLength = 3 + wrapped.Length;
            var sealedData = new byte[headerLength + NonceSize + TagSize + plaintext.Length];
            sealedData[0] = Version;
            BinaryPrimitives.WriteUInt16BigEndian(sealedData.AsSpan(1), checked((ushort)wrapped.Length));
            wrapped.CopyTo(sealedData, 3);

            var nonce = sealedData.AsSpan(headerLength, NonceSize);
            RandomNumberGenerator.Fill(nonce);
            using var aes = new AesGcm(dataKey, TagSize);
            aes.Encrypt(
                nonce,
                plaintext,
                sealedData.AsSpan(headerLength + NonceSize + TagSize),
                sealedData.AsSpan(headerLength + NonceSize, TagSize),
                [.. sealedData.AsSpan(0, headerLength), .. associatedData]);
            return sealedData;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
        }
    }

    /// <summary>The data key in it, as the master key wrapped it: tells by which one, and nothing else.</summary>
    /// <exception cref="CryptographicException">The data is none that was sealed here.</exception>
    public static ReadOnlySpan<byte> WrappedKeyOf(ReadOnlySpan<byte> sealedData)
    {
        if (sealedData.Length < 3 || sealedData[0] != Version)
        {
            throw new CryptographicException("Not a wrapped secret of a known version.");
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(sealedData[1..]);
        return sealedData.Length >= 3 + length ? sealedData.Slice(3, length) : throw new CryptographicException("The wrapped secret is cut short.");
    }

    /// <summary>Gives the plaintext back; the caller wipes it after use.</summary>
    /// <exception cref="CryptographicException">The data was changed, or belongs to something else, or to another master key.</exception>
    public static byte[] Open(ReadOnlySpan<byte> sealedData, ReadOnlySpan<byte> associatedData, ISecretWrapper wrapper)
    {
        var wrapped = WrappedKeyOf(sealedData);
        var headerLength = 3 + wrapped.Length;
        if (sealedData.Length < headerLength + NonceSize + TagSize)
        {
            throw new CryptographicException("The wrapped secret is cut short.");
        }

        var dataKey = wrapper.Unwrap(wrapped);
        try
        {
            var plaintext = new byte[sealedData.Length - headerLength - NonceSize - TagSize];
            using var aes = new AesGcm(dataKey, TagSize);
            aes.Decrypt(
                sealedData.Slice(headerLength, NonceSize),
                sealedData[(headerLength + NonceSize + TagSize)..],
                sealedData.Slice(headerLength + NonceSize, TagSize),
                plaintext,
                [.. sealedData[..headerLength], .. associatedData]);
            return plaintext;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
        }
    }
}
