using Seal.Cryptography;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Tokens.Skf;
using Seal.Tokens.SoftHsm;

namespace Seal.Tokens.Tests;

/// <summary>An encryption key pair on its way from an authority to a holder's device, in an envelope that only the device opens.</summary>
public sealed class EncryptionKeyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seal-skf-").FullName;
    private readonly SkfToken _token;
    private readonly SkfSigner _signer;
    private readonly SoftwareKey _pair = SoftwareKey.Generate(SignatureAlgorithm.Sm2Sm3);

    public EncryptionKeyTests(CompiledDevices devices)
    {
        NativeEnvironment.Set("SEAL_SKF_DEVICE_FOLDER", _folder);
        var library = SkfLibrary.Load(devices.NewSkf(_folder));
        File.WriteAllText(Path.Combine(_folder, "UKEY-1.skf"), "");
        _token = library.Open(library.Devices().Single(), "SEAL");
        using var pin = new TokenPin("123456");
        _token.SignIn(pin).ShouldBe(PinOutcome.Accepted);
        _signer = _token.GenerateSigner("seal", SignatureAlgorithm.Sm2Sm3);
    }

    public void Dispose()
    {
        _token.Dispose();
        _pair.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void The_device_opens_the_envelope_with_its_signing_key_and_keeps_both_certificates()
    {
        Certificate encryption = CertificateOf(_pair), signing = CertificateOf(_signer);
        _token.ReadEncryptionCertificate("seal").ShouldBeNull();
        _token.ImportEncryptionKey("seal", Sm2EnvelopedKey.Seal(_pair, _signer.SubjectPublicKeyInfo.Span), encryption);
        _token.WriteCertificate("seal", signing);

        _token.ReadEncryptionCertificate("seal").ShouldBe(encryption);
        _token.ReadCertificate("seal").ShouldBe(signing);
        _token.FindSigner("seal", SignatureAlgorithm.Sm2Sm3)!.SubjectPublicKeyInfo.ToArray().ShouldBe(_signer.SubjectPublicKeyInfo.ToArray());
        Signatures.Verify(SignatureAlgorithm.Sm2Sm3, _signer.SubjectPublicKeyInfo, "m"u8, _signer.Sign("m"u8)).ShouldBeTrue("it still signs with its own key");
    }

    [Fact]
    public void Keys_with_leading_zeros_come_through()
    {
        for (var round = 0; round < 30; round++)
        {
            using var pair = SoftwareKey.Generate(SignatureAlgorithm.Sm2Sm3);
            var envelope = Sm2EnvelopedKey.Seal(pair, _signer.SubjectPublicKeyInfo.Span);
            _token.Use(connection =>
            {
                using var container = connection.OpenContainer("seal");
                container.ImportEncryptionKey(Sm2EnvelopedKey.ToBlob(envelope));
                container.EncryptionPublicKey().ShouldBe(pair.SubjectPublicKeyInfo.ToArray());
                return true;
            });
        }
    }

    [Fact]
    public void An_envelope_for_another_device_is_refused_and_leaves_nothing()
    {
        using var another = SoftwareKey.Generate(SignatureAlgorithm.Sm2Sm3);
        var refused = Should.Throw<TokenException>(() => _token.ImportEncryptionKey("seal", Sm2EnvelopedKey.Seal(_pair, another.SubjectPublicKeyInfo.Span), CertificateOf(_pair)));
        refused.Message.ShouldContain("SKF_ImportECCKeyPair");
        refused.Message.ShouldContain("SN-UKEY-1");
        _token.ReadEncryptionCertificate("seal").ShouldBeNull();
    }

    [Fact]
    public void A_certificate_for_another_key_is_refused_before_anything_is_written()
    {
        var envelope = Sm2EnvelopedKey.Seal(_pair, _signer.SubjectPublicKeyInfo.Span);
        using var another = SoftwareKey.Generate(SignatureAlgorithm.Sm2Sm3);
        Should.Throw<InvalidOperationException>(() => _token.ImportEncryptionKey("seal", envelope, CertificateOf(another))).Message.ShouldContain("is for another key");
        Should.Throw<InvalidOperationException>(() => _token.WriteCertificate("seal", CertificateOf(another))).Message.ShouldContain("'seal'");
        _token.ReadEncryptionCertificate("seal").ShouldBeNull();
        _token.ReadCertificate("seal").ShouldBeNull();
    }

    [Fact]
    public void A_second_pair_does_not_take_the_place_of_the_first_which_reads_what_is_old()
    {
        var first = CertificateOf(_pair);
        var envelope = Sm2EnvelopedKey.Seal(_pair, _signer.SubjectPublicKeyInfo.Span);
        _token.ImportEncryptionKey("seal", envelope, first);
        using var another = SoftwareKey.Generate(SignatureAlgorithm.Sm2Sm3);
        Should.Throw<InvalidOperationException>(() => _token.ImportEncryptionKey("seal", Sm2EnvelopedKey.Seal(another, _signer.SubjectPublicKeyInfo.Span), CertificateOf(another)))
            .Message.ShouldContain("use another label");
        _token.ReadEncryptionCertificate("seal").ShouldBe(first);
        _token.ImportEncryptionKey("seal", envelope, first); // the same once more, as after an interruption
        _token.ReadEncryptionCertificate("seal").ShouldBe(first);
    }

    [Fact]
    public void What_is_no_envelope_and_a_label_without_a_key_are_refused()
    {
        var certificate = CertificateOf(_pair);
        Should.Throw<DerFormatException>(() => _token.ImportEncryptionKey("seal", new byte[] { 0x30, 0x00 }, certificate));
        Should.Throw<TokenException>(() => _token.ImportEncryptionKey("nothing", Sm2EnvelopedKey.Seal(_pair, _signer.SubjectPublicKeyInfo.Span), certificate));
        _token.SignOut();
        Should.Throw<TokenException>(() => _token.ImportEncryptionKey("seal", Sm2EnvelopedKey.Seal(_pair, _signer.SubjectPublicKeyInfo.Span), certificate))
            .Failure.ShouldBe(TokenFailure.NotSignedIn);
    }

    private static Certificate CertificateOf(ISigner key) => EmbeddedAuthority.Establish(
        new EmbeddedAuthorityOptions { Organization = "Seal", Algorithms = [key.Algorithm] }, (_, _) => key, [], TimeProvider.System).RootCertificates[0];
}
