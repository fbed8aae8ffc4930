using Seal.Benchmarks.Measuring;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Keys;
using Seal.Documents.Pdf;

namespace Seal.Benchmarks.Documents;

/// <summary>Sealing a PDF in memory on one thread, all of it (reading, placing, hashing, signing, writing), against one signature and one hash over the same bytes.</summary>
internal sealed class SealRows(Report report)
{
    public async Task RunAsync()
    {
        await RunAsync("RSA-2048", SignatureAlgorithm.RsaPkcs1Sha256, [0.6, 0.6, 0.5]);
        await RunAsync("SM2", SignatureAlgorithm.Sm2Sm3, [0.7, 0.7, 0.7]);
        await RunAsync("P-256", SignatureAlgorithm.EcdsaP256Sha256, [0.15, null, 0.5]);
    }

    private async Task RunAsync(string name, SignatureAlgorithm algorithm, double?[] goals)
    {
        using Signers signers = new(algorithm);
        for (var size = 0; size < goals.Length; size++)
        {
            var row = $"seal {DocumentsArea.Sizes[size].Name}, {name}";
            if (goals[size] is { } goal && report.Wants(row))
            {
                await RunAsync(row, signers, SamplePdf.Of(DocumentsArea.Sizes[size].Bytes), goal);
            }
        }
    }

    private async Task RunAsync(string row, Signers signers, byte[] file, double goal)
    {
        report.Say($"  {row}: {file.Length} bytes; reference: SoftwareKey.Sign(32 bytes) and one hash over the file");
        var signing = signers.Signing;
        var digest = signing.Digest;
        var message = new byte[32];
        using MemoryStream destination = new(file.Length + 64_000);
        List<(double Ours, double Reference)> rounds = [];
        for (var round = 0; round < DocumentsArea.Rounds; round++)
        {
            var bare = report.Told("bare, documents/s", await RateAsync(() =>
            {
                signers.Key.Sign(message);
                digest.HashData(file);
                return Task.CompletedTask;
            }));
            rounds.Add((report.Told("ours, documents/s", await RateAsync(async () =>
            {
                using MemoryStream source = new(file, writable: false);
                destination.SetLength(0);
                await PdfSealer.SealAsync(source, destination, Signers.Placed(), signing, CancellationToken.None);
            })), bare));
        }

        report.Add(BenchRow.AtLeast(row, rounds, "docs/s", goal));
    }

    public static Task<double> RateAsync(Func<Task> work) => ClosedLoop.RateAsync(1, DocumentsArea.WarmUp, DocumentsArea.Length, _ => work());
}
