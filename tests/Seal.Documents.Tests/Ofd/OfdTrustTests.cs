using System.Security.Cryptography;
using Seal.Cryptography.Certificates;
using Seal.Documents.Judging;
using Seal.Documents.Ofd;
using Seal.Documents.Ses;
using Seal.Documents.Tests.Judging;
using Seal.Documents.Tests.Pdf;

namespace Seal.Documents.Tests.Ofd;

/// <summary>Whom and when: the signer's certificate, the seal, its maker, and the time.</summary>
public sealed class OfdTrustTests
{
    private static readonly DateTimeOffset Before = SealingSamples.Time.AddDays(-1);

    [Fact]
    public async Task A_signer_whom_the_seal_does_not_list_fails()
    {
        var stranger = OfdSamples.Authority.Issue("Stranger");
        var file = await OfdSamples.Seal(await OfdSamples.Text(), OfdSamples.Request() with { Certificate = stranger.Certificate }, stranger.Key);
        await Judged(file, OfdSamples.Options, Verdict.TotalFailed, SubIndication.SigConstraintsFailure, "seal-signer-not-listed");
    }

    [Fact]
    public async Task A_seal_outside_its_validity_at_signing_fails()
    {
        await Judged(await With(request => request with { ValidUntil = Before }), OfdSamples.Options, Verdict.TotalFailed, SubIndication.SigConstraintsFailure, "seal-expired");
        await Judged(await With(request => request with { ValidFrom = SealingSamples.Time.AddDays(1) }), OfdSamples.Options, Verdict.TotalFailed, SubIndication.SigConstraintsFailure, "seal-not-yet-valid");
    }

    [Fact]
    public async Task A_seal_that_somebody_else_made_fails()
    {
        // Everything is the genuine seal's but one letter of its name.
        var forged = OfdSamples.CompanySeal.RawData.ToArray();
        "4403051234568"u8.CopyTo(forged.AsSpan(forged.AsSpan().IndexOf("4403051234567"u8)));
        var file = await OfdSamples.Seal(await OfdSamples.Text(), OfdSamples.Request() with { Seal = SesSealData.Parse(forged) });
        await Judged(file, OfdSamples.Options, Verdict.TotalFailed, SubIndication.SigCryptoFailure, "seal-maker-signature-invalid");
    }

    [Fact]
    public async Task A_maker_of_seals_whom_nobody_trusts_leaves_it_open()
    {
        var file = await OfdSamples.Seal(await OfdSamples.Text());
        await Judged(file, OfdSamples.Options with { SealMakerAnchors = [] }, Verdict.Indeterminate, SubIndication.NoCertificateChainFound, "seal-maker-no-chain");
        await Judged(file, OfdSamples.Options with { TrustAnchors = [] }, Verdict.Indeterminate, SubIndication.NoCertificateChainFound, "certificate-no-chain");
        await Judged(file, OfdSamples.Options with { Revocation = RevocationEvidence.None }, Verdict.Indeterminate, SubIndication.TryLater, "certificate-revocation-unknown");
    }

    [Fact]
    public async Task A_certificate_revoked_before_is_told_by_whether_the_time_is_proven()
    {
        var file = await OfdSamples.Seal(await OfdSamples.Text());
        var signer = OfdSamples.Options with { Revocation = OfdSamples.Authority.Revocation((OfdSamples.Company.Certificate, Before)) };
        await Judged(file, signer, Verdict.Indeterminate, SubIndication.RevokedNoPoe, "certificate-revoked-unproven");
        await Judged(file, signer with { Register = new FakeRegister(FakeRegister.InOrder) }, Verdict.TotalFailed, SubIndication.Revoked, "certificate-revoked");

        var maker = OfdSamples.Options with { Revocation = OfdSamples.Authority.Revocation((OfdSamples.Maker.Certificate, Before)) };
        await Judged(file, maker, Verdict.Indeterminate, SubIndication.RevokedNoPoe, "seal-maker-revoked-unproven");
        await Judged(file, maker with { Register = new FakeRegister(FakeRegister.InOrder) }, Verdict.TotalFailed, SubIndication.Revoked, "seal-maker-revoked");
    }

    [Fact]
    public async Task A_certificate_that_is_not_for_signing_fails_without_any_root()
    {
        var secret = OfdSamples.Authority.Issue("For secrets", 3, CertificateProfile.Encryption);
        var seal = OfdSamples.MakeSeal(secret.Certificate);
        var file = await OfdSamples.Seal(await OfdSamples.Text(), OfdSamples.Request() with { Certificate = secret.Certificate, Seal = seal }, secret.Key);
        await Judged(file, OfdSamples.Options with { TrustAnchors = [] }, Verdict.TotalFailed, SubIndication.SigConstraintsFailure, "certificate-key-usage");
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_timestamp_over_the_signature_value_proves_the_time(bool withSeal, bool right)
    {
        var stamped = SealingSamples.Time.AddSeconds(2);
        var stamper = TestAuthority.Ecdsa.Issue("Stamps", 5, CertificateProfile.TimeStamp);
        using MemoryStream source = new(await OfdSamples.Text());
        var request = withSeal ? OfdSamples.Request() : OfdSamples.Request() with { Seal = null, Places = [] };
        var prepared = OfdSealer.Prepare(source, request, TestContext.Current.CancellationToken);
        var value = OfdSamples.Company.Key.Sign(prepared.ToBeSigned.Span);
        var token = TestTimestamp.Token(stamper, SHA256.HashData(right ? value : [1, .. value]), stamped);
        using MemoryStream destination = new();
        await prepared.CompleteAsync(value, token, destination, TestContext.Current.CancellationToken);

        var options = OfdSamples.Options with
        {
            TimestampAnchors = [TestAuthority.Ecdsa.Root],
            Intermediates = [OfdSamples.Authority.Issuing, TestAuthority.Ecdsa.Issuing],
            Revocation = RevocationEvidence.NotRequired,
        };
        var judgement = await OfdSamples.Judge(destination.ToArray(), options);
        if (right)
        {
            judgement.Verdict.ShouldBe(Verdict.TotalPassed, judgement.Tell());
            (judgement.Signatures[0].TimeSource, judgement.Signatures[0].SignedAt).ShouldBe((TimeSource.Timestamp, stamped));
        }
        else
        {
            (judgement.Verdict, judgement.SubIndication).ShouldBe((Verdict.TotalFailed, SubIndication.HashFailure), judgement.Tell());
        }
    }

    [Fact]
    public async Task A_seal_that_the_ledger_knows_as_not_in_order_fails()
    {
        var refused = FakeRegister.InOrder with { InOrder = false, Reasons = [new Reason("seal-frozen", "印章已冻结。", "The seal is frozen.")] };
        var file = await OfdSamples.Seal(await OfdSamples.Text());
        await Judged(file, OfdSamples.Options with { Register = new FakeRegister(refused) }, Verdict.TotalFailed, SubIndication.SealNotInOrder, "seal-frozen");
    }

    private static async Task<byte[]> With(Func<SesSealRequest, SesSealRequest> change) =>
        await OfdSamples.Seal(await OfdSamples.Text(), OfdSamples.Request() with { Seal = OfdSamples.MakeSeal(OfdSamples.Company.Certificate, change) });

    private static async Task Judged(byte[] file, JudgeOptions options, Verdict verdict, SubIndication sub, string reason)
    {
        var judgement = await OfdSamples.Judge(file, options);
        (judgement.Verdict, judgement.SubIndication).ShouldBe((verdict, sub), judgement.Tell());
        judgement.Signatures[0].Checks.ShouldContain(check => check.Reason.Code == reason, judgement.Tell());
    }
}
