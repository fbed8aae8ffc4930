using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Seal.Cryptography.Keys;
using Seal.Documents.Judging;
using Seal.Documents.Tests.Pdf;

namespace Seal.Documents.Tests.Judging;

/// <summary>Signatures as other programs make them, and such as nobody should.</summary>
public sealed class SignatureKindTests
{
    private const string Pades = "/Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M (D:20261121083000Z)";
    private const string Pkcs7 = "/Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /M (D:20261121083000Z)";
    private const string Pkcs7Sha1 = "/Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.sha1 /M (D:20261121083000Z)";

    private static HandMadeCms Cms => new(SignedSamples.Company);

    public static TheoryData<string, HandMadeCms> Honest => new()
    {
        { "plain", Cms },
        { "attributes stored out of order", Cms with { Unsorted = true } },
        { "indefinite lengths throughout", Cms with { Indefinite = true } },
        { "indefinite lengths and out of order", Cms with { Indefinite = true, Unsorted = true } },
        { "the older signing-certificate attribute", Cms with { Naming = HandMadeCms.SigningCertificate } },
        { "protected algorithms", Cms with { Protection = (HandMadeCms.Sha256, HandMadeCms.EcdsaSha256) } },
    };

    [Theory]
    [MemberData(nameof(Honest), DisableDiscoveryEnumeration = true)]
    public async Task A_container_however_encoded_passes(string what, HandMadeCms cms)
    {
        var file = Signed(Pades, cms.Over);
        var judgement = await SignedSamples.Judge(file);
        judgement.Verdict.ShouldBe(Verdict.TotalPassed, what + judgement.ToJson());
        file[file.AsSpan().IndexOf("(Page 1)"u8) + 6] = (byte)'7';
        (await SignedSamples.Judge(file)).SubIndication.ShouldBe(SubIndication.HashFailure, what);
    }

    public static TheoryData<string, HandMadeCms, Verdict, SubIndication> Odd => new()
    {
        { "content-type-differs", Cms with { StatedType = "1.2.840.113549.1.7.5" }, Verdict.TotalFailed, SubIndication.SigCryptoFailure },
        { "signing-certificate-absent", Cms with { Naming = null }, Verdict.TotalFailed, SubIndication.SigConstraintsFailure },
        { "signature-invalid", Cms with { Protection = ("2.16.840.1.101.3.4.2.3", HandMadeCms.EcdsaSha256) }, Verdict.TotalFailed, SubIndication.SigCryptoFailure },
        { "signature-invalid", Cms with { Protection = (HandMadeCms.Sha256, "1.2.840.10045.4.1") }, Verdict.TotalFailed, SubIndication.SigCryptoFailure },
        { "container-signers", Cms with { Signers = 2 }, Verdict.TotalFailed, SubIndication.FormatFailure },
        { "container-signers", Cms with { Signers = 0 }, Verdict.TotalFailed, SubIndication.FormatFailure },
        { "container-encloses-content", Cms with { Enclosed = [1, 2, 3] }, Verdict.TotalFailed, SubIndication.FormatFailure },
        { "signer-certificate-missing", Cms with { WithCertificate = false }, Verdict.Indeterminate, SubIndication.NoSigningCertificateFound },
    };

    [Theory]
    [MemberData(nameof(Odd), DisableDiscoveryEnumeration = true)]
    public async Task A_container_that_breaks_the_rules_does_not_pass(string code, HandMadeCms cms, Verdict verdict, SubIndication sub)
    {
        var signature = (await SignedSamples.Judge(Signed(Pades, cms.Over))).Signatures[0];
        (signature.Verdict, signature.SubIndication).ShouldBe((verdict, sub), code);
        signature.Checks.Select(check => check.Reason.Code).ShouldContain(code);
    }

    [Fact]
    public async Task Only_PAdES_asks_for_the_attribute_that_names_the_signer() =>
        (await SignedSamples.Judge(Signed(Pkcs7, (Cms with { Naming = null }).Over))).Verdict.ShouldBe(Verdict.TotalPassed);

    [Fact]
    public async Task A_padded_container_passes_only_with_zeros()
    {
        (await SignedSamples.Judge(Signed(Pades, bytes => [.. Cms.Over(bytes), 0, 0, 0]))).Verdict.ShouldBe(Verdict.TotalPassed);
        (await SignedSamples.Judge(Signed(Pades, bytes => [.. Cms.Over(bytes), 0, 0, 7]))).SubIndication.ShouldBe(SubIndication.FormatFailure);
    }

    [Theory]
    [InlineData("P521")]
    [InlineData("PSS")]
    public async Task Algorithms_that_this_product_does_not_sign_with_are_judged(string algorithm)
    {
        var authority = TestAuthority.Ecdsa;
        using AsymmetricAlgorithm key = algorithm == "P521" ? ECDsa.Create(ECCurve.NamedCurves.nistP521) : RSA.Create(2048);
        var certificate = authority.Certify("Other Company", key.ExportSubjectPublicKeyInfo());
        var file = Signed(Pkcs7, bytes => WithBaseLibrary(bytes, certificate, key, "2.16.840.1.101.3.4.2.3"));
        var judgement = await SignedSamples.Judge(file);
        judgement.Verdict.ShouldBe(Verdict.TotalPassed, judgement.ToJson());
        file[file.AsSpan().IndexOf("(Page 1)"u8) + 6] = (byte)'7';
        (await SignedSamples.Judge(file)).SubIndication.ShouldBe(SubIndication.HashFailure);
    }

    [Fact]
    public async Task Signatures_that_rest_on_SHA1_are_recognised_and_prove_nothing()
    {
        using var key = RSA.Create(2048);
        var certificate = TestAuthority.Ecdsa.Certify("Old Company", key.ExportSubjectPublicKeyInfo());
        var bare = $"/Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.x509.rsa_sha1 /Cert <{Convert.ToHexString(certificate.RawData.Span)}>";
        (string Name, byte[] File, SignatureKind Kind)[] files =
        [
            ("bare", Signed(bare, bytes => Octets(key.SignHash(Sha1(bytes), HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1))), SignatureKind.RsaSha1),
            ("enclosed", Signed(Pkcs7Sha1, bytes => (Cms with { Enclosed = Sha1(bytes) }).Over(bytes)), SignatureKind.Cms),
        ];
        foreach ((var name, var file, var kind) in files)
        {
            var signature = (await SignedSamples.Judge(file)).Signatures[0];
            (signature.Kind, signature.Verdict, signature.SubIndication).ShouldBe((kind, Verdict.Indeterminate, SubIndication.CryptoConstraintsFailureNoPoe), name);
            signature.Signer.ShouldNotBeNull(name);
            file[file.AsSpan().IndexOf("(Page 1)"u8) + 6] = (byte)'7';
            (await SignedSamples.Judge(file)).SubIndication.ShouldBe(SubIndication.HashFailure, name);
        }
    }

    [Theory]
    [InlineData(SignatureAlgorithm.Sm2Sm3, "1.2.156.10197.1.401", "1.2.156.10197.1.501", true)]
    [InlineData(SignatureAlgorithm.Sm2Sm3, "1.2.156.10197.1.401", "1.2.156.10197.1.501", false)]
    [InlineData(SignatureAlgorithm.Ed25519, "2.16.840.1.101.3.4.2.3", "1.3.101.112", false)]
    [InlineData(SignatureAlgorithm.EcdsaP256Sha256, HandMadeCms.Sha256, HandMadeCms.EcdsaSha256, true)]
    public async Task Containers_with_and_without_signed_attributes_pass_by_every_algorithm(SignatureAlgorithm algorithm, string digest, string signature, bool withoutAttributes)
    {
        var authority = TestAuthority.Of(algorithm);
        var file = Signed(Pkcs7, (new HandMadeCms(authority.Issue("Example Company")) with { Digest = digest, Algorithm = signature, WithoutAttributes = withoutAttributes }).Over);
        var judgement = await SignedSamples.Judge(file, SignedSamples.Options(authority));
        judgement.Verdict.ShouldBe(Verdict.TotalPassed, judgement.ToJson());
        file[file.AsSpan().IndexOf("(Page 1)"u8) + 6] = (byte)'7';
        (await SignedSamples.Judge(file, SignedSamples.Options(authority))).SubIndication.ShouldBe(SubIndication.HashFailure);
    }

    [Theory]
    [InlineData("SHA256")]
    [InlineData("SHA512")]
    public async Task A_bare_RSA_signature_over_a_strong_digest_passes(string digest)
    {
        using var key = RSA.Create(2048);
        var certificate = TestAuthority.Ecdsa.Certify("Old Company", key.ExportSubjectPublicKeyInfo());
        var bare = $"/Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.x509.rsa_sha1 /Cert [<{Convert.ToHexString(certificate.RawData.Span)}> <{Convert.ToHexString(TestAuthority.Ecdsa.Issuing.RawData.Span)}>]";
        var options = SignedSamples.Options() with { Intermediates = [TestAuthority.Ecdsa.Issuing] };
        var file = Signed(bare, bytes => Octets(key.SignData(bytes, new HashAlgorithmName(digest), RSASignaturePadding.Pkcs1)));
        var judgement = await SignedSamples.Judge(file, options);
        judgement.Verdict.ShouldBe(Verdict.TotalPassed, judgement.ToJson());
        file[file.AsSpan().IndexOf("(Page 1)"u8) + 6] = (byte)'7';
        (await SignedSamples.Judge(file, options)).SubIndication.ShouldBe(SubIndication.HashFailure);
    }

    private static byte[] Signed(string entries, Func<byte[], byte[]> sign) => AppendedSignature.To(new SamplePdf().Build(), entries, sign);

    private static byte[] WithBaseLibrary(byte[] content, Cryptography.Certificates.Certificate certificate, AsymmetricAlgorithm key, string digest)
    {
        using var plain = X509CertificateLoader.LoadCertificate(certificate.RawData.Span);
        using var withKey = key is RSA rsa ? plain.CopyWithPrivateKey(rsa) : plain.CopyWithPrivateKey((ECDsa)key);
        SignedCms cms = new(new ContentInfo(content), detached: true);
        CmsSigner signer = new(SubjectIdentifierType.SubjectKeyIdentifier, withKey) { DigestAlgorithm = new Oid(digest), IncludeOption = X509IncludeOption.EndCertOnly };
        if (key is RSA)
        {
            signer.SignaturePadding = RSASignaturePadding.Pss;
        }

        signer.Certificates.Add(X509CertificateLoader.LoadCertificate(TestAuthority.Ecdsa.Issuing.RawData.Span));
        cms.ComputeSignature(signer);
        return cms.Encode();
    }

    private static byte[] Octets(byte[] value)
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        writer.WriteOctetString(value);
        return writer.Encode();
    }

    private static byte[] Sha1(byte[] data) => Cryptography.Algorithms.DigestAlgorithms.HashData(Cryptography.Algorithms.DigestAlgorithm.Sha1, data);
}
