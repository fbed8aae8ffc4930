using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Certificates;
using Seal.Documents.Judging;
using Seal.Documents.Ses;
using Seal.Documents.Tests.Pdf;
using Seal.Documents.Tests.Ses;

namespace Seal.Documents.Tests.Judging;

/// <summary>PDFs that carry a seal's signature (GB/T 38540), whatever filter names stand beside it.</summary>
public sealed class SesJudgingTests
{
    private static Parties Parties => Parties.Shared;

    [Fact]
    public async Task A_seal_in_order_passes_and_is_shown()
    {
        var judgement = await Judge(Sealed(Parties.MakeSeal()));
        judgement.Verdict.ShouldBe(Verdict.TotalPassed, judgement.ToJson());
        var signature = judgement.Signatures.ShouldHaveSingleItem();
        (signature.Kind, signature.SignedAt, signature.TimeSource).ShouldBe((SignatureKind.SesSignature, Parties.Now, TimeSource.Claimed));
        signature.Row(CheckName.SealData).Reason.Code.ShouldBe("seal-data-ok");
        (signature.SealData!.SealId, signature.SealData.Picture!.WidthMm).ShouldBe(("4403051234567", 40));
    }

    [Theory]
    [InlineData(1, "")]
    [InlineData(1, "/SubFilter /GM.sm2seal")]
    [InlineData(4, "/SubFilter /GM.sm2seal")]
    [InlineData(4, "/SubFilter /of#20nobody")]
    [InlineData(5, "")]
    [InlineData(5, "/SubFilter /adbe.pkcs7.detached")]
    public async Task Every_version_of_the_structure_is_judged_whatever_the_dictionary_calls_it(int version, string subFilter)
    {
        var file = AppendedSignature.To(new SamplePdf().Build(), $"/Type /Sig /Filter /Vendor.Seal {subFilter}", bytes => OfVersion(version, bytes));
        var judgement = await Judge(file);
        judgement.Verdict.ShouldBe(Verdict.TotalPassed, judgement.ToJson());
        var signature = judgement.Signatures.ShouldHaveSingleItem();
        (signature.Kind, signature.SealData!.Version).ShouldBe((SignatureKind.SesSignature, version));

        file[file.AsSpan().IndexOf("(Page 1)"u8) + 6] = (byte)'7';
        (await Judge(file)).SubIndication.ShouldBe(SubIndication.HashFailure);
        var spoilt = AppendedSignature.To(new SamplePdf().Build(), "/Type /Sig", bytes => Spoilt(OfVersion(version, bytes)));
        (await Judge(spoilt)).SubIndication.ShouldBe(SubIndication.SigCryptoFailure);
    }

    private static byte[] OfVersion(int version, byte[] bytes)
    {
        Forms forms = new() { Version = version, DataHash = Sm3.HashData(bytes) };
        return version == 1 ? forms.Signature1() : forms.Signature4();
    }

    // The last byte of the signature value, which stands last.
    private static byte[] Spoilt(byte[] der)
    {
        der[^1] ^= 1;
        return der;
    }

    [Fact]
    public async Task A_ledger_is_asked_with_the_receipt_inside()
    {
        FakeRegister register = new(FakeRegister.InOrder with { RecordedAt = Parties.Now });
        var judgement = await Judge(Sealed(Parties.MakeSeal()), Options() with { Register = register });
        judgement.Verdict.ShouldBe(Verdict.TotalPassed, judgement.ToJson());
        var asked = register.Asked.ShouldHaveSingleItem();
        (asked.Receipt, asked.DigestAlgorithm).ShouldBe((SignedSamples.Receipt, DigestAlgorithm.Sm3));
    }

    [Fact]
    public async Task What_was_changed_after_sealing_is_found()
    {
        var content = Sealed(Parties.MakeSeal());
        content[content.AsSpan().IndexOf("(Page 1)"u8) + 6] = (byte)'7';
        (await Judge(content)).SubIndication.ShouldBe(SubIndication.HashFailure);

        var value = Sealed(Parties.MakeSeal(), der => der[^3] ^= 1);
        (await Judge(value)).SubIndication.ShouldBe(SubIndication.SigCryptoFailure);
    }

    [Fact]
    public async Task A_seal_that_does_not_list_the_signer_or_was_not_in_force_fails()
    {
        var (stranger, _) = Parties.Issue(CertificateProfile.Organisation, "Stranger");
        await Fails(Parties.SealRequest() with { SignerCertificates = [stranger] }, SubIndication.SigConstraintsFailure, "seal-signer-not-listed");
        await Fails(Parties.SealRequest() with { ValidFrom = Parties.Now.AddDays(1) }, SubIndication.SigConstraintsFailure, "seal-not-yet-valid");
        await Fails(Parties.SealRequest() with { ValidUntil = Parties.Now.AddDays(-1) }, SubIndication.SigConstraintsFailure, "seal-expired");
    }

    [Fact]
    public async Task A_seal_by_a_maker_who_is_not_trusted_is_indeterminate()
    {
        var judgement = await Judge(Sealed(Parties.MakeSeal()), Options() with { SealMakerAnchors = [TestAuthority.Rsa.Root] });
        (judgement.Verdict, judgement.SubIndication).ShouldBe((Verdict.Indeterminate, SubIndication.NoCertificateChainFound));
        judgement.Signatures[0].Row(CheckName.Certificate).Result.ShouldBe(CheckResult.Passed);
    }

    [Fact]
    public async Task Data_behind_the_signature_are_a_format_failure() =>
        (await Judge(AppendedSignature.To(new SamplePdf().Build(), "/Type /Sig", bytes => [.. Signature(Parties.MakeSeal(), bytes), 7]))).SubIndication.ShouldBe(SubIndication.FormatFailure);

    private static async Task Fails(SesSealRequest request, SubIndication sub, string code)
    {
        var judgement = await Judge(Sealed(Parties.MakeSeal(request)));
        (judgement.Verdict, judgement.SubIndication).ShouldBe((Verdict.TotalFailed, sub), judgement.ToJson());
        judgement.Signatures[0].Row(CheckName.SealData).Reason.Code.ShouldBe(code);
    }

    private static byte[] Sealed(SesSealData seal, Action<byte[]>? spoil = null) => AppendedSignature.To(
        new SamplePdf().Build(),
        "/Type /Sig /Filter /Adobe.PPKMS /SubFilter /adbe.pkcs7.detached",
        bytes =>
        {
            var der = Signature(seal, bytes);
            spoil?.Invoke(der);
            return der;
        });

    private static byte[] Signature(SesSealData seal, byte[] bytes) => SesSignature.Create(
        Parties.SignatureRequest(seal) with
        {
            DataHash = Sm3.HashData(bytes),
            PropertyInfo = "/ByteRange",
            Extensions = [new SesExtension(SealReceipt.AttributeOid, false, SignedSamples.Receipt.Encode())],
        },
        Parties.Signer,
        Parties.SignerKey).RawData.ToArray();

    private static JudgeOptions Options() => new()
    {
        TrustAnchors = [Parties.Root],
        SealMakerAnchors = [Parties.Root],
        Revocation = RevocationEvidence.NotRequired,
        Clock = SignedSamples.At(Parties.Now.AddHours(1)),
    };

    private static Task<Judgement> Judge(byte[] file, JudgeOptions? options = null) => SignedSamples.Judge(file, options ?? Options());
}
