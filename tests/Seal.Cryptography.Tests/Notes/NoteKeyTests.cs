using System.Text;
using Seal.Cryptography.Keys;
using Seal.Cryptography.Notes;

namespace Seal.Cryptography.Tests.Notes;

public sealed class NoteKeyTests
{
    private static readonly byte[] Note = "log.example\n42\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"u8.ToArray();

    /// <summary>The example key pair of Go's golang.org/x/mod/sumdb/note documentation.</summary>
    [Fact]
    public void The_well_known_example_key_has_its_well_known_id_and_signature()
    {
        const string Verifier = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
        var verifier = NoteVerifier.Parse(Verifier);
        verifier.Name.ShouldBe("PeterNeumann");
        verifier.KeyId.ShouldBe(0xc74f20a3u);
        verifier.ToString().ShouldBe(Verifier);
        var text = Encoding.UTF8.GetBytes(
            "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n");
        var signature = Convert.FromBase64String(
            "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=");
        verifier.Verify(text, signature.AsSpan(4)).ShouldBeTrue();
        verifier.Verify(Note, signature.AsSpan(4)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(SignatureAlgorithm.Ed25519)]
    [InlineData(SignatureAlgorithm.Sm2Sm3)]
    public void A_signature_line_verifies_under_the_published_verifier_key(SignatureAlgorithm algorithm)
    {
        using var signer = SoftwareKey.Generate(algorithm);
        var key = new NoteKey("log.example/seal", signer);
        var parts = key.SignatureLine(Note).TrimEnd('\n').Split(' ');
        parts[0].ShouldBe("—");
        parts[1].ShouldBe("log.example/seal");
        var decoded = Convert.FromBase64String(parts[2]);
        var verifier = NoteVerifier.Parse(key.Verifier.ToString());
        verifier.KeyId.ShouldBe(key.KeyId);
        Convert.ToHexStringLower(decoded.AsSpan(0, 4)).ShouldBe(key.KeyId.ToString("x8"));
        verifier.Verify(Note, decoded.AsSpan(4)).ShouldBeTrue();
        decoded[20] ^= 1;
        verifier.Verify(Note, decoded.AsSpan(4)).ShouldBeFalse();
    }

    [Fact]
    public void A_verifier_key_with_a_wrong_id_an_unknown_type_or_no_sense_is_refused()
    {
        foreach (var text in (string[])
                 [
                     "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                     "PeterNeuman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                     "PeterNeumann+c74f20a3+AhpcAQcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                     "PeterNeumann+c74f20a3+ARpc", "PeterNeumann+c74f20a3", "+c74f20a3+ARpc", "", "a b+c74f20a3+ARpc", "a+b+c",
                 ])
        {
            Should.Throw<FormatException>(() => NoteVerifier.Parse(text));
        }
    }

    [Fact]
    public void A_name_that_would_break_the_line_is_refused()
    {
        using var signer = SoftwareKey.Generate(SignatureAlgorithm.Ed25519);
        foreach (var name in (string[])["", "two words", "plus+", "line\n", "wide\u3000space"])
        {
            Should.Throw<ArgumentException>(() => new NoteKey(name, signer));
        }

        using var rsa = SoftwareKey.Generate(SignatureAlgorithm.RsaPkcs1Sha256);
        Should.Throw<ArgumentException>(() => new NoteKey("log.example", rsa));
    }
}
