using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Documents.Judging;
using Seal.Documents.Ofd;
using Seal.Documents.Ses;
using Seal.Documents.Tests.Judging;
using Seal.Documents.Tests.Pdf;

namespace Seal.Documents.Tests.Ofd;

/// <summary>Small OFD documents sealed for real, with an SM2 authority, a maker of seals and a company.</summary>
public static class OfdSamples
{
    private static readonly Lazy<TestSigner> LazyMaker = new(() => Authority.Issue("Seal Maker", 10, CertificateProfile.SealMaker));
    private static readonly Lazy<TestSigner> LazyCompany = new(() => Authority.Issue("Tengyun Company"));
    private static readonly Lazy<SesSealData> LazySeal = new(() => MakeSeal(Company.Certificate));

    public static TestAuthority Authority => TestAuthority.Of(SignatureAlgorithm.Sm2Sm3);

    public static TestSigner Maker => LazyMaker.Value;

    public static TestSigner Company => LazyCompany.Value;

    public static SesSealData CompanySeal => LazySeal.Value;

    public static JudgeOptions Options => SignedSamples.Options(Authority) with { FileName = "sample.ofd", Intermediates = [Authority.Issuing], SealMakerAnchors = [Authority.Root] };

    public static SesSealData MakeSeal(Certificate signer, Func<SesSealRequest, SesSealRequest>? change = null, TestSigner? maker = null)
    {
        SesSealRequest request = new()
        {
            Vid = "SEAL-MAKER",
            SealId = "4403051234567",
            Type = 1,
            Name = "深圳市腾云科技有限公司",
            SignerCertificates = [signer],
            CreatedAt = TestAuthority.Start.AddDays(10),
            ValidFrom = TestAuthority.Start.AddDays(10),
            ValidUntil = TestAuthority.Start.AddYears(2),
            Picture = new SesPicture("PNG", new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G' }, 40, 40),
        };
        maker ??= Maker;
        return SesSealData.Create(change?.Invoke(request) ?? request, maker.Certificate, maker.Key);
    }

    public static async Task<byte[]> Text(int pages = 2)
    {
        OfdTextDocument document = new()
        {
            Title = "采购合同",
            CreatedOn = new DateOnly(2026, 11, 21),
            Pages = [.. Enumerable.Range(1, pages).Select(page => new[] { new OfdTextLine(25, 40, 6, $"采购合同 第 {page} 页"), new OfdTextLine(25, 52, 4, "Amount due: 1,000.00 & nothing <more>") })],
        };
        using MemoryStream stream = new();
        await document.WriteAsync(stream, TestContext.Current.CancellationToken);
        return stream.ToArray();
    }

    public static OfdSealRequest Request() => new()
    {
        Certificate = Company.Certificate,
        Seal = CompanySeal,
        SigningTime = SealingSamples.Time,
        Places = [new OfdPlacement(1, 120, 200, 40, 40)],
        Receipt = SignedSamples.Receipt,
        Chain = [Authority.Issuing],
    };

    public static async Task<byte[]> Seal(byte[] file, OfdSealRequest? request = null, ISigner? key = null)
    {
        using MemoryStream source = new(file, writable: false);
        using MemoryStream destination = new();
        await OfdSealer.SealAsync(source, destination, request ?? Request(), key ?? Company.Key, TestContext.Current.CancellationToken);
        return destination.ToArray();
    }

    public static async Task<Judgement> Judge(byte[] file, JudgeOptions? options = null)
    {
        using MemoryStream stream = new(file, writable: false);
        return await FileJudge.JudgeAsync(stream, options ?? Options, TestContext.Current.CancellationToken);
    }

    /// <summary>The verdict and the reason codes, for messages.</summary>
    public static string Tell(this Judgement judgement) =>
        $"{judgement.Verdict}/{judgement.SubIndication}: {string.Join(" | ", judgement.Signatures.Select(signature => string.Join(' ', signature.Checks.Select(check => check.Reason.Code))))}";
}
