using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Cms;
using Seal.Documents.Judging;
using Seal.Documents.Pdf;
using Seal.Documents.Ses;
using Seal.Documents.Tests.Judging;
using Seal.Documents.Tests.Ses;

namespace Seal.Documents.Tests.Pdf;

/// <summary>Documents sealed with SM2 keys, as GB/T 35275 and GB/T 38540 have it.</summary>
public sealed class Sm2SealingTests
{
    private static readonly TestAuthority Authority = TestAuthority.Of(Seal.Cryptography.Keys.SignatureAlgorithm.Sm2Sm3);
    private static readonly TestStamper Stamper = new();

    [Theory]
    [InlineData(PadesLevel.B)]
    [InlineData(PadesLevel.T)]
    [InlineData(PadesLevel.LTA)]
    public async Task A_seal_as_GBT_35275_signed_data_is_judged_valid_with_its_receipt_inside(PadesLevel level)
    {
        var original = new SamplePdf().Build();
        (var file, var outcome) = await LevelSamples.Seal(original, Authority, LevelSamples.Strength(Authority, Stamper, level));
        outcome.Level.ShouldBe(level);
        file.AsSpan(0, original.Length).SequenceEqual(original).ShouldBeTrue();
        var signer = CmsSignedData.Parse(outcome.Container).Signers[0];
        SealReceipt.Decode(signer.SignedAttributes.Single(attribute => attribute.Oid == SealReceipt.AttributeOid).Values[0]).ShouldBe(SignedSamples.Receipt);
        var judged = await SignedSamples.Judge(file, LevelSamples.Options(Authority));
        judged.Signatures[0].Kind.ShouldBe(SignatureKind.GmSignedData);
        judged.Verdict.ShouldBe(Verdict.TotalPassed, string.Join(' ', judged.Signatures.SelectMany(signature => signature.Checks).Select(check => check.Reason.Code)));
    }

    [Theory]
    [InlineData(PadesLevel.B)]
    [InlineData(PadesLevel.T)]
    public async Task A_seal_as_SES_signature_holds_seal_receipt_and_hash_of_the_document(PadesLevel level)
    {
        var parties = Parties.Shared;
        var original = new SamplePdf { Form = SampleForm.ObjectStreams }.Build();
        using MemoryStream source = new(original);
        using MemoryStream destination = new();
        SealSigning signing = new()
        {
            Format = SealFormat.Ses,
            Signer = parties.SignerKey,
            Certificate = parties.Signer,
            SealData = parties.MakeSeal(),
            ExtraSignedAttributes = [(SealReceipt.AttributeOid, SignedSamples.Receipt.Encode())],
            Strength = new SealStrength { Level = level, Timestamps = Stamper },
        };
        var request = SealingSamples.Request() with { SigningTime = Parties.Now, Names = new SignatureNames("Example.SES", "GM.sm2seal") };
        var outcome = await PdfSealer.SealAsync(source, destination, request, signing, TestContext.Current.CancellationToken);
        var file = destination.ToArray();
        file.AsSpan(0, original.Length).SequenceEqual(original).ShouldBeTrue();

        var found = PdfSignature.FindAll(PdfFile.Open(new MemoryStream(file), PdfLimits.Default, TestContext.Current.CancellationToken)).ShouldHaveSingleItem();
        (found.Dictionary.Name("Filter"), found.SubFilter).ShouldBe(("Example.SES", "GM.sm2seal"));
        var range = found.ByteRange!;
        byte[] covered = [.. file.AsSpan(0, (int)range[1]), .. file.AsSpan((int)range[2])];
        found.Contents!.Value.AsSpan(0, outcome.Container.Length).SequenceEqual(outcome.Container.Span).ShouldBeTrue();
        var answer = SesSignatureVerification.Verify(outcome.Container, parties.Trust, Sm3.HashData(covered));
        answer.Outcome.ShouldBe(SesOutcome.Passed, answer.Decisive.ToString());
        SealReceipt.Decode(answer.Signature!.Extensions.Single(extension => extension.Oid == SealReceipt.AttributeOid).Value).ShouldBe(SignedSamples.Receipt);
        BouncyCastleOpinion.AcceptsSignature4(outcome.Container).ShouldBeTrue();
        (answer.Signature.TimeStamp is not null).ShouldBe(level == PadesLevel.T);

        using Tool tool = new();
        (var qpdf, var complaint) = await tool.Run("qpdf", "--check", tool.Save("sealed.pdf", file));
        (qpdf, complaint.Contains("WARNING", StringComparison.Ordinal)).ShouldBe((0, false), complaint);
    }

    [Fact]
    public void Key_and_format_must_belong_together()
    {
        var rsa = TestAuthority.Rsa.Issue("Example");
        Should.Throw<InvalidOperationException>(() => new SealSigning { Format = SealFormat.GmSignedData, Signer = rsa.Key, Certificate = rsa.Certificate }.Capacity());
        var sm2 = Authority.Issue("Example");
        Should.Throw<InvalidOperationException>(() => new SealSigning { Signer = sm2.Key, Certificate = sm2.Certificate }.Capacity());
        Should.Throw<InvalidOperationException>(() => new SealSigning { Format = SealFormat.Ses, Signer = sm2.Key, Certificate = sm2.Certificate }.Capacity());
    }
}
