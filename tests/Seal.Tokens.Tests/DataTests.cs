using System.Security.Cryptography;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;

namespace Seal.Tokens.Tests;

public sealed class DataTests : Provisioned
{
    [Fact]
    public void Seal_data_is_kept_on_the_token_and_readable_without_a_pin()
    {
        Token.ReadData("seal").ShouldBeNull();
        byte[] first = RandomNumberGenerator.GetBytes(20_000), second = RandomNumberGenerator.GetBytes(30);
        Token.WriteData("seal", first);
        Token.WriteData("another", second);
        Token.ReadData("seal").ShouldBe(first);
        Token.WriteData("seal", second);
        Token.SignOut();
        Token.ReadData("seal").ShouldBe(second);
        Token.Use(session => session.Find(new Pkcs11.AttributeTemplate().With(Pkcs11.Ck.Attribute.Class, Pkcs11.Ck.ObjectClass.Data)))
            .Count.ShouldBe(2, "what was replaced is gone");
    }

    [Fact]
    public void Keys_and_certificates_are_listed_by_label_and_id_and_sign_when_opened_from_the_list()
    {
        Token.Entries().ShouldBeEmpty();
        var signer = Token.GenerateSigner("公章", SignatureAlgorithm.EcdsaP256Sha256);
        Token.GenerateSigner("bare", SignatureAlgorithm.RsaPssSha256);
        var certificate = CertificateOf(signer);
        Token.WriteCertificate("公章", certificate);

        var entries = Token.Entries();
        entries.Select(static entry => entry.Label).ShouldBe(["公章", "bare"], ignoreOrder: true);
        var entry = entries.Single(static entry => entry.Label == "公章");
        entry.Id.ToArray().ShouldBe("公章"u8.ToArray());
        entry.HasPrivateKey.ShouldBeTrue();
        entry.Certificate.ShouldBe(certificate);
        entry.SubjectPublicKeyInfo.ToArray().ShouldBe(signer.SubjectPublicKeyInfo.ToArray());
        entries.Single(static entry => entry.Label == "bare").Certificate.ShouldBeNull();

        var signature = Token.OpenSigner(entry, SignatureAlgorithm.EcdsaP256Sha256).Sign("m"u8);
        Signatures.Verify(SignatureAlgorithm.EcdsaP256Sha256, signer.SubjectPublicKeyInfo, "m"u8, signature).ShouldBeTrue();

        Token.SignOut();
        var locked = Token.Entries().Single(static entry => entry.Label == "公章");
        locked.HasPrivateKey.ShouldBeFalse();
        Should.Throw<TokenException>(() => Token.OpenSigner(locked, SignatureAlgorithm.EcdsaP256Sha256)).Message.ShouldContain("公章");
    }

    [Fact]
    public void An_rsa_key_that_signs_does_nothing_else()
    {
        Token.GenerateSigner("seal", SignatureAlgorithm.RsaPkcs1Sha256);
        var (forbidden, allowed) = Token.Use(session =>
        {
            var key = session.Find(Token.Labelled(Pkcs11.Ck.ObjectClass.PrivateKey, "seal")).ShouldHaveSingleItem();
            return (new[] { Pkcs11.Ck.Attribute.Decrypt, Pkcs11.Ck.Attribute.Unwrap, Pkcs11.Ck.Attribute.Extractable }.Select(one => session.Get(key, one)).ToList(), session.Get(key, Pkcs11.Ck.Attribute.Sign));
        });
        forbidden.ShouldAllBe(value => value.Length == 1 && value[0] == 0);
        allowed.ShouldBe([1]);
    }

    [Fact]
    public void A_challenge_is_answered_by_the_device_and_by_nothing_else()
    {
        foreach (var algorithm in (SignatureAlgorithm[])[SignatureAlgorithm.RsaPkcs1Sha256, SignatureAlgorithm.RsaPssSha256, SignatureAlgorithm.EcdsaP256Sha256])
        {
            var signer = Token.GenerateSigner(algorithm.ToString(), algorithm);
            var random = RandomNumberGenerator.GetBytes(32);
            var answer = DeviceChallenge.Answer(signer, random);
            DeviceChallenge.Verify(algorithm, signer.SubjectPublicKeyInfo, random, answer).ShouldBeTrue();
            DeviceChallenge.Verify(algorithm, signer.SubjectPublicKeyInfo, RandomNumberGenerator.GetBytes(32), answer).ShouldBeFalse();
            DeviceChallenge.Verify(algorithm, signer.SubjectPublicKeyInfo, random, signer.Sign(random))
                .ShouldBeFalse("a signature over bytes that anybody chose is no proof");
            Signatures.Verify(algorithm, signer.SubjectPublicKeyInfo, random, answer)
                .ShouldBeFalse("an answer is no signature over the bytes that were sent");
            Should.Throw<ArgumentOutOfRangeException>(() => DeviceChallenge.Answer(signer, new byte[15]));
            Should.Throw<ArgumentOutOfRangeException>(() => DeviceChallenge.Answer(signer, new byte[65]));
        }
    }

    private static Certificate CertificateOf(TokenSigner signer) => EmbeddedAuthority.Establish(
        new EmbeddedAuthorityOptions { Organization = "Seal", Algorithms = [signer.Algorithm] },
        (_, _) => signer, [], TimeProvider.System).RootCertificates[0];
}
