using System.Security.Cryptography;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Cms;
using Seal.Documents.Judging;
using Seal.Documents.Pdf;
using Seal.Documents.Tests.Pdf;

namespace Seal.Documents.Tests.Judging;

public sealed class TimestampJudgingTests
{
    private static readonly Lazy<TestSigner> Authority = new(() => TestAuthority.Ecdsa.Issue("Time Stamping", 8, CertificateProfile.TimeStamp));

    private static DateTimeOffset Stamped => SealingSamples.Time.AddMinutes(2);

    [Fact]
    public async Task A_timestamp_proves_that_the_signature_is_older_than_the_revocation()
    {
        var file = await SealedAndStamped(signature => signature);
        var revoked = TestAuthority.Ecdsa.Revocation((SignedSamples.Company.Certificate, Stamped.AddMinutes(5)));
        var signature = await Judge(file, SignedSamples.Options() with { Revocation = revoked, TimestampAnchors = [TestAuthority.Ecdsa.Root] });
        (signature.TimeSource, signature.SignedAt).ShouldBe((TimeSource.Timestamp, Stamped));
        signature.Verdict.ShouldBe(Verdict.TotalPassed);

        var untrusted = await Judge(file, SignedSamples.Options() with { Revocation = revoked });
        (untrusted.TimeSource, untrusted.SubIndication).ShouldBe((TimeSource.Claimed, SubIndication.RevokedNoPoe));
    }

    [Fact]
    public async Task A_timestamp_over_something_else_proves_nothing()
    {
        var file = await SealedAndStamped(signature => [.. signature, 0]);
        var signature = await Judge(file, SignedSamples.Options() with { TimestampAnchors = [TestAuthority.Ecdsa.Root] });
        signature.TimeSource.ShouldBe(TimeSource.Claimed);
        (signature.Verdict, signature.SubIndication).ShouldBe((Verdict.TotalFailed, SubIndication.HashFailure));
    }

    [Fact]
    public async Task A_document_timestamp_is_judged_by_the_authorities_for_time()
    {
        var file = await Prepared(async prepared =>
            TestTimestamp.Token(Authority.Value, await prepared.DigestAsync(DigestAlgorithm.Sha256, TestContext.Current.CancellationToken), Stamped));
        var trusted = await Judge(file, SignedSamples.Options() with { TrustAnchors = [], TimestampAnchors = [TestAuthority.Ecdsa.Root] });
        (trusted.Kind, trusted.Verdict).ShouldBe((SignatureKind.DocumentTimestamp, Verdict.TotalPassed));
        trusted.SignedAt.ShouldBe(Stamped);
        (await Judge(file, SignedSamples.Options())).SubIndication.ShouldBe(SubIndication.NoCertificateChainFound);

        file[file.AsSpan().IndexOf("(Page 1)"u8) + 6] = (byte)'7';
        (await Judge(file, SignedSamples.Options())).SubIndication.ShouldBe(SubIndication.HashFailure);
    }

    private static Task<byte[]> SealedAndStamped(Func<byte[], byte[]> stamped) => Prepared(async prepared =>
    {
        var company = SignedSamples.Company;
        var container = CmsSignedData.Create(
            new CmsRequest
            {
                MessageDigest = await prepared.DigestAsync(DigestAlgorithm.Sha256, TestContext.Current.CancellationToken),
                Algorithm = company.Key.Algorithm,
                SignerCertificate = company.Certificate,
                Chain = [company.Authority.Issuing],
            },
            company.Key);
        var signature = CmsSignedData.Parse(container).Signers[0].Signature.ToArray();
        return CmsSignedData.AddSignatureTimeStamp(container, TestTimestamp.Token(Authority.Value, SHA256.HashData(stamped(signature)), Stamped));
    });

    private static async Task<byte[]> Prepared(Func<PreparedSeal, Task<byte[]>> sign)
    {
        using MemoryStream source = new(new SamplePdf().Build());
        var prepared = PdfSealer.Prepare(source, SealingSamples.Request(), TestContext.Current.CancellationToken);
        using MemoryStream file = new();
        await prepared.CompleteAsync(await sign(prepared), file, TestContext.Current.CancellationToken);
        return file.ToArray();
    }

    private static async Task<SignatureJudgement> Judge(byte[] file, JudgeOptions options) =>
        (await SignedSamples.Judge(file, options with { Intermediates = [TestAuthority.Ecdsa.Issuing] })).Signatures.ShouldHaveSingleItem();
}
