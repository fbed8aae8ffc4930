using Seal.Cryptography.Certificates;
using Seal.Documents.Judging;
using Seal.Documents.Pdf;
using Seal.Documents.Tests.Ses;

namespace Seal.Documents.Tests.Judging;

/// <summary>Seals and seals' signatures that come without a document: all that can be told of them is, and none passes.</summary>
public sealed class LooseSealTests
{
    private static Parties Parties => Parties.Shared;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_genuine_seal_of_every_version_is_told_from_a_forged_one(int version)
    {
        var der = new Forms { Version = version }.SealData();
        var seal = (await Judge(der)).Signatures.ShouldHaveSingleItem();
        (seal.Verdict, seal.SubIndication, seal.Kind).ShouldBe((Verdict.Indeterminate, SubIndication.SignedDataNotFound, SignatureKind.SealData));
        (seal.Row(CheckName.Structure).Result, seal.Row(CheckName.SealData).Reason.Code).ShouldBe((CheckResult.Passed, "seal-data-ok"));
        (seal.SealData!.Version, seal.SealData.Picture).ShouldSatisfyAllConditions(told => told.Version.ShouldBe(version), told => told.Picture.ShouldNotBeNull());
        seal.Row(CheckName.SignatureValue).Reason.Code.ShouldBe("signed-data-missing");

        var forged = (await Judge(new Forms { Version = version, SignAsOtherLayout = true }.SealData())).Signatures.ShouldHaveSingleItem();
        (forged.Verdict, forged.SubIndication, forged.SealData!.Picture).ShouldBe((Verdict.TotalFailed, SubIndication.SigCryptoFailure, null));
    }

    [Fact]
    public async Task A_seal_out_of_force_or_of_a_stranger_is_genuine_and_said_to_be_so()
    {
        var der = new Forms().SealData();
        var later = (await Judge(der, Options() with { Clock = SignedSamples.At(Parties.Start.AddYears(2).AddDays(1)) })).Signatures.ShouldHaveSingleItem();
        (later.Verdict, later.SubIndication).ShouldBe((Verdict.Indeterminate, SubIndication.SignedDataNotFound));
        later.Row(CheckName.SealData).ShouldSatisfyAllConditions(
            row => (row.Result, row.Reason.Code).ShouldBe((CheckResult.Unknown, "seal-not-in-force")),
            row => row.Evidence["makerSignature"].ShouldBe("valid"));

        var stranger = (await Judge(der, Options() with { TrustAnchors = [], SealMakerAnchors = [] })).Signatures.ShouldHaveSingleItem();
        stranger.Row(CheckName.SealData).Reason.Code.ShouldBe("seal-maker-no-chain");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_signature_by_itself_is_verified_but_for_what_it_signs(int version)
    {
        Forms forms = new() { Version = version };
        var der = version == 1 ? forms.Signature1() : forms.Signature4();
        var signature = (await Judge(der)).Signatures.ShouldHaveSingleItem();
        (signature.Verdict, signature.SubIndication, signature.Kind).ShouldBe((Verdict.Indeterminate, SubIndication.SignedDataNotFound, SignatureKind.SesSignature));
        CheckName[] passed = [CheckName.Structure, CheckName.SignatureValue, CheckName.Certificate, CheckName.SealData];
        passed.ShouldAllBe(name => signature.Row(name).Result == CheckResult.Passed);
        (signature.Row(CheckName.Digest).Reason.Code, signature.Signer!.Subject).ShouldBe(("signed-data-missing", Parties.Signer.Subject.ToString()));

        der[^1] ^= 1;
        (await Judge(der)).SubIndication.ShouldBe(SubIndication.SigCryptoFailure);
    }

    [Fact]
    public async Task What_is_cut_off_or_carries_more_is_no_seal()
    {
        var der = new Forms { Version = 4 }.SealData();
        for (var length = 1; length < der.Length; length += 7)
        {
            await Should.ThrowAsync<PdfFormatException>(() => Judge(der[..length]));
        }

        await Should.ThrowAsync<PdfFormatException>(() => Judge([.. der, 0]));
    }

    [Fact]
    public async Task What_begins_as_a_seal_and_is_none_fails()
    {
        var der = new Forms { Version = 4 }.SealData();
        var broken = der.ToArray();
        broken[^1] ^= 1;
        (await Judge(broken)).Verdict.ShouldBe(Verdict.TotalFailed);
        for (var at = 0; at < der.Length; at += 3)
        {
            var mutated = der.ToArray();
            mutated[at] ^= 0x15;
            try
            {
                (await Judge(mutated)).Verdict.ShouldNotBe(Verdict.TotalPassed);
            }
            catch (PdfFormatException refused)
            {
                refused.Code.ShouldNotBeNullOrEmpty();
            }
        }
    }

    private static JudgeOptions Options() => new()
    {
        TrustAnchors = [Parties.Root],
        SealMakerAnchors = [Parties.Root],
        Revocation = RevocationEvidence.NotRequired,
        Clock = SignedSamples.At(Parties.Now),
    };

    private static Task<Judgement> Judge(byte[] file, JudgeOptions? options = null) =>
        FileJudge.JudgeAsync(new MemoryStream(file), options ?? Options(), TestContext.Current.CancellationToken);
}
