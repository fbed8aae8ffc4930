using System.Globalization;
using System.Text.RegularExpressions;
using Seal.Benchmarks.Measuring;
using Seal.Cryptography.Keys;

namespace Seal.Benchmarks.Keys;

/// <summary>Signing and verifying a short message in memory on one thread and on two, against <c>openssl speed</c> on one (by the clock, as we count): what our calls add to the mathematics.</summary>
internal sealed partial class SoftwareRows(Report report)
{
    private const double OneThread = 0.9;
    private const double TwoThreads = 1.7 * OneThread;

    private static readonly Dictionary<string, string> NoEnvironment = [];

    public async Task RunAsync()
    {
        foreach (var (algorithm, name, speed) in new[]
                 {
                     (SignatureAlgorithm.Sm2Sm3, "SM2", "sm2"),
                     (SignatureAlgorithm.RsaPkcs1Sha256, "RSA-2048", "rsa2048"),
                     (SignatureAlgorithm.EcdsaP256Sha256, "P-256", "ecdsap256"),
                 })
        {
            await RunAsync(algorithm, name, speed);
        }
    }

    private async Task RunAsync(SignatureAlgorithm algorithm, string name, string speed)
    {
        string[] rows = [$"{name} sign", $"{name} verify", $"{name} sign, 2 threads", $"{name} verify, 2 threads"];
        if (!report.Wants(rows))
        {
            return;
        }

        using var key = SoftwareKey.Generate(algorithm);
        using var publicKey = VerificationKey.Read(key.SubjectPublicKeyInfo);
        var message = new byte[32];
        var signature = key.Sign(message);
        List<double> theirSigns = [], theirVerifies = [];
        List<double>[] ours = [[], [], [], []];
        for (var round = 0; round < KeysArea.Rounds; round++)
        {
            var (output, _) = await Tool.RunAsync(report, $"openssl speed -elapsed -seconds {KeysArea.Length.TotalSeconds:0} {speed} 2>/dev/null", NoEnvironment);
            var rates = Rates().Match(output);
            theirSigns.Add(report.Told("openssl, sign/s", Number(rates.Groups[1].Value)));
            theirVerifies.Add(report.Told("openssl, verify/s", Number(rates.Groups[2].Value)));
            for (var threads = 1; threads <= 2; threads++)
            {
                ours[(2 * threads) - 2].Add(report.Told($"ours, {Threads(threads)}, sign/s", await RateAsync(threads, () => key.Sign(message))));
                ours[(2 * threads) - 1].Add(report.Told($"ours, {Threads(threads)}, verify/s", await RateAsync(threads, Verify)));
            }
        }

        for (var row = 0; row < rows.Length; row++)
        {
            var theirs = ClosedLoop.Median(row % 2 == 0 ? theirSigns : theirVerifies);
            report.Add(BenchRow.AtLeast(rows[row], ClosedLoop.Median(ours[row]), theirs, row % 2 == 0 ? "sign/s" : "verify/s", row < 2 ? OneThread : TwoThreads));
        }

        void Verify()
        {
            if (!publicKey.Verify(algorithm, message, signature))
            {
                throw new InvalidOperationException("A good signature does not verify.");
            }
        }
    }

    public static string Threads(int count) => count == 1 ? "1 thread" : $"{count} threads";

    public static Task<double> RateAsync(int threads, Action work) => ClosedLoop.RateAsync(threads, KeysArea.WarmUp, KeysArea.Length, _ =>
    {
        work();
        return Task.CompletedTask;
    });

    public static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>The last two figures of the table: sign/s and verify/s.</summary>
    [GeneratedRegex(@"s\s+([0-9.]+)\s+([0-9.]+)\s*$")]
    private static partial Regex Rates();
}
