using Seal.Cryptography.Certificates;
using Seal.Documents.Ses;

namespace Seal.Documents.Tests.Ses;

public sealed class SealVerificationTests
{
    private readonly Parties _parties = Parties.Shared;

    [Fact]
    public void A_good_seal_passes_every_step_in_order()
    {
        var answer = Verify(_parties.MakeSeal().RawData);
        answer.Outcome.ShouldBe(SesOutcome.Passed);
        answer.Findings.Select(f => f.Step).ShouldBe([SesStep.Format, SesStep.MakerSignature, SesStep.MakerCertificate, SesStep.ValidityPeriod]);
        answer.Findings.ShouldAllBe(f => f.Reason == SesReason.Ok);
    }

    [Fact]
    public void A_changed_name_breaks_the_makers_signature()
    {
        var der = _parties.MakeSeal().RawData.ToArray();
        der[der.AsSpan().IndexOf("深圳"u8) + 5] ^= 1;
        Decided(Verify(der), SesStep.MakerSignature, SesOutcome.Failed, SesReason.SignatureWrong, steps: 2);
    }

    [Fact]
    public void Something_that_is_no_seal_fails_at_the_format() =>
        Decided(Verify("not a seal"u8.ToArray()), SesStep.Format, SesOutcome.Failed, SesReason.Malformed, steps: 1);

    [Fact]
    public void A_maker_certificate_that_cannot_be_read_fails_at_the_format()
    {
        var seal = _parties.MakeSeal();
        var der = seal.RawData.ToArray();
        der[der.AsSpan().LastIndexOf(_parties.Maker.RawData.Span)] ^= 1;
        Decided(Verify(der), SesStep.Format, SesOutcome.Failed, SesReason.CertificateMalformed, steps: 1);
    }

    [Fact]
    public void A_seal_before_and_after_its_validity_fails_with_the_right_reason()
    {
        var seal = _parties.MakeSeal();
        Decided(Verify(seal.RawData, seal.ValidFrom.AddSeconds(-1)), SesStep.ValidityPeriod, SesOutcome.Failed, SesReason.SealNotYetValid, steps: 4);
        Decided(Verify(seal.RawData, seal.ValidUntil.AddSeconds(1)), SesStep.ValidityPeriod, SesOutcome.Failed, SesReason.SealExpired, steps: 4);
        Verify(seal.RawData, seal.ValidUntil).Outcome.ShouldBe(SesOutcome.Passed);
    }

    [Fact]
    public void A_maker_nobody_trusts_leaves_the_seal_unknown_but_the_steps_after_are_done()
    {
        var answer = SesSealVerification.Verify(_parties.MakeSeal().RawData, new SesTrust([], [], RevocationEvidence.NotRequired), Parties.Now);
        Decided(answer, SesStep.MakerCertificate, SesOutcome.Unknown, SesReason.NoChain, steps: 4);
    }

    [Fact]
    public void A_maker_revoked_before_fails_and_one_revoked_after_does_not()
    {
        var seal = _parties.MakeSeal().RawData;
        Decided(
            SesSealVerification.Verify(seal, _parties.TrustAfterRevoking(_parties.Maker, Parties.Now.AddDays(-5)), Parties.Now),
            SesStep.MakerCertificate, SesOutcome.Failed, SesReason.CertificateRevoked, steps: 3);
        SesSealVerification.Verify(seal, _parties.TrustAfterRevoking(_parties.Maker, Parties.Now.AddDays(5)), Parties.Now)
            .Outcome.ShouldBe(SesOutcome.Passed);
    }

    [Fact]
    public void Unknown_revocation_is_not_said_to_be_good()
    {
        var answer = SesSealVerification.Verify(_parties.MakeSeal().RawData, _parties.Trust with { Evidence = RevocationEvidence.None }, Parties.Now);
        Decided(answer, SesStep.MakerCertificate, SesOutcome.Unknown, SesReason.RevocationUnknown, steps: 4);
    }

    [Fact]
    public void A_maker_whose_certificate_had_expired_fails()
    {
        var (certificate, key) = _parties.Issue(CertificateProfile.SealMaker, "老制作单位", years: 1);
        var seal = SesSealData.Create(_parties.SealRequest(), certificate, key);
        Decided(Verify(seal.RawData, Parties.Start.AddDays(500)), SesStep.MakerCertificate, SesOutcome.Failed, SesReason.CertificateExpired, steps: 3);
    }

    [Fact]
    public void A_certificate_that_may_not_sign_makes_no_seals()
    {
        var (certificate, key) = _parties.Issue(CertificateProfile.Encryption, "加密证书");
        var seal = SesSealData.Create(_parties.SealRequest(), certificate, key);
        Decided(Verify(seal.RawData), SesStep.MakerCertificate, SesOutcome.Failed, SesReason.CertificateUnfit, steps: 3);
    }

    [Fact]
    public void Without_a_time_certificate_and_validity_stay_unknown()
    {
        var answer = SesSealVerification.Verify(_parties.MakeSeal(), _parties.Trust, at: null);
        answer.Findings.Select(f => f.Outcome).ShouldBe([SesOutcome.Passed, SesOutcome.Passed, SesOutcome.Unknown, SesOutcome.Unknown]);
    }

    private SesSealVerification Verify(ReadOnlyMemory<byte> der, DateTimeOffset? at = null) =>
        SesSealVerification.Verify(der, _parties.Trust, at ?? Parties.Now);

    private static void Decided(SesSealVerification answer, SesStep step, SesOutcome outcome, string reason, int steps)
    {
        (answer.Decisive.Step, answer.Outcome, answer.Decisive.Reason).ShouldBe((step, outcome, reason));
        answer.Findings.Count.ShouldBe(steps);
    }
}
