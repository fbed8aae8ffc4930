using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Seal.Cryptography.Keys;

namespace Seal.Cryptography.Vault;

/// <summary>What deriving a key from a PIN costs.</summary>
/// <param name="Iterations">Rounds of PBKDF2-HMAC-SHA-512; more makes guessing and signing slower alike.</param>
public sealed record PinSealingOptions(int Iterations = 210_000)
{
    /// <summary>Fewest rounds accepted; meant for tests.</summary>
    public const int MinimumIterations = 1_000;

    /// <summary>Most rounds accepted, so that a stored number cannot stop the service.</summary>
    public const int MaximumIterations = 20_000_000;
}

/// <summary>What came of opening a PIN-sealed key.</summary>
public abstract record PinSealedKeyOpening
{
    private PinSealedKeyOpening()
    {
    }

    /// <summary>The PIN was right; the caller disposes the key.</summary>
    /// <param name="Key">The holder's key.</param>
    public sealed record Opened(SoftwareKey Key) : PinSealedKeyOpening;

    /// <summary>The envelope is whole, the PIN is not the one. To be counted.</summary>
    public sealed record WrongPin : PinSealedKeyOpening;

    /// <summary>The envelope was changed, belongs to something else, or to another master key. Says nothing about the PIN.</summary>
    public sealed record Damaged : PinSealedKeyOpening;
}

/// <summary>
/// A holder's cloud key, encrypted so that opening needs both the master key's device and the holder's PIN.
/// Format, version 1, integers big-endian:
/// <c>01 ‖ algorithm (1) ‖ rounds (4) ‖ salt (16) ‖ length of wrapped share (2) ‖ wrapped share ‖ nonce (12) ‖
/// tag (16) ‖ AES-256-GCM ciphertext of the PKCS#8 ‖ HMAC-SHA-256 (32)</c>. The share is 32 random bytes that
/// only the device can unwrap. The encryption key is HKDF-SHA-256 of share and PBKDF2(PIN, salt); the HMAC
/// key comes from the share alone, so that damage is told from a wrong PIN without helping to guess one.
/// </summary>
public static class PinSealedKey
{
    private const byte Version = 1;
    private const int SaltSize = 16;
    private const int KeySize = 32;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int MacSize = 32;
    private const int FixedHeaderSize = 1 + 1 + 4 + SaltSize + 2;

    /// <summary>Encrypts a key.</summary>
    /// <param name="pkcs8">The key, DER PKCS#8; the caller wipes it.</param>
    /// <param name="algorithm">What the key is for.</param>
    /// <param name="pin">The holder's PIN; compared as UTF-8.</param>
    /// <param name="associatedData">What the key belongs to (key id); needed again to open it, not stored.</param>
    /// <param name="wrapper">The master key.</param>
    /// <param name="options">What guessing shall cost.</param>
    public static byte[] Seal(
        ReadOnlySpan<byte> pkcs8,
        SignatureAlgorithm algorithm,
        ReadOnlySpan<char> pin,
        ReadOnlySpan<byte> associatedData,
        ISecretWrapper wrapper,
        PinSealingOptions options)
    {
        if (options.Iterations is < PinSealingOptions.MinimumIterations or > PinSealingOptions.MaximumIterations)
        {
            throw new ArgumentOutOfRangeException(nameof(options));
        }

        var share = RandomNumberGenerator.GetBytes(KeySize);
        byte[]? key = null;
        try
        {
            var wrapped = wrapper.Wrap(share);
            var headerSize = FixedHeaderSize + wrapped.Length;
            var envelope = new byte[headerSize + NonceSize + TagSize + pkcs8.Length + MacSize];
            envelope[0] = Version;
            envelope[1] = (byte)algorithm;
            BinaryPrimitives.WriteInt32BigEndian(envelope.AsSpan(2), options.Iterations);
            var salt = envelope.AsSpan(6, SaltSize);
            RandomNumberGenerator.Fill(salt);
            BinaryPrimitives.WriteUInt16BigEndian(envelope.AsSpan(FixedHeaderSize - 2), checked((ushort)wrapped.Length));
            wrapped.CopyTo(envelope, FixedHeaderSize);

            key = EncryptionKey(share, pin, salt, options.Iterations);
            var nonce = envelope.AsSpan(headerSize, NonceSize);
            RandomNumberGenerator.Fill(nonce);
            using var aes = new AesGcm(key, TagSize);
            aes.Encrypt(
                nonce,
                pkcs8,
                envelope.AsSpan(headerSize + NonceSize + TagSize, pkcs8.Length),
                envelope.AsSpan(headerSize + NonceSize, TagSize));
            Mac(share, envelope.AsSpan(0, envelope.Length - MacSize), associatedData)
                .CopyTo(envelope, envelope.Length - MacSize);
            return envelope;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(share);
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Decrypts a key. A wrong PIN and a damaged envelope are answers; an unreachable device is the wrapper's exception.</summary>
    public static PinSealedKeyOpening Open(
        ReadOnlySpan<byte> envelope, ReadOnlySpan<char> pin, ReadOnlySpan<byte> associatedData, ISecretWrapper wrapper)
    {
        if (envelope.Length < FixedHeaderSize || envelope[0] != Version)
        {
            return new PinSealedKeyOpening.Damaged();
        }

        int wrappedSize = BinaryPrimitives.ReadUInt16BigEndian(envelope[(FixedHeaderSize - 2)..]);
        var headerSize = FixedHeaderSize + wrappedSize;
        if (envelope.Length < headerSize + NonceSize + TagSize + MacSize)
        {
            return new PinSealedKeyOpening.Damaged();
        }

        byte[]? share = null, key = null, pkcs8 = null;
        try
        {
            share = TryUnwrap(wrapper, envelope[FixedHeaderSize..headerSize]);
            if (share is null || !CryptographicOperations.FixedTimeEquals(
                    Mac(share, envelope[..^MacSize], associatedData), envelope[^MacSize..]))
            {
                return new PinSealedKeyOpening.Damaged();
            }

            // Only now, authenticated, are the algorithm and the number of rounds believed.
            var iterations = BinaryPrimitives.ReadInt32BigEndian(envelope[2..]);
            key = EncryptionKey(share, pin, envelope.Slice(6, SaltSize), iterations);
            var box = envelope[headerSize..^MacSize];
            pkcs8 = new byte[box.Length - NonceSize - TagSize];
            using var aes = new AesGcm(key, TagSize);
            aes.Decrypt(box[..NonceSize], box[(NonceSize + TagSize)..], box.Slice(NonceSize, TagSize), pkcs8);
#pragma warning disable CA2000 // the answer carries the key to the caller, who disposes it
            return new PinSealedKeyOpening.Opened(SoftwareKey.ImportPkcs8(pkcs8, (SignatureAlgorithm)envelope[1]));
#pragma warning restore CA2000
        }
        catch (AuthenticationTagMismatchException)
        {
            return new PinSealedKeyOpening.WrongPin();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(share);
            CryptographicOperations.ZeroMemory(key);
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    private static byte[]? TryUnwrap(ISecretWrapper wrapper, ReadOnlySpan<byte> wrapped)
    {
        try
        {
            return wrapper.Unwrap(wrapped);
        }
        catch (CryptographicException)
        {
            return null; // not under this master key, or changed
        }
    }

    private static byte[] EncryptionKey(ReadOnlySpan<byte> share, ReadOnlySpan<char> pin, ReadOnlySpan<byte> salt, int iterations)
    {
        var pinBytes = new byte[Encoding.UTF8.GetMaxByteCount(pin.Length)];
        var material = new byte[2 * KeySize];
        try
        {
            var length = Encoding.UTF8.GetBytes(pin, pinBytes);
            share.CopyTo(material);
            Rfc2898DeriveBytes.Pbkdf2(
                pinBytes.AsSpan(0, length), salt, material.AsSpan(KeySize), iterations, HashAlgorithmName.SHA512);
            var key = new byte[KeySize];
            HKDF.DeriveKey(HashAlgorithmName.SHA256, material, key, salt, "seal pin-sealed key v1: encryption"u8);
            return key;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pinBytes);
            CryptographicOperations.ZeroMemory(material);
        }
    }

    private static byte[] Mac(ReadOnlySpan<byte> share, ReadOnlySpan<byte> content, ReadOnlySpan<byte> associatedData)
    {
        Span<byte> key = stackalloc byte[KeySize];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, share, key, [], "seal pin-sealed key v1: integrity"u8);
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        CryptographicOperations.ZeroMemory(key);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length); // keeps the two parts apart
        mac.AppendData(length);
        mac.AppendData(content);
        mac.AppendData(associatedData);
        return mac.GetHashAndReset();
    }
}
