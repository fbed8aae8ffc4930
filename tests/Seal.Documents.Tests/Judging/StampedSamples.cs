using System.Security.Cryptography;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Cms;
using Seal.Documents.Pdf;
using Seal.Documents.Tests.Pdf;

namespace Seal.Documents.Tests.Judging;

/// <summary>Sealed documents with a signature time stamp.</summary>
public static class StampedSamples
{
    /// <summary>Seals and stamps.</summary>
    /// <param name="signer">Who seals.</param>
    /// <param name="authority">Who stamps.</param>
    /// <param name="stamped">The time on the stamp.</param>
    /// <param name="claimed">The time that the signer claims; by default that of all samples.</param>
    /// <param name="over">From the signature value to what is stamped; by default itself.</param>
    public static async Task<byte[]> Make(
        TestSigner signer, TestSigner authority, DateTimeOffset stamped, DateTimeOffset? claimed = null, Func<byte[], byte[]>? over = null)
    {
        using MemoryStream source = new(new SamplePdf().Build());
        var request = SealingSamples.Request() with { SigningTime = claimed ?? SealingSamples.Time };
        var prepared = PdfSealer.Prepare(source, request, TestContext.Current.CancellationToken);
        var container = CmsSignedData.Create(
            new CmsRequest
            {
                MessageDigest = await prepared.DigestAsync(DigestAlgorithm.Sha256, TestContext.Current.CancellationToken),
                Algorithm = signer.Key.Algorithm,
                SignerCertificate = signer.Certificate,
                Chain = [signer.Authority.Issuing],
            },
            signer.Key);
        var signature = CmsSignedData.Parse(container).Signers[0].Signature.ToArray();
        var token = TestTimestamp.Token(authority, SHA256.HashData(over is null ? signature : over(signature)), stamped);
        using MemoryStream file = new();
        await prepared.CompleteAsync(CmsSignedData.AddSignatureTimeStamp(container, token), file, TestContext.Current.CancellationToken);
        return file.ToArray();
    }
}
