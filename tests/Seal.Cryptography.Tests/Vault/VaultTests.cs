using System.Security.Cryptography;
using Seal.Cryptography.Keys;
using Seal.Cryptography.Tests.Support;
using Seal.Cryptography.Vault;

namespace Seal.Cryptography.Tests.Vault;

public sealed class VaultTests
{
    private static readonly PinSealingOptions Cheap = new(PinSealingOptions.MinimumIterations);
    private static readonly byte[] KeyId = "key-42"u8.ToArray();

    public static TheoryData<SignatureAlgorithm> Algorithms => [.. Enum.GetValues<SignatureAlgorithm>()];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void The_right_pin_and_device_give_the_key_back(SignatureAlgorithm algorithm)
    {
        using var device = new MemoryWrapper();
        using var key = SoftwareKey.Generate(algorithm);
        var envelope = PinSealedKey.Seal(key.ExportPkcs8(), algorithm, "482915", KeyId, device, Cheap);
        var opened = PinSealedKey.Open(envelope, "482915", KeyId, device).ShouldBeOfType<PinSealedKeyOpening.Opened>();
        using var again = opened.Key;
        again.Algorithm.ShouldBe(algorithm);
        Signatures.Verify(algorithm, key.SubjectPublicKeyInfo, "m"u8, again.Sign("m"u8)).ShouldBeTrue();
    }

    [Fact]
    public void A_wrong_pin_is_an_answer()
    {
        using var device = new MemoryWrapper();
        var envelope = Envelope(device);
        PinSealedKey.Open(envelope, "482916", KeyId, device).ShouldBeOfType<PinSealedKeyOpening.WrongPin>();
        PinSealedKey.Open(envelope, "", KeyId, device).ShouldBeOfType<PinSealedKeyOpening.WrongPin>();
    }

    [Fact]
    public void The_pin_alone_without_the_device_opens_nothing()
    {
        using var device = new MemoryWrapper();
        using var other = new MemoryWrapper();
        PinSealedKey.Open(Envelope(device), "482915", KeyId, other).ShouldBeOfType<PinSealedKeyOpening.Damaged>();
    }

    [Fact]
    public void An_envelope_does_not_open_in_anothers_place()
    {
        using var device = new MemoryWrapper();
        PinSealedKey.Open(Envelope(device), "482915", "key-43"u8, device).ShouldBeOfType<PinSealedKeyOpening.Damaged>();
    }

    [Fact]
    public void Any_changed_byte_is_damage_and_never_counts_as_a_wrong_pin()
    {
        using var device = new MemoryWrapper();
        var envelope = Envelope(device);
        for (var i = 0; i < envelope.Length; i++)
        {
            byte[] changed = [.. envelope];
            changed[i] ^= 0x10;
            PinSealedKey.Open(changed, "482915", KeyId, device).ShouldBeOfType<PinSealedKeyOpening.Damaged>();
            PinSealedKey.Open(envelope.AsSpan(0, i), "482915", KeyId, device).ShouldBeOfType<PinSealedKeyOpening.Damaged>();
        }
    }

    [Fact]
    public void Two_envelopes_of_one_key_share_nothing_but_the_header()
    {
        using var device = new MemoryWrapper();
        using var key = SoftwareKey.Generate(SignatureAlgorithm.Sm2Sm3);
        var pkcs8 = key.ExportPkcs8();
        var one = PinSealedKey.Seal(pkcs8, key.Algorithm, "482915", KeyId, device, Cheap);
        var two = PinSealedKey.Seal(pkcs8, key.Algorithm, "482915", KeyId, device, Cheap);
        one[..3].ShouldBe(two[..3]);
        one[3..^(pkcs8.Length + 60)].ShouldNotBe(two[3..^(pkcs8.Length + 60)]);
        one[^32..].ShouldNotBe(two[^32..]);
        one.AsSpan().IndexOf(pkcs8.AsSpan(pkcs8.Length - 16)).ShouldBe(-1);
    }

    [Fact]
    public void An_unreachable_device_is_its_own_error_and_not_a_wrong_pin()
    {
        using var device = new MemoryWrapper();
        var envelope = Envelope(device);
        Should.Throw<IOException>(() => PinSealedKey.Open(envelope, "482915", KeyId, new PulledOut()));
    }

    [Fact]
    public void A_wrapped_secret_opens_for_its_device_and_owner_alone()
    {
        using var device = new MemoryWrapper();
        using var other = new MemoryWrapper();
        var secret = RandomNumberGenerator.GetBytes(1000);
        var row = WrappedSecret.Seal(secret, "row 1"u8, device);
        WrappedSecret.Open(row, "row 1"u8, device).ShouldBe(secret);
        Should.Throw<CryptographicException>(() => WrappedSecret.Open(row, "row 2"u8, device));
        Should.Throw<CryptographicException>(() => WrappedSecret.Open(row, "row 1"u8, other));
        for (var i = 0; i < row.Length; i += 3)
        {
            byte[] changed = [.. row];
            changed[i] ^= 1;
            Should.Throw<CryptographicException>(() => WrappedSecret.Open(changed, "row 1"u8, device));
            var length = i;
            Should.Throw<CryptographicException>(() => WrappedSecret.Open(row.AsSpan(0, length), "row 1"u8, device));
        }
    }

    [Fact]
    public void A_key_goes_under_another_master_key_without_its_PIN_and_opens_with_it_as_before()
    {
        using var device = new MemoryWrapper();
        using var newer = new MemoryWrapper();
        var envelope = Envelope(device);
        var moved = PinSealedKey.Rewrap(envelope, device, newer);
        PinSealedKey.Open(moved, "482915", KeyId, newer).ShouldBeOfType<PinSealedKeyOpening.Opened>().Key.Dispose();
        PinSealedKey.Open(moved, "482916", KeyId, newer).ShouldBeOfType<PinSealedKeyOpening.WrongPin>();
        PinSealedKey.Open(moved, "482915", KeyId, device).ShouldBeOfType<PinSealedKeyOpening.Damaged>();
        PinSealedKey.Open(moved, "482915", "key-43"u8, newer).ShouldBeOfType<PinSealedKeyOpening.Damaged>();
        Should.Throw<CryptographicException>(() => PinSealedKey.Rewrap(envelope, newer, device));
        Should.Throw<CryptographicException>(() => PinSealedKey.Rewrap(envelope.AsSpan(0, 40), device, newer));
    }

    [Fact]
    public void The_wrapped_share_of_one_key_does_not_serve_another()
    {
        using var device = new MemoryWrapper();
        byte[] one = Envelope(device), other = Envelope(device);
        one.AsSpan(0, 3 + 60).CopyTo(other);
        PinSealedKey.Open(other, "482915", KeyId, device).ShouldBeOfType<PinSealedKeyOpening.Damaged>();
    }

    [Fact]
    public void A_key_of_the_first_version_opens_and_goes_under_another_master_key()
    {
        using var device = new MemoryWrapper();
        using var newer = new MemoryWrapper();
        using var key = SoftwareKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        var old = EnvelopeOfVersion1(key.ExportPkcs8(), "482915", device);
        PinSealedKey.Open(old, "482915", KeyId, device).ShouldBeOfType<PinSealedKeyOpening.Opened>().Key.Dispose();
        PinSealedKey.Open(old, "482916", KeyId, device).ShouldBeOfType<PinSealedKeyOpening.WrongPin>();
        var twice = PinSealedKey.Rewrap(PinSealedKey.Rewrap(old, device, newer), newer, device);
        PinSealedKey.Open(twice, "482915", KeyId, device).ShouldBeOfType<PinSealedKeyOpening.Opened>().Key.Dispose();
        for (var i = 0; i < old.Length; i++)
        {
            byte[] changed = [.. old];
            changed[i] ^= 0x10;
            PinSealedKey.Open(changed, "482915", KeyId, device).ShouldBeOfType<PinSealedKeyOpening.Damaged>();
        }
    }

    // As the first version of the service wrote it: the wrapped share inside, and under the HMAC.
    private static byte[] EnvelopeOfVersion1(byte[] pkcs8, string pin, MemoryWrapper device)
    {
        var share = RandomNumberGenerator.GetBytes(32);
        var salt = RandomNumberGenerator.GetBytes(16);
        var nonce = RandomNumberGenerator.GetBytes(12);
        var wrapped = device.Wrap(share);
        byte[] header = [1, (byte)SignatureAlgorithm.EcdsaP256Sha256, 0, 0, 0x03, 0xE8, .. salt, 0, (byte)wrapped.Length, .. wrapped];
        byte[] material = [.. share, .. Rfc2898DeriveBytes.Pbkdf2(pin, salt, 1000, HashAlgorithmName.SHA512, 32)];
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, material, 32, salt, "seal pin-sealed key v1: encryption"u8.ToArray());
        byte[] ciphertext = new byte[pkcs8.Length], tag = new byte[16];
        using var aes = new AesGcm(key, 16);
        aes.Encrypt(nonce, pkcs8, ciphertext, tag);
        byte[] content = [.. header, .. nonce, .. tag, .. ciphertext];
        var mac = HKDF.DeriveKey(HashAlgorithmName.SHA256, share, 32, [], "seal pin-sealed key v1: integrity"u8.ToArray());
        var length = BitConverter.GetBytes(System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(content.Length));
        return [.. content, .. HMACSHA256.HashData(mac.AsSpan(), [.. length, .. content, .. KeyId])];
    }

    private static byte[] Envelope(ISecretWrapper device)
    {
        using var key = SoftwareKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        return PinSealedKey.Seal(key.ExportPkcs8(), key.Algorithm, "482915", KeyId, device, Cheap);
    }

    private sealed class PulledOut : ISecretWrapper
    {
        public byte[] Wrap(ReadOnlySpan<byte> secret) => throw new IOException("no device");

        public byte[] Unwrap(ReadOnlySpan<byte> wrapped) => throw new IOException("no device");
    }
}
