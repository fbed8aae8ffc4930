using Seal.Cryptography.Certificates;
using Seal.Documents.Judging;
using Seal.Documents.Tests.Pdf;

namespace Seal.Documents.Tests.Judging;

/// <summary>What time stamps prove, and until when (EN 319 102-1 §5.4 to §5.6).</summary>
public sealed class ProvenTimeTests
{
    private static readonly Lazy<TestSigner> LazyFirst = new(() => TestAuthority.Ecdsa.Issue("First Time Stamping", 1, CertificateProfile.TimeStamp));
    private static readonly Lazy<TestSigner> LazySecond = new(() => TestAuthority.Ecdsa.Issue("Second Time Stamping", 4, CertificateProfile.TimeStamp));
    private static readonly Lazy<TestSigner> LazyThird = new(() => TestAuthority.Ecdsa.Issue("Third Time Stamping", 8, CertificateProfile.TimeStamp));

    private static TestSigner Company => SignedSamples.Company; // good until 2029

    private static TestSigner First => LazyFirst.Value; // good until 2027

    private static TestSigner Second => LazySecond.Value; // good until 2030

    private static TestSigner Third => LazyThird.Value; // good until 2034

    private static DateTimeOffset Signed => SealingSamples.Time;

    private static DateTimeOffset Stamped => Signed.AddMinutes(2);

    private static DateTimeOffset Year(int year) => new(year, 6, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_stamped_signature_outlives_its_certificate_as_long_as_the_stamps_authority_does()
    {
        var file = await StampedSamples.Make(Company, Second, Stamped);
        Outcome(await Judge(file, Year(2029))).ShouldBe((Verdict.TotalPassed, null));

        // By then the authority's certificate has expired, too: anyone who has its key by then may have stamped.
        var later = await Judge(file, Year(2031));
        Outcome(later).ShouldBe((Verdict.Indeterminate, SubIndication.OutOfBoundsNoPoe));
        later.Row(CheckName.Time).Reason.Code.ShouldBe("timestamp-not-proving");
        later.Row(CheckName.Time).Evidence["timestampStanding"].ShouldBe("ExpiredSince");
    }

    [Fact]
    public async Task Document_time_stamps_carry_older_ones_on()
    {
        var file = await StampedSamples.Make(Company, First, Stamped);
        file = AppendedSignature.Stamp(file, Second, Stamped.AddDays(20), "Renewal1");
        var once = await SignedSamples.Judge(file, Options(Year(2029)));
        once.Verdict.ShouldBe(Verdict.TotalPassed, once.ToJson());
        once.Signatures[0].SignedAt.ShouldBe(Stamped);
        once.Signatures[1].Kind.ShouldBe(SignatureKind.DocumentTimestamp);

        // The second renewal was made while the first was still good.
        var twice = await SignedSamples.Judge(AppendedSignature.Stamp(file, Third, Year(2029), "Renewal2"), Options(Year(2033)));
        twice.Verdict.ShouldBe(Verdict.TotalPassed, twice.ToJson());
        twice.Signatures.Select(signature => signature.SignedAt).ShouldBe([Stamped, Stamped.AddDays(20), Year(2029)]);

        // One that came too late carries nothing on.
        var late = await SignedSamples.Judge(AppendedSignature.Stamp(file, Third, Year(2031), "Renewal2"), Options(Year(2033)));
        Outcome(late.Signatures[0]).ShouldBe((Verdict.Indeterminate, SubIndication.OutOfBoundsNoPoe));
        Outcome(late.Signatures[1]).ShouldBe((Verdict.Indeterminate, SubIndication.OutOfBoundsNoPoe));
        Outcome(late.Signatures[2]).ShouldBe((Verdict.TotalPassed, null));
    }

    [Fact]
    public async Task A_document_time_stamp_alone_proves_that_an_unstamped_signature_existed()
    {
        var sealedFile = await SignedSamples.Seal(new SamplePdf().Build());
        var stamped = await SignedSamples.Judge(AppendedSignature.Stamp(sealedFile, Third, Stamped), Options(Year(2032)));
        stamped.Verdict.ShouldBe(Verdict.TotalPassed, stamped.ToJson());
        stamped.Signatures[0].Row(CheckName.Time).Reason.Code.ShouldBe("time-proven-by-document-timestamp");
        Outcome(await Judge(sealedFile, Year(2032))).ShouldBe((Verdict.Indeterminate, SubIndication.OutOfBoundsNoPoe));

        // It came when the certificate had expired: the signature may or may not be older.
        var late = await SignedSamples.Judge(AppendedSignature.Stamp(sealedFile, Third, Year(2030)), Options(Year(2032)));
        Outcome(late.Signatures[0]).ShouldBe((Verdict.Indeterminate, SubIndication.OutOfBoundsNoPoe));
    }

    // The signature is stamped two minutes after it was made.
    [Theory]
    [InlineData(-60, Verdict.TotalFailed, SubIndication.Revoked)]
    [InlineData(60, Verdict.TotalPassed, null)]
    public async Task A_revocation_counts_from_the_stamp_on(int minutes, Verdict verdict, SubIndication? sub)
    {
        var file = await StampedSamples.Make(Company, Second, Stamped);
        var revoked = TestAuthority.Ecdsa.Revocation((Company.Certificate, Stamped.AddMinutes(minutes)));
        Outcome(await Judge(file, Year(2027), revoked)).ShouldBe((verdict, sub));
    }

    [Fact]
    public async Task A_stamp_outside_the_signers_certificate_fails()
    {
        var early = await StampedSamples.Make(TestAuthority.Ecdsa.Issue("Later Company", from: Year(2027)), Second, Stamped);
        Outcome(await Judge(early, Year(2028))).ShouldBe((Verdict.TotalFailed, SubIndication.NotYetValid));
        var late = await StampedSamples.Make(Company, Third, Year(2029), Year(2029));
        Outcome(await Judge(late, Year(2030))).ShouldBe((Verdict.TotalFailed, SubIndication.Expired));
    }

    [Theory]
    [InlineData(RevocationReason.KeyCompromise, "RevokedSince")]
    [InlineData(RevocationReason.Superseded, null)]
    public async Task An_authority_whose_key_was_stolen_proves_nothing_any_more(RevocationReason reason, string? standing)
    {
        var file = await StampedSamples.Make(Company, Second, Stamped);
        var revoked = TestAuthority.Ecdsa.Revocation(reason, (Second.Certificate, Year(2027)));
        (await Judge(file, Year(2028), revoked)).Row(CheckName.Time).Evidence.GetValueOrDefault("timestampStanding").ShouldBe(standing);

        // Unless a stamp of another authority proves that the first one is older than the theft.
        var renewed = AppendedSignature.Stamp(file, Third, Stamped.AddDays(1));
        (await SignedSamples.Judge(renewed, Options(Year(2028)) with { Revocation = revoked })).Verdict.ShouldBe(Verdict.TotalPassed);
    }

    [Fact]
    public async Task A_stamp_from_the_wrong_hands_proves_nothing()
    {
        var notForTime = await StampedSamples.Make(Company, Company, Stamped);
        (await Judge(notForTime, SignedSamples.Now)).Row(CheckName.Time).Evidence["timestampStanding"].ShouldBe("Unfit");

        var file = await StampedSamples.Make(Company, Second, Stamped);
        var untrusted = (await SignedSamples.Judge(file, Options(SignedSamples.Now) with { TimestampAnchors = [TestAuthority.Rsa.Root] })).Signatures[0];
        (untrusted.TimeSource, untrusted.Row(CheckName.Time).Evidence["timestampStanding"]).ShouldBe((TimeSource.Claimed, "NotTrusted"));

        var future = await StampedSamples.Make(Company, Second, Year(2027));
        (await Judge(future, SignedSamples.Now)).Row(CheckName.Time).Evidence["timestampStanding"].ShouldBe("FromFuture");
    }

    [Fact]
    public async Task A_stamp_copied_from_elsewhere_is_a_forgery()
    {
        var copied = await Judge(await StampedSamples.Make(Company, Second, Stamped, over: _ => [1, 2, 3]), SignedSamples.Now);
        Outcome(copied).ShouldBe((Verdict.TotalFailed, SubIndication.HashFailure));
        copied.Row(CheckName.Time).Reason.Code.ShouldBe("timestamp-of-other-data");

        var document = AppendedSignature.To(
            await SignedSamples.Seal(new SamplePdf().Build()),
            "/Type /DocTimeStamp /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161",
            _ => TestTimestamp.Token(Second, System.Security.Cryptography.SHA256.HashData("another document"u8), Stamped));
        var judgement = await SignedSamples.Judge(document, Options(SignedSamples.Now));
        Outcome(judgement.Signatures[1]).ShouldBe((Verdict.TotalFailed, SubIndication.HashFailure));
        judgement.Signatures[0].TimeSource.ShouldBe(TimeSource.Claimed);
    }

    [Fact]
    public async Task Stamps_that_contradict_each_other_are_told()
    {
        var file = AppendedSignature.Stamp(await StampedSamples.Make(Company, Second, Stamped), Third, Stamped.AddHours(-1));
        Outcome((await SignedSamples.Judge(file, Options(SignedSamples.Now))).Signatures[0]).ShouldBe((Verdict.Indeterminate, SubIndication.TimestampOrderFailure));
    }

    private static JudgeOptions Options(DateTimeOffset now) => SignedSamples.Options() with
    {
        Clock = SignedSamples.At(now),
        TimestampAnchors = [TestAuthority.Ecdsa.Root],
        Intermediates = [TestAuthority.Ecdsa.Issuing],
    };

    private static async Task<SignatureJudgement> Judge(byte[] file, DateTimeOffset now, IRevocationEvidence? revocation = null) =>
        (await SignedSamples.Judge(file, Options(now) with { Revocation = revocation ?? TestAuthority.Ecdsa.Revocation() })).Signatures.ShouldHaveSingleItem();

    private static (Verdict, SubIndication?) Outcome(SignatureJudgement judgement) => (judgement.Verdict, judgement.SubIndication);
}
