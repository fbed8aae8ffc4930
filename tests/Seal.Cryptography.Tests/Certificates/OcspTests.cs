using Org.BouncyCastle.Ocsp;
using Org.BouncyCastle.X509;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Cryptography.Tests.Support;

namespace Seal.Cryptography.Tests.Certificates;

public sealed class OcspTests
{
    private const string At = "1775865600"; // 2026-04-11, the tests' now

    private static readonly byte[] Nonce = [.. Enumerable.Range(1, 32).Select(number => (byte)number)];
    private static readonly RevocationFinding Revoked = new RevocationFinding.Revoked(Authority.Now.AddDays(-1), RevocationReason.KeyCompromise);

    public static TheoryData<SignatureAlgorithm, bool> Responders
    {
        get
        {
            var data = new TheoryData<SignatureAlgorithm, bool>();
            foreach (var algorithm in Enum.GetValues<SignatureAlgorithm>())
            {
                data.Add(algorithm, true);
                data.Add(algorithm, false);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Responders))]
    public void An_answer_is_read_back_as_given_and_counts_for_its_issuer_alone(SignatureAlgorithm algorithm, bool delegated)
    {
        using var authority = new Authority(algorithm);
        var good = authority.NewSigner().Certificate;
        var revoked = authority.NewSigner().Certificate;
        var request = OcspRequest.Parse(OcspRequest.Create(OcspCertId.Of(good, authority.Issuing, DigestAlgorithm.Sha256), Nonce));
        request.Certificates.Single().Names(good, authority.Issuing).ShouldBeTrue();
        request.Certificates.Single().Names(good, authority.Root).ShouldBeFalse();
        request.Certificates.Single().Names(revoked, authority.Issuing).ShouldBeFalse();

        var der = Responder(authority, delegated).Answer(
            [
                new(request.Certificates.Single(), new RevocationFinding.Good()),
                new(OcspCertId.Of(revoked, authority.Issuing), Revoked),
                new(OcspCertId.Of(authority.Root, authority.Issuing), new RevocationFinding.Unknown()),
            ],
            Authority.Now, Authority.Now.AddHours(1), request.Nonce);
        var answer = OcspResponse.Parse(der);
        answer.Status.ShouldBe(OcspResponseStatus.Successful);
        answer.ProducedAt.ShouldBe(Authority.Now);
        answer.Nonce!.Value.ToArray().ShouldBe(Nonce);
        answer.Statements.Select(statement => statement.Finding).ShouldBe([new RevocationFinding.Good(), Revoked, new RevocationFinding.Unknown()]);
        answer.Statements.ShouldAllBe(statement => statement.ThisUpdate == Authority.Now && statement.NextUpdate == Authority.Now.AddHours(1));
        answer.IsSignedFor(authority.Issuing).ShouldBeTrue();
        answer.IsSignedFor(authority.Root).ShouldBeFalse();

        var evidence = new OcspEvidence([answer], RevocationEvidence.None);
        evidence.Find(good, authority.Issuing, Authority.Now).ShouldBe(new RevocationFinding.Good());
        evidence.Find(good, authority.Issuing, Authority.Now.AddHours(2)).ShouldBeOfType<RevocationFinding.Unknown>();
        evidence.Find(revoked, authority.Issuing, Authority.Now.AddHours(2)).ShouldBe(Revoked);
        evidence.Find(revoked, authority.Issuing, Authority.Now.AddDays(-2)).ShouldBe(new RevocationFinding.Good(Authority.Now.AddDays(-1)));
        evidence.Find(authority.Issuing, authority.Root, Authority.Now).ShouldBeOfType<RevocationFinding.Unknown>();
    }

    [Theory]
    [InlineData(SignatureAlgorithm.RsaPkcs1Sha256, true)]
    [InlineData(SignatureAlgorithm.RsaPkcs1Sha256, false)]
    [InlineData(SignatureAlgorithm.EcdsaP256Sha256, true)]
    [InlineData(SignatureAlgorithm.EcdsaP384Sha384, false)]
    public void Openssl_asks_and_accepts_the_answer(SignatureAlgorithm algorithm, bool delegated)
    {
        using var openSsl = new OpenSsl();
        using var authority = new Authority(algorithm);
        var leaf = authority.NewSigner().Certificate;
        var issuer = openSsl.Write("issuing.pem", authority.Issuing.ToPem());
        var certificate = openSsl.Write("leaf.pem", leaf.ToPem());
        var chain = openSsl.Write("chain.pem", authority.Root.ToPem() + authority.Issuing.ToPem());
        var query = openSsl.Write("query.der", []);
        openSsl.ShouldAccept("ocsp", "-issuer", issuer, "-cert", certificate, "-reqout", query);
        var request = OcspRequest.Parse(File.ReadAllBytes(query));
        request.Nonce.ShouldNotBeNull();
        request.Certificates.Single().Names(leaf, authority.Issuing).ShouldBeTrue();

        foreach ((var finding, var word) in new[] { (new RevocationFinding.Good(), "good"), (Revoked, "revoked"), ((RevocationFinding)new RevocationFinding.Unknown(), "unknown") })
        {
            var der = Responder(authority, delegated).Answer([new(request.Certificates.Single(), finding)], Authority.Now, Authority.Now.AddYears(1), request.Nonce);
            var reply = openSsl.Write("reply.der", der);
            (var exit, var said) = openSsl.Run(
                "ocsp", "-issuer", issuer, "-cert", certificate, "-no_nonce", "-respin", reply, "-CAfile", chain, "-attime", At, "-no-CApath", "-resp_text");
            exit.ShouldBe(0, said);
            said.ShouldContain("Response verify OK");
            said.ShouldContain($"{certificate}: {word}");
        }
    }

    [Fact]
    public void BouncyCastle_asks_and_accepts_the_answer()
    {
        using var authority = new Authority(SignatureAlgorithm.EcdsaP256Sha256);
        var leaf = authority.NewSigner().Certificate;
        var issuing = new X509CertificateParser().ReadCertificate(authority.Issuing.RawData.ToArray());
        var generator = new OcspReqGenerator();
        generator.AddRequest(new CertificateID(CertificateID.HashSha1, issuing, new Org.BouncyCastle.Math.BigInteger(leaf.SerialNumber.ToArray())));
        var request = OcspRequest.Parse(generator.Generate().GetEncoded());
        request.Nonce.ShouldBeNull();
        var der = Responder(authority, delegated: true).Answer([new(request.Certificates.Single(), Revoked)], Authority.Now, Authority.Now.AddHours(1), null);
        var basic = (BasicOcspResp)new OcspResp(der).GetResponseObject();
        basic.Verify(basic.GetCerts()[0].GetPublicKey()).ShouldBeTrue();
        var status = (RevokedStatus)basic.Responses[0].GetCertStatus();
        status.RevocationReason.ShouldBe(1);
        status.RevocationTime.ToUniversalTime().ShouldBe(Authority.Now.AddDays(-1).UtcDateTime);
        new OcspResp(OcspResponder.Refuse(OcspResponseStatus.Unauthorized)).Status.ShouldBe(6);
    }

    [Fact]
    public void Only_one_whom_the_issuer_delegates_to_may_answer_and_only_while_its_certificate_lasts()
    {
        using var authority = new Authority(SignatureAlgorithm.EcdsaP256Sha256);
        (var ordinary, var key) = authority.NewSigner();
        Should.Throw<ArgumentException>(() => new OcspResponder(authority.Issuing, ordinary, key));
        Should.Throw<ArgumentException>(() => new OcspResponder(authority.Root, authority.Issuing, authority.IssuingKey));

        using var stranger = new Authority(SignatureAlgorithm.EcdsaP256Sha256);
        var statement = new OcspStatement(OcspCertId.Of(ordinary, authority.Issuing), new RevocationFinding.Good());
        OcspResponse.Parse(Responder(stranger, true).Answer([statement], Authority.Now, Authority.Now.AddHours(1), null)).IsSignedFor(authority.Issuing).ShouldBeFalse();
        var late = Authority.Now.AddDays(200);
        OcspResponse.Parse(Responder(authority, true).Answer([statement], late, late.AddHours(1), null)).IsSignedFor(authority.Issuing).ShouldBeFalse();
        OcspResponse.Parse(Responder(authority, false).Answer([statement], late, late.AddHours(1), null)).IsSignedFor(authority.Issuing).ShouldBeTrue();
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void A_nonce_has_one_to_128_bytes(int length, bool accepted)
    {
        using var authority = new Authority(SignatureAlgorithm.EcdsaP256Sha256);
        var der = OcspRequest.Create(OcspCertId.Of(authority.Issuing, authority.Root), new byte[length]);
        if (accepted)
        {
            OcspRequest.Parse(der).Nonce!.Value.Length.ShouldBe(length);
        }
        else
        {
            Should.Throw<DerFormatException>(() => OcspRequest.Parse(der));
        }
    }

    [Fact]
    public void Hostile_requests_and_answers_give_one_kind_of_error_and_no_damaged_answer_counts()
    {
        using var authority = new Authority(SignatureAlgorithm.EcdsaP256Sha256);
        var leaf = authority.NewSigner().Certificate;
        var id = OcspCertId.Of(leaf, authority.Issuing);
        var request = OcspRequest.Create(id, Nonce);
        var answer = Responder(authority, true).Answer([new(id, Revoked)], Authority.Now, Authority.Now.AddHours(1), Nonce);
        var mutations = new Mutations(seed: 23);
        for (var i = 0; i < 3000; i++)
        {
            try
            {
                OcspRequest.Parse(mutations.Of(request));
            }
            catch (DerFormatException)
            {
            }

            try
            {
                var damaged = OcspResponse.Parse(mutations.Of(answer));
                if (damaged.Status == OcspResponseStatus.Successful && damaged.IsSignedFor(authority.Issuing))
                {
                    damaged.Statements.Single().Finding.ShouldBe(Revoked);
                }
            }
            catch (DerFormatException)
            {
            }
        }
    }

    private static OcspResponder Responder(Authority authority, bool delegated)
    {
        if (!delegated)
        {
            return new OcspResponder(authority.Issuing, authority.Issuing, authority.IssuingKey);
        }

        var key = authority.NewKey();
        var certificate = authority.IssuingAuthority!.Issue(Authority.Request(CertificateProfile.OcspResponder, "OCSP", key) with
        {
            NotBefore = Authority.Now.AddDays(-1),
            NotAfter = Authority.Now.AddDays(90),
            FurtherExtensions = [OcspResponder.NoCheck],
        });
        return new OcspResponder(authority.Issuing, certificate, key);
    }
}
