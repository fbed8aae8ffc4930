using Seal.Cryptography.Certificates;
using Seal.Documents.Judging;
using Seal.Documents.Tests.Pdf;

namespace Seal.Documents.Tests.Judging;

/// <summary>Where revocation is learned from: the document itself, and outside only if that is allowed.</summary>
public sealed class EvidenceTests
{
    private static readonly Lazy<TestSigner> LazyAuthority = new(() => TestAuthority.Ecdsa.Issue("Evidence Time Stamping", 8, CertificateProfile.TimeStamp));

    private static DateTimeOffset Stamped => SealingSamples.Time.AddMinutes(2);

    private static byte[] RootList => TestAuthority.Ecdsa.Crls[0].RawData.ToArray();

    [Theory]
    [InlineData(false, false, Verdict.Indeterminate, SubIndication.TryLater)]
    [InlineData(true, false, Verdict.TotalPassed, null)]
    [InlineData(false, true, Verdict.TotalPassed, null)]
    public async Task What_the_document_carries_serves_as_evidence(bool lists, bool answers, Verdict verdict, SubIndication? sub)
    {
        var company = SignedSamples.Company.Certificate;
        var file = await StampedSamples.Make(SignedSamples.Company, LazyAuthority.Value, Stamped);
        file = AppendedSignature.Store(
            file,
            [TestAuthority.Ecdsa.Issuing.RawData.ToArray()],
            lists ? [RootList, TestAuthority.Ecdsa.List(Stamped.AddHours(1), Stamped.AddDays(1))] : [RootList],
            answers ? [Good(company), Good(LazyAuthority.Value.Certificate)] : []);
        var signature = (await SignedSamples.Judge(file, Options(Stamped.AddDays(300)))).Signatures[0];
        (signature.Verdict, signature.SubIndication).ShouldBe((verdict, sub), string.Join(' ', signature.Checks.Select(check => check.Reason.Code)));
    }

    [Fact]
    public async Task Evidence_that_the_certificate_was_revoked_outweighs_older_evidence_that_it_was_not()
    {
        var company = SignedSamples.Company.Certificate;
        var file = AppendedSignature.Store(
            await SignedSamples.Seal(new SamplePdf().Build()),
            [],
            [RootList, TestAuthority.Ecdsa.List(Stamped, Stamped.AddDays(400))],
            [TestAuthority.Ecdsa.Answer(company, new RevocationFinding.Revoked(Stamped.AddDays(3), RevocationReason.KeyCompromise), Stamped.AddDays(4), Stamped.AddDays(5))]);
        var signature = (await SignedSamples.Judge(file, Options(Stamped.AddDays(10)))).Signatures[0];
        (signature.Verdict, signature.SubIndication).ShouldBe((Verdict.Indeterminate, SubIndication.RevokedNoPoe));
    }

    [Fact]
    public async Task A_hold_that_the_document_tells_of_counts_no_more_once_it_was_lifted()
    {
        var held = TestAuthority.Ecdsa.List(Stamped, Stamped.AddDays(400), RevocationReason.CertificateHold, (SignedSamples.Company.Certificate, Stamped.AddMinutes(-30)));
        var file = AppendedSignature.Store(await SignedSamples.Seal(new SamplePdf().Build()), [], [RootList, held], []);
        (await SignedSamples.Judge(file, Options(Stamped.AddDays(10)))).SubIndication.ShouldBe(SubIndication.RevokedNoPoe);
        (await SignedSamples.Judge(file, Options(Stamped.AddDays(10)) with { Revocation = TestAuthority.Ecdsa.Revocation() })).Verdict.ShouldBe(Verdict.TotalPassed);
    }

    [Fact]
    public async Task Evidence_that_nobody_signed_is_none()
    {
        var forged = TestAuthority.Ecdsa.List(Stamped, Stamped.AddDays(400));
        forged[^5] ^= 1;
        var file = AppendedSignature.Store(await SignedSamples.Seal(new SamplePdf().Build()), [[0x30, 0x00]], [RootList, forged, [1, 2, 3]], [[0x30, 0x80]]);
        (await SignedSamples.Judge(file, Options(Stamped.AddDays(10)))).SubIndication.ShouldBe(SubIndication.TryLater);
    }

    [Fact]
    public async Task Revocation_is_fetched_once_and_only_below_a_trusted_root()
    {
        Source source = new();
        var file = await SignedSamples.Seal(await SignedSamples.Seal(new SamplePdf().Build()));
        var judgement = await SignedSamples.Judge(file, Options(SignedSamples.Now) with { RevocationSource = source });
        judgement.Verdict.ShouldBe(Verdict.TotalPassed, judgement.ToJson());
        source.Asked.ShouldBe([SignedSamples.Company.Certificate, TestAuthority.Ecdsa.Issuing], ignoreOrder: true);

        Source stranger = new();
        var untrusted = Options(SignedSamples.Now) with { RevocationSource = stranger, TrustAnchors = [TestAuthority.Rsa.Root] };
        (await SignedSamples.Judge(file, untrusted)).SubIndication.ShouldBe(SubIndication.NoCertificateChainFound);
        stranger.Asked.ShouldBeEmpty();
    }

    private static byte[] Good(Certificate certificate) =>
        TestAuthority.Ecdsa.Answer(certificate, new RevocationFinding.Good(), Stamped.AddMinutes(1), Stamped.AddDays(1));

    private static JudgeOptions Options(DateTimeOffset now) => SignedSamples.Options() with
    {
        Clock = SignedSamples.At(now),
        TimestampAnchors = [TestAuthority.Ecdsa.Root],
        Revocation = RevocationEvidence.None,
    };

    private sealed class Source : IRevocationSource
    {
        public List<Certificate> Asked { get; } = [];

        public ValueTask<FetchedRevocation> FetchAsync(Certificate certificate, Certificate issuer, CancellationToken cancellation)
        {
            Asked.Add(certificate);
            var list = certificate.Equals(TestAuthority.Ecdsa.Issuing) ? RootList : TestAuthority.Ecdsa.List(TestAuthority.Start, TestAuthority.Start.AddYears(5));
            return ValueTask.FromResult(new FetchedRevocation([list], []));
        }
    }
}
