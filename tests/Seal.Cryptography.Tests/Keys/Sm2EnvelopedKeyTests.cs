using System.Buffers.Binary;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;
using Seal.Cryptography.Keys;

namespace Seal.Cryptography.Tests.Keys;

/// <summary>Encryption keys on their way to their holders, opened by ourselves and by BouncyCastle.</summary>
public sealed class Sm2EnvelopedKeyTests : IDisposable
{
    private readonly SoftwareKey _key = SoftwareKey.Generate(SignatureAlgorithm.Sm2Sm3);
    private readonly SoftwareKey _holder = SoftwareKey.Generate(SignatureAlgorithm.Sm2Sm3);

    public void Dispose()
    {
        _key.Dispose();
        _holder.Dispose();
    }

    [Fact]
    public void The_recipient_opens_an_envelope_and_finds_the_key()
    {
        using var opened = Sm2EnvelopedKey.Open(Envelope(), _holder);

        opened.SubjectPublicKeyInfo.Span.SequenceEqual(_key.SubjectPublicKeyInfo.Span).ShouldBeTrue();
        Signatures.Verify(SignatureAlgorithm.Sm2Sm3, _key.SubjectPublicKeyInfo, "m"u8, opened.Sign("m"u8)).ShouldBeTrue();
    }

    [Fact]
    public void Nobody_else_opens_it()
    {
        using var stranger = SoftwareKey.Generate(SignatureAlgorithm.Sm2Sm3);
        Should.Throw<CryptographicException>(() => Sm2EnvelopedKey.Open(Envelope(), stranger));
    }

    [Fact]
    public void An_envelope_changed_in_any_byte_is_refused()
    {
        var envelope = Envelope();
        for (var index = 0; index < envelope.Length; index++)
        {
            var changed = envelope.ToArray();
            changed[index] ^= 1;
            var refused = Record.Exception(() => Sm2EnvelopedKey.Open(changed, _holder).Dispose());
            (refused is CryptographicException or DerFormatException).ShouldBeTrue($"byte {index}: {refused}");
        }
    }

    [Fact]
    public void A_truncated_envelope_is_none()
    {
        var envelope = Envelope();
        Should.Throw<DerFormatException>(() => Sm2EnvelopedKey.Open(envelope.AsMemory(0, envelope.Length - 1), _holder));
        Should.Throw<DerFormatException>(() => Sm2EnvelopedKey.Open(Array.Empty<byte>(), _holder));
    }

    [Fact]
    public void BouncyCastle_opens_the_blob_that_smart_keys_take()
    {
        var blob = Sm2EnvelopedKey.ToBlob(Envelope());
        blob.Length.ShouldBe(12 + 64 + 132 + 128 + 32 + 4 + 16, "ENVELOPEDKEYBLOB with a wrapped key of 16 bytes");
        BinaryPrimitives.ReadUInt32LittleEndian(blob).ShouldBe(1u);
        BinaryPrimitives.ReadUInt32LittleEndian(blob.AsSpan(4)).ShouldBe(0x401u);
        BinaryPrimitives.ReadUInt32LittleEndian(blob.AsSpan(8)).ShouldBe(256u);
        var (encrypted, publicKey, cipher) = (blob[12..76], blob[76..208], blob[208..]);

        // C1 ‖ C2 ‖ C3, as the engine takes it.
        byte[] wrapped = [4, .. cipher[32..64], .. cipher[96..128], .. cipher[164..], .. cipher[128..160]];
        var engine = new SM2Engine();
        engine.Init(false, PrivateKeyFactory.CreateKey(_holder.ExportPkcs8()));
        var once = engine.ProcessBlock(wrapped, 0, wrapped.Length);
        var sm4 = new SM4Engine();
        sm4.Init(false, new KeyParameter(once));
        var scalar = new byte[32];
        sm4.ProcessBlock(encrypted[32..48], 0, scalar, 0);
        sm4.ProcessBlock(encrypted[48..], 0, scalar, 16);

        ((ECPrivateKeyParameters)PrivateKeyFactory.CreateKey(_key.ExportPkcs8())).D.ToByteArrayUnsigned().ShouldBe(scalar.SkipWhile(one => one == 0));
        publicKey[36..68].ShouldBe(_key.SubjectPublicKeyInfo[^64..^32].ToArray());
        publicKey[100..132].ShouldBe(_key.SubjectPublicKeyInfo[^32..].ToArray());
    }

    private byte[] Envelope() => Sm2EnvelopedKey.Seal(_key, _holder.SubjectPublicKeyInfo.Span);
}
