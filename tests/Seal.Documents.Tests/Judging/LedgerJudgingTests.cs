using System.Security.Cryptography;
using Seal.Documents.Judging;
using Seal.Documents.Tests.Pdf;

namespace Seal.Documents.Tests.Judging;

public sealed class LedgerJudgingTests
{
    [Fact]
    public async Task The_ledger_is_asked_with_the_receipt_and_with_the_digest_of_this_signatures_own_bytes()
    {
        var once = await SignedSamples.Seal(new SamplePdf().Build());
        var twice = await SignedSamples.Seal(once);
        FakeRegister register = new(FakeRegister.InOrder);
        var judgement = await SignedSamples.Judge(twice, SignedSamples.Options() with { Register = register });
        judgement.Verdict.ShouldBe(Verdict.TotalPassed, judgement.ToJson());
        register.Asked.Count.ShouldBe(2);
        register.Asked.ShouldAllBe(asked => asked.Receipt == SignedSamples.Receipt);
        register.Asked[0].SignerThumbprint.ShouldBe(SignedSamples.Company.Certificate.Thumbprint);

        // A later seal changes nothing in what the first one covers.
        var hole = once.AsSpan().IndexOf("/Contents <"u8) + 10;
        var end = hole + once.AsSpan(hole).IndexOf((byte)'>') + 1;
        register.Asked[0].SignedBytesDigest.ToArray().ShouldBe(SHA256.HashData([.. once[..hole], .. once[end..]]));
    }

    [Fact]
    public async Task A_recorded_sealing_shows_the_seal_then_and_now()
    {
        var signature = await Judge(FakeRegister.InOrder);
        signature.Verdict.ShouldBe(Verdict.TotalPassed);
        signature.Seal!.StateAtSigning.ShouldBe("active");
        signature.Seal.StateToday.ShouldBe("frozen");
        signature.TimeSource.ShouldBe(TimeSource.Ledger);
        signature.Row(CheckName.SealData).Result.ShouldBe(CheckResult.Passed);
        signature.Row(CheckName.Ledger).Evidence["position"].ShouldBe("42");
    }

    [Fact]
    public async Task A_seal_that_was_frozen_when_it_sealed_fails_in_the_ledgers_own_words()
    {
        Reason frozen = new("seal-frozen", "签署时印章已冻结。", "The seal was frozen when this was signed.");
        var signature = await Judge(FakeRegister.InOrder with { InOrder = false, Reasons = [frozen] });
        (signature.Verdict, signature.SubIndication).ShouldBe((Verdict.TotalFailed, SubIndication.SealNotInOrder));
        signature.Row(CheckName.Ledger).Reason.ShouldBe(frozen);
    }

    [Fact]
    public async Task A_record_of_another_document_or_without_its_proof_fails()
    {
        (await Judge(FakeRegister.InOrder with { RecordedDigestMatches = false })).SubIndication.ShouldBe(SubIndication.SealNotInOrder);
        (await Judge(FakeRegister.InOrder with { InclusionProofHolds = false })).SubIndication.ShouldBe(SubIndication.SealNotInOrder);
    }

    [Theory]
    [InlineData(false, Verdict.TotalPassed, null)]
    [InlineData(true, Verdict.Indeterminate, SubIndication.NotInLedger)]
    public async Task A_signature_the_ledger_does_not_know_passes_only_where_no_record_is_required(bool required, Verdict verdict, SubIndication? sub)
    {
        foreach (var finding in (RegisterFinding?[])[null, RegisterFinding.NotRecorded, RegisterFinding.NotReachable])
        {
            var signature = await Judge(finding, required);
            (signature.Verdict, signature.SubIndication).ShouldBe((verdict, sub));
            signature.Row(CheckName.Ledger).Result.ShouldBe(CheckResult.Unknown);
        }
    }

    [Fact]
    public async Task A_ledger_is_not_asked_about_a_signature_that_does_not_verify()
    {
        var file = await SignedSamples.Seal(new SamplePdf().Build());
        file[file.AsSpan().IndexOf("(Page 1)"u8) + 6] = (byte)'2';
        FakeRegister register = new(FakeRegister.InOrder);
        var signature = (await SignedSamples.Judge(file, SignedSamples.Options() with { Register = register })).Signatures[0];
        signature.SubIndication.ShouldBe(SubIndication.HashFailure);
        register.Asked.ShouldBeEmpty();
    }

    [Fact]
    public void A_receipt_is_read_back_as_written_and_anything_else_is_none()
    {
        var der = SignedSamples.Receipt.Encode();
        SealReceipt.Decode(der).ShouldBe(SignedSamples.Receipt);
        SealReceipt.Decode(der.AsMemory(0, der.Length - 1)).ShouldBeNull();
        SealReceipt.Decode((byte[])[.. der, 0]).ShouldBeNull();
        SealReceipt.Decode((byte[])[0x30, 0x00]).ShouldBeNull();
    }

    private static async Task<SignatureJudgement> Judge(RegisterFinding? finding, bool required = false)
    {
        var options = SignedSamples.Options() with { Register = finding is null ? null : new FakeRegister(finding), RequireLedger = required };
        return (await SignedSamples.Judge(await SignedSamples.Seal(new SamplePdf().Build()), options)).Signatures[0];
    }
}
