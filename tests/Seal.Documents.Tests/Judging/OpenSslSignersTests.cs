using System.Security.Cryptography;
using Seal.Documents.Judging;
using Seal.Documents.Tests.Pdf;

namespace Seal.Documents.Tests.Judging;

/// <summary>Signatures that openssl makes, with every algorithm and padding it offers.</summary>
public sealed class OpenSslSignersTests
{
    private const string Pkcs7 = "/Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached";
    private const string Pades = "/Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached";
    private const string Pss = "-keyopt rsa_padding_mode:pss -keyopt rsa_pss_saltlen:";

    [Theory]
    [InlineData("rsa", "-md sha384")]
    [InlineData("rsa", "-md sha512 -keyid")]
    [InlineData("rsa", "-md sha3-256")]
    [InlineData("rsa", "-md sha3-512 -noattr")]
    [InlineData("rsa", "-md sha256 " + Pss + "0")]
    [InlineData("rsa", "-md sha256 " + Pss + "20")]
    [InlineData("rsa", "-md sha256 -noattr " + Pss + "17")]
    [InlineData("rsa", "-md sha384 " + Pss + "max")]
    [InlineData("rsa", "-md sha512 " + Pss + "64 -keyopt rsa_mgf1_md:sha1")]
    [InlineData("rsa", "-md sha256 " + Pss + "9 -keyopt rsa_mgf1_md:sha512")]
    [InlineData("rsa3072", "-md sha256 " + Pss + "33")]
    [InlineData("nistP521", "-md sha512 -noattr")]
    [InlineData("nistP384", "-md sha256")]
    [InlineData("brainpoolP256r1", "-md sha256")]
    [InlineData("brainpoolP384r1", "-md sha384 -cades")]
    [InlineData("brainpoolP512r1", "-md sha512 -noattr")]
    public async Task What_openssl_signs_passes_and_is_a_hash_failure_once_changed(string key, string options)
    {
        var file = await Signed(key, options);
        var judgement = await SignedSamples.Judge(file);
        judgement.Verdict.ShouldBe(Verdict.TotalPassed, judgement.ToJson());
        file[file.AsSpan().IndexOf("(Page 1)"u8) + 6] = (byte)'7';
        (await SignedSamples.Judge(file)).SubIndication.ShouldBe(SubIndication.HashFailure);
    }

    [Theory]
    [InlineData("rsa1024", "-md sha256")]
    [InlineData("rsa1024", "-md sha256 -noattr")]
    [InlineData("rsa", "-md sha224")]
    [InlineData("rsa", "-md md5")]
    [InlineData("rsa", "-md sha1 " + Pss + "20")]
    [InlineData("secp256k1", "-md sha256")]
    [InlineData("secp256k1", "-md sha256 -noattr")]
    public async Task What_is_weak_or_unknown_is_indeterminate_and_no_forgery(string key, string options)
    {
        var signature = (await SignedSamples.Judge(await Signed(key, options))).Signatures.ShouldHaveSingleItem();
        (signature.Verdict, signature.SubIndication).ShouldBe((Verdict.Indeterminate, SubIndication.CryptoConstraintsFailureNoPoe));
        signature.Row(CheckName.SignatureValue).Reason.Code.ShouldBe("algorithm-not-accepted");
    }

    [Fact]
    public async Task A_short_key_still_shows_a_forgery()
    {
        var file = await Signed("rsa1024", "-md sha256");
        file[file.AsSpan().IndexOf("(Page 1)"u8) + 6] = (byte)'7';
        (await SignedSamples.Judge(file)).SubIndication.ShouldBe(SubIndication.HashFailure);
    }

    [Theory]
    [InlineData("")]
    [InlineData("rsa_mgf1_md:sha1")]
    public async Task A_changed_PSS_signature_is_a_crypto_failure(string mask)
    {
        var file = await Signed("rsa", $"-md sha256 {Pss}5" + (mask.Length == 0 ? "" : $" -keyopt {mask}"));
        var contents = file.AsSpan().IndexOf("/Contents <"u8) + 11;
        var last = contents + file.AsSpan(contents, file.AsSpan(contents).IndexOf((byte)'>')).LastIndexOfAnyExcept((byte)'0');
        file[last - 20] = file[last - 20] == (byte)'1' ? (byte)'2' : (byte)'1';
        (await SignedSamples.Judge(file)).SubIndication.ShouldBe(SubIndication.SigCryptoFailure);
    }

    private static async Task<byte[]> Signed(string kind, string options)
    {
        using Tool tool = new();
        using AsymmetricAlgorithm key = kind.StartsWith("rsa", StringComparison.Ordinal)
            ? RSA.Create(kind.Length == 3 ? 2048 : int.Parse(kind[3..], System.Globalization.CultureInfo.InvariantCulture))
            : ECDsa.Create(ECCurve.CreateFromFriendlyName(kind));
        var certificate = TestAuthority.Ecdsa.Certify($"Company with {kind}", key.ExportSubjectPublicKeyInfo());
        tool.Save("key.pem", System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
        tool.Save("own.pem", Pem(certificate));
        tool.Save("issuing.pem", Pem(TestAuthority.Ecdsa.Issuing));
        var entries = options.Contains("-cades", StringComparison.Ordinal) ? Pades : Pkcs7;
        AppendedSignature.To(new SamplePdf().Build(), entries, bytes => [(byte)File.ReadAllBytes(tool.Save("covered", bytes)).Length]);
        (var exit, var output) = await tool.Run(
            "openssl",
            ["cms", "-sign", "-binary", "-outform", "DER", "-in", "covered", "-out", "signature", "-signer", "own.pem", "-inkey", "key.pem", "-certfile", "issuing.pem", .. options.Split(' ')]);
        exit.ShouldBe(0, output);
        var signature = await File.ReadAllBytesAsync(tool.Path("signature"), TestContext.Current.CancellationToken);
        return AppendedSignature.To(new SamplePdf().Build(), entries, bytes => signature);
    }

    private static byte[] Pem(Cryptography.Certificates.Certificate certificate) =>
        System.Text.Encoding.ASCII.GetBytes(PemEncoding.WriteString("CERTIFICATE", certificate.RawData.Span));
}
