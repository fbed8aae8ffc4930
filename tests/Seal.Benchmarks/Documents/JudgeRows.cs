using Seal.Benchmarks.Measuring;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Keys;
using Seal.Documents.Judging;
using Seal.Documents.Pdf;

namespace Seal.Benchmarks.Documents;

/// <summary>
/// Judging a sealed PDF on one thread by all checks, against the bare mathematics on the same bytes: a hash over the file, the
/// signature's verification, and that of the chain's two certificates. <c>pdfsig</c> on the same file beside them.
/// </summary>
internal sealed class JudgeRows(Report report)
{
    public static readonly double[] Goals = [0.1, 0.4, 0.6];

    public async Task RunAsync()
    {
        await RunAsync("RSA-2048", SignatureAlgorithm.RsaPkcs1Sha256);
        await RunAsync("SM2", SignatureAlgorithm.Sm2Sm3);
        await RunAsync("P-256", SignatureAlgorithm.EcdsaP256Sha256);
    }

    private async Task RunAsync(string name, SignatureAlgorithm algorithm)
    {
        using Signers signers = new(algorithm);
        for (var size = 0; size < Goals.Length; size++)
        {
            var row = $"judge {DocumentsArea.Sizes[size].Name}, {name}";
            if (report.Wants(row))
            {
                await RunAsync(row, signers, SamplePdf.Of(DocumentsArea.Sizes[size].Bytes), Goals[size]);
            }
        }
    }

    private async Task RunAsync(string row, Signers signers, byte[] original, double goal)
    {
        using MemoryStream source = new(original), destination = new();
        await PdfSealer.SealAsync(source, destination, Signers.Placed(), signers.Signing, CancellationToken.None);
        var file = destination.ToArray();
        report.Say($"  {row}: {file.Length} bytes; reference: one hash over the file, one signature and two certificates verified");
        var digest = signers.Signing.Digest;
        var message = new byte[32];
        var signature = signers.Key.Sign(message);
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, file);
            var (_, took) = await Tool.RunAsync(report, $"pdfsig -nocert {path}", new Dictionary<string, string>());
            report.Told("pdfsig as a whole process, documents/s", 1 / took.TotalSeconds);
        }
        finally
        {
            File.Delete(path);
        }

        List<(double Ours, double Reference)> rounds = [];
        for (var round = 0; round < DocumentsArea.Rounds; round++)
        {
            var bare = report.Told("bare, documents/s", await SealRows.RateAsync(() =>
            {
                digest.HashData(file);
                var holds = Signatures.Verify(signers.Key.Algorithm, signers.Certificate.SubjectPublicKeyInfo, message, signature)
                    & signers.Certificate.IsSignedBy(signers.Issuing) & signers.Issuing.IsSignedBy(signers.Root);
                return holds ? Task.CompletedTask : throw new InvalidOperationException("What is signed right does not verify.");
            }));
            rounds.Add((report.Told("ours, documents/s", await SealRows.RateAsync(async () =>
            {
                using MemoryStream judged = new(file, writable: false);
                var judgement = await PdfJudge.JudgeAsync(judged, signers.Judging, CancellationToken.None);
                if (judgement.Verdict != Verdict.TotalPassed)
                {
                    throw new InvalidOperationException($"A good document is {judgement.Verdict}.");
                }
            })), bare));
        }

        report.Add(BenchRow.AtLeast(row, rounds, "docs/s", goal));
    }
}
