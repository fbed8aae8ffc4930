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
    /// <param name="Iterations">What guessing its PIN costs, so that a key from cheaper times can be put under today's cost.</param>
    public sealed record Opened(SoftwareKey Key, int Iterations) : PinSealedKeyOpening;

    /// <summary>The envelope is whole, the PIN is not the one. To be counted.</summary>
    public sealed record WrongPin : PinSealedKeyOpening;

    /// <summary>The envelope was changed, belongs to something else, or to another master key. Says nothing about the PIN.</summary>
    public sealed record Damaged : PinSealedKeyOpening;
}

/// <summary>
/// A holder's cloud key, encrypted so that opening needs both the master key's device and the holder's PIN.
/// Format, version 2, integers big-endian: <c>02 ‖ length of wrapped share (2) ‖ wrapped share ‖ core</c>, the core being
/// <c>01 ‖ algorithm (1) ‖ rounds (4) ‖ salt (16) ‖ 0000 ‖ nonce (12) ‖ tag (16) ‖ AES-256-GCM ciphertext of the
/// PKCS#8 ‖ HMAC-SHA-256 (32)</c>. The share is 32 random bytes that only the device can unwrap. The encryption key is
/// HKDF-SHA-256 of share and PBKDF2(PIN, salt); the HMAC key comes from the share alone, so that damage is told from a
/// wrong PIN without helping to guess one. The HMAC does not cover the wrapped share, which proves itself, so that another
/// master key can take it over without PIN and owner. Version 1 was a core alone, with its wrapped share where 0000 is and
/// behind; taken over by another master key, it is kept whole as the core.
/// </summary>
public static class PinSealedKey
{
    private const byte Version = 2;
    private const byte CoreVersion = 1;
    private const int HeaderSize = 3;
    private const int SaltSize = 16;
    private const int KeySize = 32;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int MacSize = 32;
    private const int CoreHeaderSize = 1 + 1 + 4 + SaltSize + 2;

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
            var core = new byte[CoreHeaderSize + NonceSize + TagSize + pkcs8.Length + MacSize];
            core[0] = CoreVersion;
            core[1] = (byte)algorithm;
            BinaryPrimitives.WriteInt32BigEndian(core.AsSpan(2), options.Iterations);
            var salt = core.AsSpan(6, SaltSize);
            RandomNumberGenerator.Fill(salt);

            key = EncryptionKey(share, pin, salt, options.Iterations);
            var nonce = core.AsSpan(CoreHeaderSize, NonceSize);
            RandomNumberGenerator.Fill(nonce);
            using var aes = new AesGcm(key, TagSize);
            aes.Encrypt(
                nonce,
                pkcs8,
                core.AsSpan(CoreHeaderSize + NonceSize + TagSize, pkcs8.Length),
                core.AsSpan(CoreHeaderSize + NonceSize, TagSize));
            Mac(share, core.AsSpan(0, core.Length - MacSize), associatedData).CopyTo(core, core.Length - MacSize);
            return Assemble(wrapper.Wrap(share), core);
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
        if (!TryTakeApart(envelope, out var wrapped, out var core, out var headerSize))
        {
            return new PinSealedKeyOpening.Damaged();
        }

        byte[]? share = null, key = null, pkcs8 = null;
        try
        {
            share = TryUnwrap(wrapper, wrapped);
            if (share is null || !CryptographicOperations.FixedTimeEquals(Mac(share, core[..^MacSize], associatedData), core[^MacSize..]))
            {
                return new PinSealedKeyOpening.Damaged();
            }

            // Only now, authenticated, are the algorithm and the number of rounds believed.
            var iterations = BinaryPrimitives.ReadInt32BigEndian(core[2..]);
            key = EncryptionKey(share, pin, core.Slice(6, SaltSize), iterations);
            var box = core[headerSize..^MacSize];
            pkcs8 = new byte[box.Length - NonceSize - TagSize];
            using var aes = new AesGcm(key, TagSize);
            aes.Decrypt(box[..NonceSize], box[(NonceSize + TagSize)..], box.Slice(NonceSize, TagSize), pkcs8);
#pragma warning disable CA2000 // the answer carries the key to the caller, who disposes it
            return new PinSealedKeyOpening.Opened(SoftwareKey.ImportPkcs8(pkcs8, (SignatureAlgorithm)core[1]), iterations);
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

    /// <summary>Puts an envelope under another master key. Neither the PIN nor its owner is needed, and neither comes to light.</summary>
    /// <param name="envelope">The envelope.</param>
    /// <param name="from">What opens the wrapped share.</param>
    /// <param name="to">What it is wrapped by from now on.</param>
    /// <exception cref="CryptographicException">It is no envelope, or its share does not open.</exception>
    public static byte[] Rewrap(ReadOnlySpan<byte> envelope, ISecretWrapper from, ISecretWrapper to)
    {
        if (!TryTakeApart(envelope, out var wrapped, out var core, out _))
        {
            throw new CryptographicException("Not a PIN-sealed key of a known version.");
        }

        var share = from.Unwrap(wrapped);
        try
        {
            return Assemble(to.Wrap(share), core);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(share);
        }
    }

    private static byte[] Assemble(byte[] wrapped, ReadOnlySpan<byte> core)
    {
        var envelope = new byte[HeaderSize + wrapped.Length + core.Length];
        envelope[0] = Version;
        BinaryPrimitives.WriteUInt16BigEndian(envelope.AsSpan(1), checked((ushort)wrapped.Length));
        wrapped.CopyTo(envelope, HeaderSize);
        core.CopyTo(envelope.AsSpan(HeaderSize + wrapped.Length));
        return envelope;
    }

    private static bool TryTakeApart(ReadOnlySpan<byte> envelope, out ReadOnlySpan<byte> wrapped, out ReadOnlySpan<byte> core, out int coreHeaderSize)
    {
        wrapped = default;
        core = envelope;
        coreHeaderSize = 0;
        var isWhole = envelope.Length > HeaderSize && envelope[0] == CoreVersion;
        if (envelope.Length > HeaderSize && envelope[0] == Version)
        {
            var size = BinaryPrimitives.ReadUInt16BigEndian(envelope[1..]);
            if (envelope.Length < HeaderSize + size)
            {
                return false;
            }

            wrapped = envelope.Slice(HeaderSize, size);
            core = envelope[(HeaderSize + size)..];
        }

        if (core.Length < CoreHeaderSize || core[0] != CoreVersion)
        {
            return false;
        }

        coreHeaderSize = CoreHeaderSize + BinaryPrimitives.ReadUInt16BigEndian(core[(CoreHeaderSize - 2)..]);
        if (core.Length < coreHeaderSize + NonceSize + TagSize + MacSize)
        {
            return false;
        }

        wrapped = isWhole ? core[CoreHeaderSize..coreHeaderSize] : wrapped;
        return true;
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
