using Seal.Cryptography.Certificates;
using Seal.Documents.Judging;
using Seal.Documents.Tests.Pdf;

namespace Seal.Documents.Tests.Judging;

public sealed class CertificateJudgingTests
{
    private static DateTimeOffset Signed => SealingSamples.Time;

    [Fact]
    public async Task A_signer_below_no_trusted_root_is_indeterminate()
    {
        Outcome(await Judge(SignedSamples.Options() with { TrustAnchors = [TestAuthority.Rsa.Root] }))
            .ShouldBe((Verdict.Indeterminate, SubIndication.NoCertificateChainFound));
    }

    [Fact]
    public async Task Revocation_that_cannot_be_learned_is_said_to_be_so()
    {
        Outcome(await Judge(SignedSamples.Options() with { Revocation = RevocationEvidence.None }))
            .ShouldBe((Verdict.Indeterminate, SubIndication.TryLater));
    }

    // Revoked at -1 h: before signing; at +0.5 h: after signing and before today.
    [Theory]
    [InlineData(-1, false, Verdict.Indeterminate, SubIndication.RevokedNoPoe)]
    [InlineData(0.5, false, Verdict.Indeterminate, SubIndication.RevokedNoPoe)]
    [InlineData(-1, true, Verdict.TotalFailed, SubIndication.Revoked)]
    [InlineData(0.5, true, Verdict.TotalPassed, null)]
    public async Task A_revocation_counts_by_when_the_signature_is_proven_to_have_existed(double hours, bool recorded, Verdict verdict, SubIndication? sub)
    {
        var revocation = TestAuthority.Ecdsa.Revocation((SignedSamples.Company.Certificate, Signed.AddHours(hours)));
        var options = SignedSamples.Options() with { Revocation = revocation, Register = recorded ? new FakeRegister(FakeRegister.InOrder) : null };
        Outcome(await Judge(options)).ShouldBe((verdict, sub));
    }

    [Theory]
    [InlineData(-400, false, Verdict.Indeterminate, SubIndication.OutOfBoundsNoPoe)]
    [InlineData(-400, true, Verdict.TotalFailed, SubIndication.NotYetValid)]
    [InlineData(2000, true, Verdict.TotalFailed, SubIndication.Expired)]
    public async Task A_time_outside_the_certificate_counts_only_when_it_is_proven(int days, bool recorded, Verdict verdict, SubIndication sub)
    {
        var at = Signed.AddDays(days);
        var file = await SignedSamples.Seal(new SamplePdf().Build(), request: SealingSamples.Request() with { SigningTime = at });
        var options = SignedSamples.Options() with { Register = recorded ? new FakeRegister(FakeRegister.InOrder with { RecordedAt = at }) : null };
        Outcome((await SignedSamples.Judge(file, options)).Signatures[0]).ShouldBe((verdict, sub));
    }

    [Fact]
    public async Task A_certificate_that_may_not_sign_documents_fails()
    {
        var wrong = TestAuthority.Ecdsa.Issue("Encryption only", profile: CertificateProfile.Encryption);
        var file = await SignedSamples.Seal(new SamplePdf().Build(), wrong);
        Outcome((await SignedSamples.Judge(file)).Signatures[0]).ShouldBe((Verdict.TotalFailed, SubIndication.SigConstraintsFailure));
    }

    private static async Task<SignatureJudgement> Judge(JudgeOptions options) =>
        (await SignedSamples.Judge(await SignedSamples.Seal(new SamplePdf().Build()), options)).Signatures[0];

    private static (Verdict, SubIndication?) Outcome(SignatureJudgement judgement) => (judgement.Verdict, judgement.SubIndication);
}
