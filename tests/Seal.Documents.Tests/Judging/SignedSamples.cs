using Seal.Documents.Judging;
using Seal.Documents.Pdf;
using Seal.Documents.Tests.Pdf;

namespace Seal.Documents.Tests.Judging;

/// <summary>Documents sealed for real, and what they are judged by.</summary>
public static class SignedSamples
{
    private static readonly Lazy<TestSigner> LazyCompany = new(() => TestAuthority.Ecdsa.Issue("Example Company"));

    public static TestSigner Company => LazyCompany.Value;

    /// <summary>An hour after the seals of the tests.</summary>
    public static DateTimeOffset Now { get; } = SealingSamples.Time.AddHours(1);

    public static SealReceipt Receipt { get; } = new("ledger.example/seal", "0193-sign", "0193-seal", 7);

    public static async Task<byte[]> Seal(byte[] file, TestSigner? signer = null, SealRequest? request = null)
    {
        signer ??= Company;
        using MemoryStream source = new(file, writable: false);
        using MemoryStream destination = new();
        SealSigning signing = new()
        {
            Signer = signer.Key,
            Certificate = signer.Certificate,
            Chain = [signer.Authority.Issuing],
            ExtraSignedAttributes = [(SealReceipt.AttributeOid, Receipt.Encode())],
        };
        await PdfSealer.SealAsync(source, destination, request ?? SealingSamples.Request(), signing, TestContext.Current.CancellationToken);
        return destination.ToArray();
    }

    public static JudgeOptions Options(TestAuthority? authority = null) => new()
    {
        TrustAnchors = [(authority ?? TestAuthority.Ecdsa).Root],
        Revocation = (authority ?? TestAuthority.Ecdsa).Revocation(),
        Clock = new FixedClock(Now),
        FileName = "sample.pdf",
    };

    /// <summary>A clock that stands.</summary>
    public static TimeProvider At(DateTimeOffset time) => new FixedClock(time);

    public static async Task<Judgement> Judge(byte[] file, JudgeOptions? options = null)
    {
        using MemoryStream stream = new(file, writable: false);
        return await PdfJudge.JudgeAsync(stream, options ?? Options(), TestContext.Current.CancellationToken);
    }

    public static Check Row(this SignatureJudgement judgement, CheckName name) => judgement.Checks.Single(check => check.Name == name);

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
