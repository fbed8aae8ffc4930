using Org.BouncyCastle.Tsp;
using Org.BouncyCastle.X509;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Keys;
using Seal.Cryptography.Tests.Support;
using Seal.Cryptography.Timestamps;

namespace Seal.Cryptography.Tests.Timestamps;

/// <summary>Our time stamps judged by OpenSSL and BouncyCastle, and theirs by us.</summary>
public sealed class TimestampToolsTests
{
    private const string At = "1775779200"; // 2026-04-10, inside every validity

    [Theory]
    [InlineData(SignatureAlgorithm.RsaPkcs1Sha256, "sha256")]
    [InlineData(SignatureAlgorithm.EcdsaP256Sha256, "sha384")]
    [InlineData(SignatureAlgorithm.EcdsaP384Sha384, "sha512")]
    [InlineData(SignatureAlgorithm.EcdsaP256Sha256, "sm3")]
    public void Openssl_asks_and_accepts_the_answer(SignatureAlgorithm algorithm, string digest)
    {
        using var openSsl = new OpenSsl();
        using var unit = new StampingUnit(algorithm);
        var data = openSsl.Write("data", StampingUnit.Data);
        var query = openSsl.Write("query.tsq", []);
        openSsl.ShouldAccept("ts", "-query", "-data", data, $"-{digest}", "-cert", "-out", query);
        var request = TimestampRequest.Parse(File.ReadAllBytes(query));
        request.Nonce.ShouldNotBeNull();
        request.WantsCertificates.ShouldBeTrue();

        var reply = openSsl.Write("reply.tsr", unit.Answer(request).RawData.Span);
        (var exit, var said) = openSsl.Run("ts", "-reply", "-in", reply, "-text");
        exit.ShouldBe(0, said);
        said.ShouldContain("Status: Granted.");
        said.ShouldContain("Accuracy: 0x01 seconds, 0x01F4 millis");

        var root = openSsl.Write("root.pem", unit.Pki.Root.ToPem());
        openSsl.ShouldAccept("ts", "-verify", "-queryfile", query, "-in", reply, "-CAfile", root, "-attime", At);
        openSsl.ShouldAccept("ts", "-verify", "-data", data, "-in", reply, "-CAfile", root, "-attime", At);
        var token = openSsl.Write("token.der", unit.Answer(request).Token!.RawData.Span);
        openSsl.ShouldAccept("ts", "-verify", "-data", data, "-token_in", "-in", token, "-CAfile", root, "-attime", At);
        openSsl.Write("data", "other data"u8);
        openSsl.Run("ts", "-verify", "-data", data, "-in", reply, "-CAfile", root, "-attime", At).Exit.ShouldNotBe(0);
    }

    [Fact]
    public void Openssl_reads_a_refusal()
    {
        using var openSsl = new OpenSsl();
        var reply = openSsl.Write("reply.tsr", TimestampResponse.Refuse(TimestampFailure.UnacceptedPolicy, "another policy").RawData.Span);
        var said = openSsl.Run("ts", "-reply", "-in", reply, "-text").Said;
        said.ShouldContain("Status: Rejected.");
        said.ShouldContain("another policy");
        said.ShouldContain("the requested TSA policy is not supported");
    }

    [Theory]
    [InlineData(SignatureAlgorithm.RsaPkcs1Sha256)]
    [InlineData(SignatureAlgorithm.EcdsaP256Sha256)]
    public void BouncyCastle_asks_and_accepts_the_answer(SignatureAlgorithm algorithm)
    {
        using var unit = new StampingUnit(algorithm);
        var generator = new TimeStampRequestGenerator();
        generator.SetCertReq(true);
        var request = generator.Generate(TspAlgorithms.Sha256, DigestAlgorithm.Sha256.HashData(StampingUnit.Data), Org.BouncyCastle.Math.BigInteger.ValueOf(-42));
        var response = new TimeStampResponse(unit.Answer(TimestampRequest.Parse(request.GetEncoded())).RawData.ToArray());
        response.Validate(request);
        var certificate = new X509CertificateParser().ReadCertificate(unit.Certificate.RawData.ToArray());
        TspUtil.ValidateCertificate(certificate);
        response.TimeStampToken.Validate(certificate);
        response.TimeStampToken.TimeStampInfo.GenTime.ToUniversalTime().ShouldBe(Authority.Now.UtcDateTime);

        var refused = new TimeStampResponse(TimestampResponse.Refuse(TimestampFailure.TimeNotAvailable, "clock").RawData.ToArray());
        refused.Status.ShouldBe(2);
        refused.GetFailInfo().IntValue.ShouldBe(1 << 9, "bit 14 as BouncyCastle numbers it");
    }

    [Theory]
    [InlineData(SignatureAlgorithm.RsaPkcs1Sha256)]
    [InlineData(SignatureAlgorithm.EcdsaP256Sha256)]
    public void We_verify_what_openssl_stamps(SignatureAlgorithm algorithm)
    {
        using var openSsl = new OpenSsl();
        using var unit = new StampingUnit(algorithm);
        var digest = DigestAlgorithm.Sha256.HashData(StampingUnit.Data);
        var query = openSsl.Write("query.tsq", TimestampRequest.Create(DigestAlgorithm.Sha256, digest, [9, 9, 9, 9, 9, 9, 9, 9]).RawData.Span);
        var reply = openSsl.Write("reply.tsr", []);
        openSsl.ShouldAccept("ts", "-reply", "-queryfile", query, "-config", OpenSslStamps.Configure(openSsl, unit), "-out", reply);

        var response = TimestampResponse.Parse(File.ReadAllBytes(reply));
        var token = response.Token!;
        token.Info.Nonce.ShouldBe(new System.Numerics.BigInteger([9, 9, 9, 9, 9, 9, 9, 9]));
        token.Info.IsOrdered.ShouldBeTrue();
        token.Info.Accuracy.ShouldBe(new TimeSpan(0, 0, 0, 1, 500, 100));
        unit.Verify(token, digest).Status.ShouldBe(TimestampStatus.Ok);
        unit.Verify(token, DigestAlgorithm.Sha256.HashData("other"u8)).Status.ShouldBe(TimestampStatus.ImprintMismatch);
    }
}

/// <summary>A configuration for <c>openssl ts -reply</c> with an authority's certificate and key.</summary>
internal static class OpenSslStamps
{
    public static string Configure(OpenSsl openSsl, StampingUnit unit)
    {
        var key = openSsl.Write("tsa.key", new string(System.Security.Cryptography.PemEncoding.Write("PRIVATE KEY", unit.Key.ExportPkcs8())));
        return openSsl.Write("ts.cnf", $"""
            [tsa]
            default_tsa = authority
            [authority]
            serial = {openSsl.Write("serial", "01\n")}
            crypto_device = builtin
            signer_cert = {openSsl.Write("tsa.pem", unit.Certificate.ToPem())}
            certs = {openSsl.Write("issuing.pem", unit.Pki.Issuing.ToPem())}
            signer_key = {key}
            signer_digest = sha256
            default_policy = {StampingUnit.Policy}
            digests = sha256, sha384, sha512
            accuracy = secs:1, millisecs:500, microsecs:100
            ordering = yes
            tsa_name = yes
            ess_cert_id_chain = no
            ess_cert_id_alg = sha256
            """);
    }
}
