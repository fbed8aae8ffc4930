using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Seal.Cryptography.Keys;
using Seal.Cryptography.Notes;
using Seal.Cryptography.Tests.Support;

namespace Seal.Cryptography.Tests.Notes;

public sealed class CosignatureTests
{
    /// <summary>The time and the note text of the example in C2SP tlog-cosignature.</summary>
    private const long Time = 1679315147;

    private static readonly byte[] Note = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"u8.ToArray();

    [Fact]
    public void A_cosignature_is_what_openssl_accepts_over_the_two_lines_and_the_note()
    {
        using var signer = SoftwareKey.Generate(SignatureAlgorithm.Ed25519);
        var key = Key(signer);
        var signature = key.Sign(Note);
        signature.Length.ShouldBe(8 + 64);
        BinaryPrimitives.ReadInt64BigEndian(signature).ShouldBe(Time);

        using var openssl = new OpenSsl();
        openssl.ShouldAccept(
            "pkeyutl", "-verify", "-rawin", "-pubin", "-keyform", "DER",
            "-inkey", openssl.Write("key", signer.SubjectPublicKeyInfo.Span),
            "-in", openssl.Write("message", $"cosignature/v1\ntime {Time}\n" + Encoding.UTF8.GetString(Note)),
            "-sigfile", openssl.Write("signature", signature.AsSpan(8)));
    }

    [Fact]
    public void A_cosignature_that_openssl_makes_is_accepted()
    {
        using var signer = SoftwareKey.Generate(SignatureAlgorithm.Ed25519);
        using var openssl = new OpenSsl();
        var made = openssl.Write("signature", "");
        openssl.ShouldAccept(
            "pkeyutl", "-sign", "-rawin", "-keyform", "DER", "-inkey", openssl.Write("key", signer.ExportPkcs8()),
            "-in", openssl.Write("message", $"cosignature/v1\ntime {Time}\n" + Encoding.UTF8.GetString(Note)), "-out", made);
        var time = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, Time);

        Key(signer).Verifier.Verify(Note, [.. time, .. File.ReadAllBytes(made)]).ShouldBeTrue();
    }

    [Fact]
    public void The_example_of_the_specification_carries_the_time_it_says()
    {
        var example = Convert.FromBase64String("jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==");

        example.Length.ShouldBe(4 + 8 + 64);
        BinaryPrimitives.ReadInt64BigEndian(example.AsSpan(4)).ShouldBe(Time);
    }

    [Fact]
    public void A_witness_key_reads_as_name_id_and_key_of_type_four()
    {
        using var signer = SoftwareKey.Generate(SignatureAlgorithm.Ed25519);
        var publicKey = signer.SubjectPublicKeyInfo.ToArray()[^32..];
        var id = Convert.ToHexStringLower(SHA256.HashData([.. "witness.example/w1\n"u8, 0x04, .. publicKey]).AsSpan(0, 4));
        var text = $"witness.example/w1+{id}+{Convert.ToBase64String([0x04, .. publicKey])}";

        Key(signer).Verifier.ToString().ShouldBe(text);
        var read = CosignatureVerifier.Parse(text);
        (read.Name, read.KeyId.ToString("x8", CultureInfo.InvariantCulture)).ShouldBe(("witness.example/w1", id));
        read.Verify(Note, Key(signer).Sign(Note)).ShouldBeTrue();
    }

    [Fact]
    public void A_change_of_note_time_or_signature_is_noticed()
    {
        using var signer = SoftwareKey.Generate(SignatureAlgorithm.Ed25519);
        var verifier = Key(signer).Verifier;
        var signature = Key(signer).Sign(Note);
        for (var i = 0; i < signature.Length; i++)
        {
            var changed = signature.ToArray();
            changed[i] ^= 0x80;
            verifier.Verify(Note, changed).ShouldBeFalse();
        }

        verifier.Verify([.. Note, .. "more\n"u8], signature).ShouldBeFalse();
        verifier.Verify(Note, signature.AsSpan(0, 71)).ShouldBeFalse();
        verifier.Verify(Note, []).ShouldBeFalse();
        verifier.Verify(Note, signer.Sign(Note)).ShouldBeFalse("a plain signature is no cosignature");
    }

    [Fact]
    public void A_log_key_is_no_witness_key_and_a_witness_key_is_no_log_key()
    {
        using var signer = SoftwareKey.Generate(SignatureAlgorithm.Ed25519);
        Should.Throw<FormatException>(() => CosignatureVerifier.Parse(new NoteKey("witness.example/w1", signer).Verifier.ToString()));
        Should.Throw<FormatException>(() => NoteVerifier.Parse(Key(signer).Verifier.ToString()));
        using var sm2 = SoftwareKey.Generate(SignatureAlgorithm.Sm2Sm3);
        Should.Throw<ArgumentException>(() => new CosignatureKey("witness.example/w1", sm2, TimeProvider.System));
        Should.Throw<ArgumentException>(() => new CosignatureKey("two words", signer, TimeProvider.System));
    }

    private static CosignatureKey Key(SoftwareKey signer) => new("witness.example/w1", signer, new FixedClock());

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(Time);
    }
}
