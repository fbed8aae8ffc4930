using System.Numerics;
using Org.BouncyCastle.X509;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Cryptography.Tests.Support;
using X509CrlParser = Org.BouncyCastle.X509.X509CrlParser;

namespace Seal.Cryptography.Tests.Certificates;

/// <summary>What our authority issues, judged by OpenSSL and BouncyCastle.</summary>
public sealed class IssuedCertificateTests
{
    private const string At = "1775779200"; // 2026-04-10, inside every validity

    public static TheoryData<SignatureAlgorithm> WithOrdinaryVerifiers =>
        [.. Enum.GetValues<SignatureAlgorithm>().Where(algorithm => algorithm != SignatureAlgorithm.Sm2Sm3)];

    public static TheoryData<SignatureAlgorithm> Algorithms => [.. Enum.GetValues<SignatureAlgorithm>()];

    [Theory]
    [MemberData(nameof(WithOrdinaryVerifiers))]
    public void Openssl_accepts_an_issued_chain(SignatureAlgorithm algorithm)
    {
        using var openSsl = new OpenSsl();
        using var authority = new Authority(algorithm);
        var root = openSsl.Write("root.pem", authority.Root.ToPem());
        var issuing = openSsl.Write("issuing.pem", authority.Issuing.ToPem());
        var leaf = openSsl.Write("leaf.pem", authority.NewSigner().Certificate.ToPem());
        openSsl.ShouldAccept("verify", "-x509_strict", "-attime", At, "-CAfile", root, "-untrusted", issuing, leaf);
    }

    [Fact]
    public void Openssl_accepts_an_sm2_chain_link_by_link()
    {
        using var openSsl = new OpenSsl();
        using var authority = new Authority(SignatureAlgorithm.Sm2Sm3);
        var leaf = authority.NewSigner("制章人", CertificateProfile.SealMaker).Certificate;
        foreach ((var certificate, var issuer) in
                 new[] { (leaf, authority.Issuing), (authority.Issuing, authority.Root), (authority.Root, authority.Root) })
        {
            var trusted = openSsl.Write("issuer.pem", issuer.ToPem());
            var checkedOne = openSsl.Write("certificate.pem", certificate.ToPem());
            openSsl.ShouldAccept(
                "verify", "-attime", At, "-partial_chain", "-trusted", trusted, "-vfyopt", "distid:1234567812345678", checkedOne);
        }
    }

    [Fact]
    public void BouncyCastle_accepts_our_sm2_certificates_and_we_accept_its()
    {
        using var authority = new Authority(SignatureAlgorithm.Sm2Sm3);
        var theirs = new X509CertificateParser().ReadCertificate(authority.Issuing.RawData.ToArray());
        var root = new X509CertificateParser().ReadCertificate(authority.Root.RawData.ToArray());
        theirs.Verify(root.GetPublicKey());

        var generator = new X509V3CertificateGenerator();
        generator.SetSerialNumber(Org.BouncyCastle.Math.BigInteger.ValueOf(42));
        generator.SetIssuerDN(root.SubjectDN);
        generator.SetSubjectDN(new Org.BouncyCastle.Asn1.X509.X509Name("CN=other hand"));
        generator.SetNotBefore(Authority.Start.UtcDateTime);
        generator.SetNotAfter(Authority.Start.AddYears(1).UtcDateTime);
        generator.SetPublicKey(theirs.GetPublicKey());
        var key = Org.BouncyCastle.Security.PrivateKeyFactory.CreateKey(authority.IssuingKey.ExportPkcs8());
        var made = generator.Generate(new Org.BouncyCastle.Crypto.Operators.Asn1SignatureFactory("1.2.156.10197.1.501", key));
        var certificate = Certificate.Parse(made.GetEncoded()); // with NULL parameters, as vendors write them too
        certificate.IsSignedBy(authority.Issuing).ShouldBeTrue();
        certificate.IsSignedBy(authority.Root).ShouldBeFalse();
        certificate.Subject.CommonName.ShouldBe("other hand");
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_certificate_says_what_was_asked_for(SignatureAlgorithm algorithm)
    {
        using var authority = new Authority(algorithm);
        using var key = SoftwareKey.Generate(algorithm);
        var request = Authority.Request(CertificateProfile.Personal, "张三, \"甲\" + 乙", key) with
        {
            CrlUrls = ["http://ca.example/issuing.crl"],
            OcspUrls = ["http://ca.example/ocsp"],
            CaIssuerUrls = ["http://ca.example/issuing.cer"],
        };
        var certificate = authority.IssuingAuthority!.Issue(request);
        certificate.Version.ShouldBe(3);
        certificate.Subject.CommonName.ShouldBe("张三, \"甲\" + 乙");
        certificate.Subject.ToString().ShouldBe("CN=张三\\, \\\"甲\\\" \\+ 乙,O=Seal 测试,C=CN");
        certificate.Issuer.RawData.ToArray().ShouldBe(authority.Issuing.Subject.RawData.ToArray());
        certificate.NotBefore.ShouldBe(request.NotBefore);
        certificate.NotAfter.ShouldBe(request.NotAfter);
        certificate.SerialNumber.Length.ShouldBe(20);
        certificate.KeyUsage.ShouldBe(KeyUsages.DigitalSignature | KeyUsages.NonRepudiation);
        certificate.BasicConstraints.ShouldBe(new BasicConstraints(false, null));
        certificate.ExtendedKeyUsage.ShouldBe(["1.3.6.1.5.5.7.3.36", "1.3.6.1.5.5.7.3.4"]);
        certificate.CrlDistributionPoints.ShouldBe(request.CrlUrls);
        certificate.OcspUrls.ShouldBe(request.OcspUrls);
        certificate.CaIssuerUrls.ShouldBe(request.CaIssuerUrls);
        certificate.AuthorityKeyIdentifier!.Value.ToArray().ShouldBe(authority.Issuing.SubjectKeyIdentifier!.Value.ToArray());
        Certificate.ParsePem(certificate.ToPem()).ShouldBe(certificate);
    }

    [Theory]
    [MemberData(nameof(WithOrdinaryVerifiers))]
    public void Openssl_reads_and_verifies_a_revocation_list(SignatureAlgorithm algorithm)
    {
        using var openSsl = new OpenSsl();
        using var authority = new Authority(algorithm);
        var revoked = authority.NewSigner().Certificate;
        var crl = authority.IssuingAuthority!.BuildCrl(
            [new CrlEntry(revoked.SerialNumber, Authority.Now, RevocationReason.KeyCompromise)], 7, Authority.Now, Authority.Now.AddDays(1));
        (var exit, var said) = openSsl.Run(
            "crl", "-inform", "DER", "-in", openSsl.Write("list.crl", crl), "-text", "-noout",
            "-CAfile", openSsl.Write("issuing.pem", authority.Issuing.ToPem()));
        exit.ShouldBe(0, said);
        said.ShouldContain("verify OK");
        said.ShouldContain(revoked.SerialNumberText);
        said.ShouldContain("Key Compromise");
    }

    [Fact]
    public void A_list_is_read_back_as_written()
    {
        using var authority = new Authority(SignatureAlgorithm.Sm2Sm3);
        var revoked = authority.NewSigner().Certificate;
        var der = authority.IssuingAuthority!.BuildCrl(
            [new CrlEntry(revoked.SerialNumber, Authority.Now, RevocationReason.Superseded)], new BigInteger(256), Authority.Now, Authority.Now.AddDays(1));
        var list = Crl.Parse(der);
        list.Number.ShouldBe(new BigInteger(256));
        list.ThisUpdate.ShouldBe(Authority.Now);
        list.NextUpdate.ShouldBe(Authority.Now.AddDays(1));
        list.IsUnderstood.ShouldBeTrue();
        list.IsSignedBy(authority.Issuing).ShouldBeTrue();
        list.IsSignedBy(authority.Root).ShouldBeFalse();
        list.Find(revoked)!.Reason.ShouldBe(RevocationReason.Superseded);
        list.Find(authority.Root).ShouldBeNull();
        new X509CrlParser().ReadCrl(der).GetRevokedCertificates().Count.ShouldBe(1);
    }

    [Fact]
    public void An_authority_refuses_what_its_own_certificate_does_not_allow()
    {
        using var authority = new Authority(SignatureAlgorithm.EcdsaP256Sha256);
        using var key = SoftwareKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        var issuing = authority.IssuingAuthority!;
        var good = Authority.Request(CertificateProfile.Personal, "x", key);
        Should.Throw<ArgumentException>(() => issuing.Issue(good with { Profile = CertificateProfile.IssuingAuthority }));
        Should.Throw<ArgumentException>(() => issuing.Issue(good with { NotAfter = authority.Issuing.NotAfter.AddDays(1) }));
        Should.Throw<ArgumentException>(() => issuing.Issue(good with { NotAfter = Authority.Start.AddYears(6) }));
        Should.Throw<ArgumentException>(() => issuing.Issue(good with { NotAfter = good.NotBefore }));
        Should.Throw<ArgumentException>(() => issuing.Issue(good with { SerialNumber = new byte[4] }));
        Should.Throw<ArgumentException>(() => new CertificateAuthority(authority.Issuing, key, Clock.At(Authority.Now)));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Hostile_certificates_and_lists_give_one_kind_of_error(SignatureAlgorithm algorithm)
    {
        using var authority = new Authority(algorithm);
        var certificate = authority.Issuing.RawData.ToArray();
        var list = authority.IssuingAuthority!.BuildCrl(
            [new CrlEntry(authority.Issuing.SerialNumber, Authority.Now, RevocationReason.KeyCompromise)], 1, Authority.Now, Authority.Now.AddDays(1));
        var mutations = new Mutations(seed: 11);
        for (var i = 0; i < 3000; i++)
        {
            try
            {
                Certificate.Parse(mutations.Of(certificate)).IsSignedBy(authority.Root);
            }
            catch (DerFormatException)
            {
            }

            try
            {
                Crl.Parse(mutations.Of(list)).Find(authority.Issuing);
            }
            catch (DerFormatException)
            {
            }
        }
    }

    [Fact]
    public void What_a_device_signed_wrongly_is_not_issued()
    {
        using var key = SoftwareKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        var root = CertificateAuthority.SelfSign(Authority.Request(CertificateProfile.RootAuthority, "root", key), key);
        var authority = new CertificateAuthority(root, new FaultyDevice(key), Clock.At(Authority.Now));

        Should.Throw<InvalidOperationException>(() => authority.Issue(Authority.Request(CertificateProfile.Organisation, "anybody", key)))
            .Message.ShouldContain("does not verify");
    }

    private sealed class FaultyDevice(SoftwareKey key) : ISigner
    {
        public SignatureAlgorithm Algorithm => key.Algorithm;

        public ReadOnlyMemory<byte> SubjectPublicKeyInfo => key.SubjectPublicKeyInfo;

        public byte[] Sign(ReadOnlySpan<byte> message) => key.Sign([.. message, 0]);
    }
}
