using System.Security.Cryptography;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Tokens.Pkcs11;

namespace Seal.Tokens.Tests;

public sealed class SigningTests : Provisioned
{
    public static TheoryData<SignatureAlgorithm, int> Algorithms => new()
    {
        { SignatureAlgorithm.RsaPkcs1Sha256, 2048 },
        { SignatureAlgorithm.RsaPkcs1Sha256, 3072 },
        { SignatureAlgorithm.RsaPssSha256, 2048 },
        { SignatureAlgorithm.EcdsaP256Sha256, 0 },
        { SignatureAlgorithm.EcdsaP384Sha384, 0 },
    };

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_key_made_on_the_token_signs_there(SignatureAlgorithm algorithm, int rsaBits)
    {
        var made = Token.GenerateSigner("k", algorithm, rsaBits);
        var found = Token.FindSigner("k", algorithm).ShouldNotBeNull();
        found.SubjectPublicKeyInfo.ToArray().ShouldBe(made.SubjectPublicKeyInfo.ToArray());
        for (var i = 0; i < 30; i++) // some r and s have leading zeros
        {
            var message = RandomNumberGenerator.GetBytes(100);
            Signatures.Verify(algorithm, made.SubjectPublicKeyInfo, message, found.Sign(message)).ShouldBeTrue();
        }
    }

    [Fact]
    public void A_private_key_does_not_leave_the_token()
    {
        Token.GenerateSigner("rsa", SignatureAlgorithm.RsaPkcs1Sha256);
        Token.GenerateSigner("ec", SignatureAlgorithm.EcdsaP256Sha256);
        Token.MasterKey("master");
        foreach ((var label, var objectClass, var attribute) in new[]
                 {
                     ("rsa", Ck.ObjectClass.PrivateKey, (nuint)0x123),
                     ("ec", Ck.ObjectClass.PrivateKey, Ck.Attribute.Value),
                     ("master", Ck.ObjectClass.SecretKey, Ck.Attribute.Value),
                 })
        {
            Should.Throw<TokenException>(() => Token.Use(session =>
                    session.Get(session.Find(Token.Labelled(objectClass, label))[0], attribute)))
                .Code.ShouldBe("CKR_ATTRIBUTE_SENSITIVE");
        }
    }

    [Fact]
    public void A_label_serves_one_key_pair_only()
    {
        Token.GenerateSigner("k", SignatureAlgorithm.EcdsaP256Sha256);
        Should.Throw<InvalidOperationException>(() => Token.GenerateSigner("k", SignatureAlgorithm.EcdsaP256Sha256));
        Token.FindSigner("other", SignatureAlgorithm.EcdsaP256Sha256).ShouldBeNull();
        Should.Throw<ArgumentException>(() => Token.GenerateSigner("ed", SignatureAlgorithm.Ed25519));
        var withoutProfile = Should.Throw<TokenException>(() => Token.GenerateSigner("sm2", SignatureAlgorithm.Sm2Sm3));
        withoutProfile.Failure.ShouldBe(TokenFailure.Unsupported);
        withoutProfile.Message.ShouldContain("device profile");
    }

    [Fact]
    public void Many_threads_and_two_pools_sign_at_once()
    {
        var one = Token.GenerateSigner("k", SignatureAlgorithm.EcdsaP256Sha256);
        using var second = SoftHsm.Module.Open("seal");
        var two = second.FindSigner("k", SignatureAlgorithm.EcdsaP256Sha256)!;
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 32 }, i =>
        {
            var message = BitConverter.GetBytes(i);
            var signature = (i % 2 == 0 ? one : two).Sign(message);
            Signatures.Verify(SignatureAlgorithm.EcdsaP256Sha256, one.SubjectPublicKeyInfo, message, signature).ShouldBeTrue();
        });
    }

    [Fact]
    public void An_authority_whose_keys_are_on_the_token_issues_and_its_certificate_is_kept_beside_the_key()
    {
        ISigner KeyOf(string name, SignatureAlgorithm algorithm) =>
            Token.FindSigner(name, algorithm) ?? Token.GenerateSigner(name, algorithm);
        var options = new EmbeddedAuthorityOptions
        {
            Organization = "Seal",
            Algorithms = [SignatureAlgorithm.RsaPkcs1Sha256, SignatureAlgorithm.EcdsaP256Sha256],
        };
        var authority = EmbeddedAuthority.Establish(options, KeyOf, [], TimeProvider.System);
        authority.NewCertificates.Count.ShouldBe(4);
        EmbeddedAuthority.Establish(options, KeyOf, authority.NewCertificates, TimeProvider.System).NewCertificates.ShouldBeEmpty();

        var name = EmbeddedAuthority.RootName(SignatureAlgorithm.RsaPkcs1Sha256);
        Token.ReadCertificate(name).ShouldBeNull();
        Should.Throw<InvalidOperationException>(() => Token.WriteCertificate(name, authority.RootCertificates[1])).Message.ShouldContain("is for another key");
        Token.ReadCertificate(name).ShouldBeNull();
        Token.WriteCertificate(name, authority.RootCertificates[0]);
        Token.WriteCertificate(name, authority.RootCertificates[0]);
        Token.ReadCertificate(name).ShouldBe(authority.RootCertificates[0]);
    }
}
