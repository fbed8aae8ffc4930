using System.Globalization;
using System.Text.RegularExpressions;
using Seal.Benchmarks.Measuring;
using Seal.Cryptography.Keys;

namespace Seal.Benchmarks.Keys;

/// <summary>Signing and verifying a short message in memory, against <c>openssl speed</c> (by the clock, as we count): what our calls add to the mathematics.</summary>
internal sealed partial class SoftwareRows(Report report)
{
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
            foreach (var threads in (int[])[1, 2])
            {
                await RunAsync(algorithm, name, speed, threads);
            }
        }
    }

    private async Task RunAsync(SignatureAlgorithm algorithm, string name, string speed, int threads)
    {
        string sign = $"{name} sign, {Threads(threads)}", verify = $"{name} verify, {Threads(threads)}";
        if (!report.Wants(sign, verify))
        {
            return;
        }

        using var key = SoftwareKey.Generate(algorithm);
        var message = new byte[32];
        var signature = key.Sign(message);
        List<double> ourSigns = [], ourVerifies = [], theirSigns = [], theirVerifies = [];
        for (var round = 0; round < KeysArea.Rounds; round++)
        {
            var multi = threads == 1 ? "" : $" -multi {threads}";
            var (output, _) = await Tool.RunAsync(
                report, $"openssl speed -elapsed -seconds {KeysArea.Length.TotalSeconds:0}{multi} {speed} 2>/dev/null", NoEnvironment);
            var rates = Rates().Match(output);
            theirSigns.Add(report.Told("openssl, sign/s", Number(rates.Groups[1].Value)));
            theirVerifies.Add(report.Told("openssl, verify/s", Number(rates.Groups[2].Value)));
            ourSigns.Add(report.Told("ours, sign/s", await RateAsync(threads, () => key.Sign(message))));
            ourVerifies.Add(report.Told("ours, verify/s", await RateAsync(threads, () =>
            {
                if (!Signatures.Verify(algorithm, key.SubjectPublicKeyInfo, message, signature))
                {
                    throw new InvalidOperationException("A good signature does not verify.");
                }
            })));
        }

        report.Add(BenchRow.AtLeast(sign, ClosedLoop.Median(ourSigns), ClosedLoop.Median(theirSigns), "sign/s", 0.8));
        report.Add(BenchRow.AtLeast(verify, ClosedLoop.Median(ourVerifies), ClosedLoop.Median(theirVerifies), "verify/s", 0.7));
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
