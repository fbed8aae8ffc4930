using System.Formats.Asn1;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Cms;
using Seal.Cryptography.Keys;
using Seal.Cryptography.Tests.Support;

namespace Seal.Cryptography.Tests.Cms;

public sealed class CmsTests
{
    private static readonly byte[] Content = "the content that is signed"u8.ToArray();

    public static TheoryData<SignatureAlgorithm> Algorithms => [.. Enum.GetValues<SignatureAlgorithm>()];

    public static TheoryData<SignatureAlgorithm, bool> OpenSslKnows => new()
    {
        { SignatureAlgorithm.RsaPkcs1Sha256, true },
        { SignatureAlgorithm.RsaPkcs1Sha256, false },
        { SignatureAlgorithm.RsaPssSha256, true },
        { SignatureAlgorithm.EcdsaP256Sha256, true },
        { SignatureAlgorithm.EcdsaP384Sha384, false },
    };

    [Theory]
    [MemberData(nameof(OpenSslKnows))]
    public void Openssl_accepts_a_detached_container(SignatureAlgorithm algorithm, bool pades)
    {
        using var openSsl = new OpenSsl();
        using var authority = new Authority(algorithm);
        (var request, var key) = Request(authority);
        var cms = CmsSignedData.Create(request with { Pades = pades, SigningTime = pades ? null : Authority.Now }, key);
        var root = openSsl.Write("root.pem", authority.Root.ToPem());
        var content = openSsl.Write("content", Content);
        var container = openSsl.Write("container.der", cms);
        string[] common =
            ["cms", "-verify", "-binary", "-inform", "DER", "-in", container, "-content", content, "-CAfile", root, "-attime", "1775779200", "-out", "/dev/null"];
        openSsl.ShouldAccept(common);
        openSsl.ShouldAccept([.. common, "-cades"]); // checks signing-certificate-v2 as well
        openSsl.Write("content", "the content that was not signed"u8);
        openSsl.Run(common).Exit.ShouldNotBe(0);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_container_is_read_back_and_verifies(SignatureAlgorithm algorithm)
    {
        using var authority = new Authority(algorithm);
        (var request, var key) = Request(authority);
        var cms = CmsSignedData.Create(request, key);
        cms.Length.ShouldBeLessThanOrEqualTo(CmsSignedData.MaximumLength(request));

        var content = CmsSignedData.Parse((byte[])[.. cms, 0, 0, 0]);
        content.EncodedLength.ShouldBe(cms.Length);
        content.EncapsulatedContent.ShouldBeNull();
        content.Certificates.ShouldBe([request.SignerCertificate, authority.Issuing], ignoreOrder: true);
        var signer = content.Signers.ShouldHaveSingleItem();
        signer.Certificate.ShouldBe(request.SignerCertificate);
        signer.DigestAlgorithm.ShouldBe(algorithm.Digest());
        signer.SigningTime.ShouldBeNull();
        signer.SignedAttributes.Single(attribute => attribute.Oid == "1.2.3.4.5").Values.Single().ToArray().ShouldBe(Extra());
        signer.Verify(request.MessageDigest.Span).ShouldBe(new CmsVerification(true, true, true, true, true));
        signer.Verify(algorithm.Digest().HashData("other"u8)).ShouldBe(new CmsVerification(true, false, true, true, true));
        signer.Verify(request.MessageDigest.Span, authority.Issuing).ShouldBe(new CmsVerification(true, true, true, false, false));
    }

    [Fact]
    public void Openssl_reads_an_sm2_container_and_ours_in_the_chinese_format_verifies()
    {
        using var openSsl = new OpenSsl();
        using var authority = new Authority(SignatureAlgorithm.Sm2Sm3);
        (var request, var key) = Request(authority);
        var gm = CmsSignedData.Create(request with { Format = CmsFormat.Gm }, key);
        var content = CmsSignedData.Parse(gm);
        content.Format.ShouldBe(CmsFormat.Gm);
        content.Version.ShouldBe(1);
        content.EncapsulatedContentType.ShouldBe("1.2.156.10197.6.1.4.2.1");
        content.Signers.Single().Verify(request.MessageDigest.Span).IsValid.ShouldBeTrue();
        openSsl.ShouldAccept("asn1parse", "-inform", "DER", "-in", openSsl.Write("gm.der", gm));
        openSsl.ShouldAccept("cms", "-cmsout", "-print", "-inform", "DER", "-in",
            openSsl.Write("sm2.der", CmsSignedData.Create(request, key)), "-out", "/dev/null");
    }

    [Fact]
    public void Ofd_softwares_signature_over_the_enclosed_digest_verifies()
    {
        using var authority = new Authority(SignatureAlgorithm.Sm2Sm3);
        (var certificate, var key) = authority.NewSigner();
        var digest = Sm3.HashData(Content);
        var signer = CmsSignedData.Parse(WithoutAttributes(certificate, digest, key.Sign(digest))).Signers.Single();
        signer.Verify(digest).IsValid.ShouldBeTrue();
        signer.Verify(Sm3.HashData("other"u8)).ShouldBe(new CmsVerification(true, false, true, false, null));
    }

    [Fact]
    public void We_verify_what_openssl_signs_also_in_the_loose_encoding()
    {
        using var openSsl = new OpenSsl();
        using var authority = new Authority(SignatureAlgorithm.RsaPkcs1Sha256);
        (var certificate, var key) = authority.NewSigner();
        var signer = openSsl.Write("signer.pem", certificate.ToPem());
        var privateKey = openSsl.Write("key.pem", new string(System.Security.Cryptography.PemEncoding.Write("PRIVATE KEY", key.ExportPkcs8())));
        var content = openSsl.Write("content", Content);
        var output = openSsl.Write("out.der", []);
        foreach (var variant in (string[][])[[], ["-stream"], ["-nodetach", "-stream"], ["-keyid"], ["-noattr"], ["-md", "sha512"], ["-cades"]])
        {
            openSsl.ShouldAccept(
                ["cms", "-sign", "-binary", .. variant, "-in", content, "-signer", signer, "-inkey", privateKey, "-outform", "DER", "-out", output]);
            var info = CmsSignedData.Parse(File.ReadAllBytes(output)).Signers.Single();
            info.Verify(info.DigestAlgorithm!.Value.HashData(Content)).IsValid.ShouldBeTrue(string.Join(' ', variant));
            info.Verify(info.DigestAlgorithm!.Value.HashData("other"u8)).IsValid.ShouldBeFalse(string.Join(' ', variant));
        }
    }

    [Fact]
    public void A_sha1_signature_is_never_valid_but_a_forged_one_is_told_from_an_old_one()
    {
        using var openSsl = new OpenSsl();
        using var authority = new Authority(SignatureAlgorithm.RsaPkcs1Sha256);
        (var certificate, var key) = authority.NewSigner();
        var output = openSsl.Write("out.der", []);
        foreach (var variant in (string[])["-binary", "-noattr"])
        {
            openSsl.ShouldAccept(
                "cms", "-sign", "-binary", variant, "-md", "sha1", "-in", openSsl.Write("content", Content), "-outform", "DER", "-out", output,
                "-signer", openSsl.Write("signer.pem", certificate.ToPem()),
                "-inkey", openSsl.Write("key.pem", new string(System.Security.Cryptography.PemEncoding.Write("PRIVATE KEY", key.ExportPkcs8()))));
            var signer = CmsSignedData.Parse(File.ReadAllBytes(output)).Signers.Single();
            signer.DigestAlgorithm.ShouldBeNull();
            var weak = signer.WeakDigestAlgorithm!.Value;
            var digest = weak.HashData(Content);
            signer.Verify(digest).IsValid.ShouldBeFalse();
            var old = signer.VerifyWeak(digest);
            old.ShouldBe(new CmsVerification(false, true, true, true, null));
            old.IsValid.ShouldBeFalse();
            var forged = signer.VerifyWeak(weak.HashData("other"u8));
            (forged.DigestMatches && forged.SignatureValid).ShouldBeFalse();
        }
    }

    [Fact]
    public void A_time_stamp_is_added_without_touching_the_signature()
    {
        using var authority = new Authority(SignatureAlgorithm.EcdsaP256Sha256);
        (var request, var key) = Request(authority);
        var cms = CmsSignedData.Create(request, key);
        var token = Extra();
        var signer = CmsSignedData.Parse(CmsSignedData.AddSignatureTimeStamp(cms, token)).Signers.Single();
        signer.SignatureTimeStamps.ShouldHaveSingleItem().ToArray().ShouldBe(token);
        signer.Verify(request.MessageDigest.Span).IsValid.ShouldBeTrue();
    }

    [Fact]
    public void Requests_that_contradict_themselves_are_refused()
    {
        using var authority = new Authority(SignatureAlgorithm.EcdsaP256Sha256);
        (var request, var key) = Request(authority);
        using var other = SoftwareKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        Should.Throw<ArgumentException>(() => CmsSignedData.Create(request with { MessageDigest = new byte[20] }, key));
        Should.Throw<ArgumentException>(() => CmsSignedData.Create(request with { SigningTime = Authority.Now }, key));
        Should.Throw<ArgumentException>(() => CmsSignedData.Create(request with { Format = CmsFormat.Gm }, key));
        Should.Throw<ArgumentException>(() => CmsSignedData.Create(request, other));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Hostile_containers_give_one_kind_of_error_and_never_a_valid_signature(SignatureAlgorithm algorithm)
    {
        using var authority = new Authority(algorithm);
        (var request, var key) = Request(authority);
        var cms = CmsSignedData.Create(request, key);
        var otherDigest = algorithm.Digest().HashData("other"u8);
        var mutations = new Mutations(seed: 3);
        for (var i = 0; i < 2000; i++)
        {
            try
            {
                var content = CmsSignedData.Parse(mutations.Of(cms));
                foreach (var signer in content.Signers)
                {
                    signer.Verify(otherDigest).IsValid.ShouldBeFalse();
                    signer.Verify(request.MessageDigest.Span);
                    _ = signer.SigningTime;
                    _ = signer.SignatureTimeStamps;
                }
            }
            catch (DerFormatException)
            {
            }
        }
    }

    private static (CmsRequest Request, SoftwareKey Key) Request(Authority authority)
    {
        (var certificate, var key) = authority.NewSigner();
        return (new CmsRequest
        {
            MessageDigest = authority.Algorithm.Digest().HashData(Content),
            Algorithm = authority.Algorithm,
            SignerCertificate = certificate,
            Chain = [authority.Issuing],
            ExtraSignedAttributes = [("1.2.3.4.5", Extra())],
        }, key);
    }

    private static byte[] Extra()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteCharacterString(UniversalTagNumber.UTF8String, "receipt");
        return writer.Encode();
    }

    /// <summary>The shape ofdrw writes: the file's digest enclosed, and signed as the message.</summary>
    private static byte[] WithoutAttributes(Certificate certificate, byte[] digest, byte[] signature)
    {
        var context0 = new Asn1Tag(TagClass.ContextSpecific, 0, true);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("1.2.156.10197.6.1.4.2.2");
            using (writer.PushSequence(context0))
            using (writer.PushSequence())
            {
                writer.WriteInteger(1);
                using (writer.PushSetOf())
                {
                    writer.WriteAlgorithmIdentifier(DigestAlgorithm.Sm3);
                }

                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier("1.2.156.10197.6.1.4.2.1");
                    using (writer.PushSequence(context0))
                    {
                        writer.WriteOctetString(digest);
                    }
                }

                using (writer.PushSetOf(context0))
                {
                    writer.WriteEncodedValue(certificate.RawData.Span);
                }

                using (writer.PushSetOf())
                using (writer.PushSequence())
                {
                    writer.WriteInteger(1);
                    using (writer.PushSequence())
                    {
                        writer.WriteEncodedValue(certificate.Issuer.RawData.Span);
                        writer.WriteInteger(certificate.SerialNumber.Span);
                    }

                    writer.WriteAlgorithmIdentifier(DigestAlgorithm.Sm3);
                    writer.WriteAlgorithmIdentifier(SignatureAlgorithm.Sm2Sm3);
                    writer.WriteOctetString(signature);
                }
            }
        }

        return writer.Encode();
    }
}
