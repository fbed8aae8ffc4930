using System.Text.Json;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Cms;
using Seal.Cryptography.Keys;
using Seal.Documents.Judging;
using Seal.Documents.Pdf;
using Seal.Documents.Tests.Pdf;

namespace Seal.Documents.Tests.Judging;

public sealed class JudgingTests
{
    [Theory]
    [InlineData(SignatureAlgorithm.RsaPkcs1Sha256, SampleForm.Table)]
    [InlineData(SignatureAlgorithm.EcdsaP256Sha256, SampleForm.Table)]
    [InlineData(SignatureAlgorithm.EcdsaP384Sha384, SampleForm.Table)]
    [InlineData(SignatureAlgorithm.EcdsaP256Sha256, SampleForm.XrefStream)]
    [InlineData(SignatureAlgorithm.EcdsaP256Sha256, SampleForm.ObjectStreams)]
    [InlineData(SignatureAlgorithm.EcdsaP256Sha256, SampleForm.Hybrid)]
    public async Task A_sealed_document_passes_here_and_with_other_tools(SignatureAlgorithm algorithm, SampleForm form)
    {
        var authority = TestAuthority.Of(algorithm);
        var original = new SamplePdf { Form = form }.Build();
        var file = await SignedSamples.Seal(original, authority.Issue("First Company"));
        file.AsSpan(0, original.Length).SequenceEqual(original).ShouldBeTrue();

        var judgement = await SignedSamples.Judge(file, SignedSamples.Options(authority));
        judgement.Verdict.ShouldBe(Verdict.TotalPassed, judgement.ToJson());
        var signature = judgement.Signatures.ShouldHaveSingleItem();
        signature.Checks.Select(check => check.Name).ShouldBe(Enum.GetValues<CheckName>());
        signature.SignedLength.ShouldBe(file.Length);
        signature.SignedAt.ShouldBe(SealingSamples.Time);

        using Tool tool = new();
        var path = tool.Save("sealed.pdf", file);
        (await tool.Run("pdfsig", "-nocert", path)).Output.ShouldSatisfyAllConditions(
            output => output.ShouldContain("Signature is Valid."),
            output => output.ShouldContain("Total document signed"),
            output => output.ShouldContain("ETSI.CAdES.detached"));
        (await tool.Run("qpdf", "--check", path)).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_GBT_35275_container_with_SM2_is_judged_like_any_other()
    {
        var signer = TestAuthority.Of(SignatureAlgorithm.Sm2Sm3).Issue("SM2 Company");
        using MemoryStream source = new(new SamplePdf().Build());
        var prepared = PdfSealer.Prepare(source, SealingSamples.Request(), TestContext.Current.CancellationToken);
        var container = CmsSignedData.Create(
            new CmsRequest
            {
                MessageDigest = await prepared.DigestAsync(DigestAlgorithm.Sm3, TestContext.Current.CancellationToken),
                Algorithm = SignatureAlgorithm.Sm2Sm3,
                SignerCertificate = signer.Certificate,
                Chain = [signer.Authority.Issuing],
                Format = CmsFormat.Gm,
            },
            signer.Key);
        using MemoryStream destination = new();
        await prepared.CompleteAsync(container, destination, TestContext.Current.CancellationToken);
        var file = destination.ToArray();

        var signature = (await SignedSamples.Judge(file, SignedSamples.Options(signer.Authority))).Signatures.ShouldHaveSingleItem();
        (signature.Kind, signature.Verdict).ShouldBe((SignatureKind.GmSignedData, Verdict.TotalPassed), string.Join(' ', signature.Checks.Select(check => check.Reason.Code)));
        file[file.AsSpan().IndexOf("(Page 1)"u8) + 6] = (byte)'7';
        (await SignedSamples.Judge(file, SignedSamples.Options(signer.Authority))).SubIndication.ShouldBe(SubIndication.HashFailure);
    }

    [Fact]
    public async Task A_signature_longer_than_its_room_is_refused()
    {
        var tight = SealingSamples.Request() with { SignatureCapacity = 100 };
        var refusal = await Should.ThrowAsync<PdfFormatException>(() => SignedSamples.Seal(new SamplePdf().Build(), request: tight));
        refusal.Code.ShouldBe(PdfProblem.SignatureTooLong);
    }

    [Theory]
    [InlineData(SampleForm.Table)]
    [InlineData(SampleForm.ObjectStreams)]
    public async Task Further_seals_leave_the_earlier_ones_valid(SampleForm form)
    {
        var file = new SamplePdf { Form = form }.Build();
        for (var seal = 0; seal < 3; seal++)
        {
            file = await SignedSamples.Seal(file, request: SealingSamples.Request(page: (seal % 2) + 1, x: 20 + (50 * seal)));
        }

        var judgement = await SignedSamples.Judge(file);
        judgement.Verdict.ShouldBe(Verdict.TotalPassed, judgement.ToJson());
        judgement.Signatures.Select(signature => signature.Id).ShouldBe(["Seal1", "Seal2", "Seal3"]);
        judgement.Signatures.Select(signature => signature.LaterChanges.Count).ShouldBe([2, 1, 0]);
        judgement.Signatures[0].LaterChanges.ShouldAllBe(change => change.Kind == ChangeKind.FurtherSignature && change.Permitted);

        using Tool tool = new();
        (_, var output) = await tool.Run("pdfsig", "-nocert", tool.Save("sealed.pdf", file));
        output.Split("Signature is Valid.").Length.ShouldBe(4, output);
    }

    [Fact]
    public async Task What_was_visible_at_signing_is_the_beginning_of_the_file()
    {
        var once = await SignedSamples.Seal(new SamplePdf().Build());
        var twice = await SignedSamples.Seal(once);
        var judgement = await SignedSamples.Judge(twice);
        judgement.Signatures[0].SignedLength.ShouldBe(once.Length);
        (await SignedSamples.Judge(twice[..once.Length])).Verdict.ShouldBe(Verdict.TotalPassed);
    }

    [Fact]
    public async Task A_document_without_signature_is_indeterminate()
    {
        var judgement = await SignedSamples.Judge(new SamplePdf().Build());
        (judgement.Verdict, judgement.SubIndication).ShouldBe((Verdict.Indeterminate, SubIndication.NoSignature));
    }

    [Fact]
    public async Task The_answer_as_json_has_the_published_shape()
    {
        var file = await SignedSamples.Seal(new SamplePdf().Build());
        using var json = JsonDocument.Parse((await SignedSamples.Judge(file)).ToJson());
        var root = json.RootElement;
        root.EnumerateObject().Select(property => property.Name).ShouldBe(["file", "digest", "verdict", "subIndication", "signatures"]);
        root.GetProperty("file").GetString().ShouldBe("sample.pdf");
        root.GetProperty("verdict").GetString().ShouldBe("TOTAL_PASSED");
        root.GetProperty("digest").GetString().ShouldBe("sha256:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(file)));
        var signature = root.GetProperty("signatures")[0];
        signature.EnumerateObject().Select(property => property.Name).ShouldBe(
            ["id", "kind", "verdict", "subIndication", "signer", "signedAt", "timeSource", "seal", "checks", "laterChanges", "signedLength", "sealData", "places"]);
        signature.GetProperty("kind").GetString().ShouldBe("cms");
        signature.GetProperty("timeSource").GetString().ShouldBe("claimed");
        signature.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("check").GetString()).ShouldBe(
            ["structure", "coverage", "changes", "digest", "signature-value", "certificate", "seal-data", "time", "ledger"]);
        var row = signature.GetProperty("checks")[0];
        row.EnumerateObject().Select(property => property.Name).ShouldBe(["check", "result", "reason", "evidence"]);
        row.GetProperty("result").GetString().ShouldBe("passed");
        row.GetProperty("reason").EnumerateObject().Select(property => property.Name).ShouldBe(["code", "zh", "en"]);
    }

    [Fact]
    public void Every_reason_has_a_sentence_in_both_languages() =>
        ReasonText.Codes.Select(ReasonText.Of).ShouldAllBe(reason => reason.Zh.Length > 4 && reason.En.Length > 4);
}
