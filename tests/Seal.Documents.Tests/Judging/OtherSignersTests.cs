using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Seal.Cryptography.Cms;
using Seal.Documents.Judging;
using Seal.Documents.Pdf;
using Seal.Documents.Tests.Pdf;

namespace Seal.Documents.Tests.Judging;

/// <summary>Documents that other programs signed, from the empty field to the file.</summary>
public sealed class OtherSignersTests
{
    private const string Sha1 = "1.3.14.3.2.26";

    [Fact]
    public async Task What_mutool_signs_is_found_whole_and_a_change_is_found_out()
    {
        using Tool tool = new();
        using var key = RSA.Create(2048);
        var certificate = TestAuthority.Ecdsa.Certify("Signer by mutool", key.ExportSubjectPublicKeyInfo());
        using var plain = X509CertificateLoader.LoadCertificate(certificate.RawData.Span);
        using var withKey = plain.CopyWithPrivateKey(key);
        tool.Save("signer.pfx", withKey.Export(X509ContentType.Pkcs12, "secret"));
        tool.Save("plain.pdf", new SamplePdf
        {
            Pages = 1,
            CatalogExtra = "/AcroForm <</Fields [10 0 R] /SigFlags 3>>",
            PageExtra = "/Annots [10 0 R]",
            More = ["<</Type /Annot /Subtype /Widget /FT /Sig /T (Signed) /F 132 /Rect [72 72 200 120]>>"],
        }.Build());
        (var exit, var said) = await tool.Run("mutool", "sign", "-s", "signer.pfx", "-P", "secret", "-o", "signed.pdf", "plain.pdf", "10");
        exit.ShouldBe(0, said);
        var file = await File.ReadAllBytesAsync(tool.Path("signed.pdf"), TestContext.Current.CancellationToken);

        // Which digest it uses depends on its version: SHA-1 proves nothing any more, and is no forgery.
        var contents = PdfSignature.FindAll(PdfFile.Open(new MemoryStream(file), PdfLimits.Default, TestContext.Current.CancellationToken)).ShouldHaveSingleItem().Contents!;
        var isWeak = CmsSignedData.Parse(contents.Value).Signers[0].DigestAlgorithmOid == Sha1;
        var trusted = await SignedSamples.Judge(file);
        var signature = trusted.Signatures.ShouldHaveSingleItem();
        signature.Row(CheckName.Structure).Result.ShouldBe(CheckResult.Passed, trusted.ToJson());
        signature.Row(CheckName.Coverage).Result.ShouldBe(CheckResult.Passed, trusted.ToJson());
        signature.Row(CheckName.Changes).Result.ShouldBe(CheckResult.Passed, trusted.ToJson());
        signature.Signer!.Subject.ShouldContain("Signer by mutool");
        (trusted.Verdict, trusted.SubIndication).ShouldBe(isWeak ? (Verdict.Indeterminate, SubIndication.CryptoConstraintsFailureNoPoe) : (Verdict.TotalPassed, null), trusted.ToJson());

        var untrusted = await SignedSamples.Judge(file, SignedSamples.Options() with { TrustAnchors = [TestAuthority.Rsa.Root] });
        (untrusted.Verdict, untrusted.SubIndication).ShouldBe(
            (Verdict.Indeterminate, isWeak ? SubIndication.CryptoConstraintsFailureNoPoe : SubIndication.NoCertificateChainFound), untrusted.ToJson());

        file[file.AsSpan().IndexOf("(Page 1)"u8) + 6] = (byte)'7';
        (await SignedSamples.Judge(file)).SubIndication.ShouldBe(SubIndication.HashFailure);
    }

    [Theory]
    [InlineData("256")]
    [InlineData("256 --cleartext-metadata")]
    [InlineData("128 --use-aes=y")]
    [InlineData("128 --use-aes=n")]
    [InlineData("40")]
    public async Task What_is_encrypted_is_refused_by_that_name_even_when_no_password_is_needed(string options)
    {
        using Tool tool = new();
        tool.Save("plain.pdf", new SamplePdf().Build());
        foreach (var form in (string[])["preserve", "generate"])
        {
            (var exit, var said) = await tool.Run("qpdf", ["--allow-weak-crypto", $"--object-streams={form}", "--encrypt", "", "", .. options.Split(' '), "--", "plain.pdf", "encrypted.pdf"]);
            exit.ShouldBe(0, said);
            var file = await File.ReadAllBytesAsync(tool.Path("encrypted.pdf"), TestContext.Current.CancellationToken);

            (await Should.ThrowAsync<PdfFormatException>(() => SignedSamples.Judge(file))).Code.ShouldBe(PdfProblem.Encrypted);
            (await Should.ThrowAsync<PdfFormatException>(() => SignedSamples.Seal(file))).Code.ShouldBe(PdfProblem.Encrypted);

            // Nor does a broken end make it something else.
            byte[] damaged = [.. file[..^7], .. Encoding.ASCII.GetBytes(" ")];
            (await Should.ThrowAsync<PdfFormatException>(() => SignedSamples.Judge(damaged))).Code.ShouldBe(PdfProblem.Encrypted);
        }
    }
}
