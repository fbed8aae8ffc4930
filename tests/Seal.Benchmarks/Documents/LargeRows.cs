using System.Diagnostics;
using Seal.Benchmarks.Measuring;
using Seal.Cryptography.Keys;
using Seal.Documents.Judging;
using Seal.Documents.Pdf;

namespace Seal.Benchmarks.Documents;

/// <summary>What large documents cost: memory that does not grow with the file, and time that grows with it only in proportion.</summary>
internal sealed class LargeRows(Report report)
{
    private const long Hundred = 100_000_000;
    private const double MemoryLimit = 40;
    private const int Many = 500;

    /// <summary>Twice as much may take twice as long, and a bit for measuring.</summary>
    private const double Linear = 2.3;

    private static readonly TimeSpan LeastMeasured = TimeSpan.FromSeconds(1);

    public async Task RunAsync()
    {
        using Signers signers = new(SignatureAlgorithm.EcdsaP256Sha256);
        if (report.Wants("memory to seal 100 MB", "memory to judge 100 MB"))
        {
            await MemoryAsync(signers);
        }

        if (report.Wants($"{Many} signatures"))
        {
            await GrowthAsync(signers);
        }

        if (report.Wants($"{Many} revisions"))
        {
            await RevisionsAsync(signers);
        }
    }

    private async Task MemoryAsync(Signers signers)
    {
        var folder = Directory.CreateTempSubdirectory("seal-bench-");
        try
        {
            var source = Path.Combine(folder.FullName, "source.pdf");
            var target = Path.Combine(folder.FullName, "sealed.pdf");
            await using (var made = File.Create(source))
            {
                SamplePdf.Write(made, Hundred);
            }

            await SealAsync(signers, source, target); // the programme's own memory comes first
            var toSeal = await Memory.AboveIdleAsync(() => SealAsync(signers, source, target));
            report.Add(BenchRow.AtMost("memory to seal 100 MB", toSeal, MemoryLimit, "MB", 1));
            var toJudge = await Memory.AboveIdleAsync(() => JudgeAsync(signers, target));
            report.Add(BenchRow.AtMost("memory to judge 100 MB", toJudge, MemoryLimit, "MB", 1));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task GrowthAsync(Signers signers)
    {
        var file = SamplePdf.Of(30_000);
        Dictionary<int, (double Seal, double Judge)> took = [];
        for (var count = 1; count <= Many; count++)
        {
            file = await SealAsync(signers, file, count);
            if (count is Many / 2 or Many)
            {
                took[count] = (await MedianAsync(() => SealAsync(signers, file, count)), await MedianAsync(() => JudgeAsync(signers, file)));
                report.Say($"    {count} signatures: sealing once more {took[count].Seal:0.###} s, judging all {took[count].Judge:0.###} s");
            }
        }

        report.Add(BenchRow.AtMost($"seal once more, {Many} signatures by {Many / 2}", took[Many].Seal, took[Many / 2].Seal, "s", Linear));
        report.Add(BenchRow.AtMost($"judge {Many} signatures by {Many / 2}", took[Many].Judge, took[Many / 2].Judge, "s", Linear));
    }

    /// <summary>A sealed document that was saved again and again without signing.</summary>
    private async Task RevisionsAsync(Signers signers)
    {
        var file = await SealAsync(signers, SamplePdf.Of(30_000), 0);
        Dictionary<int, double> took = [];
        for (var count = 1; count <= Many; count++)
        {
            file = UnsignedUpdate.Of(file, count);
            if (count is Many / 2 or Many)
            {
                took[count] = await MedianAsync(() => JudgeAsync(signers, file));
                report.Say($"    {count} revisions: judging {took[count]:0.####} s");
            }
        }

        report.Add(BenchRow.AtMost($"judge {Many} revisions by {Many / 2}", took[Many], took[Many / 2], "s", Linear));
    }

    /// <summary>Seconds for one: in each round it is done over and over until the clock can tell.</summary>
    private static async Task<double> MedianAsync(Func<Task> work)
    {
        List<double> seconds = [];
        for (var round = 0; round < DocumentsArea.Rounds; round++)
        {
            var done = 0;
            var watch = Stopwatch.StartNew();
            do
            {
                await work();
                done++;
            }
            while (watch.Elapsed < LeastMeasured);

            seconds.Add(watch.Elapsed.TotalSeconds / done);
        }

        return ClosedLoop.Median(seconds);
    }

    private static async Task SealAsync(Signers signers, string source, string target)
    {
        await using var from = File.OpenRead(source);
        await using var to = File.Create(target);
        await PdfSealer.SealAsync(from, to, Signers.Placed(), signers.Signing, CancellationToken.None);
    }

    private static async Task<byte[]> SealAsync(Signers signers, byte[] file, int at)
    {
        using MemoryStream from = new(file, writable: false), to = new(file.Length + 16_000);
        await PdfSealer.SealAsync(from, to, Signers.Placed(at), signers.Signing, CancellationToken.None);
        return to.ToArray();
    }

    private static async Task JudgeAsync(Signers signers, string file)
    {
        await using var document = File.OpenRead(file);
        await PdfJudge.JudgeAsync(document, signers.Judging, CancellationToken.None);
    }

    private static async Task JudgeAsync(Signers signers, byte[] file)
    {
        using MemoryStream document = new(file, writable: false);
        var judgement = await PdfJudge.JudgeAsync(document, signers.Judging, CancellationToken.None);
        if (judgement.Verdict != Verdict.TotalPassed)
        {
            throw new InvalidOperationException($"A good document is {judgement.Verdict}.");
        }
    }
}
