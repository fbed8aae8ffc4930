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
        one[6..22].ShouldNotBe(two[6..22]);
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
