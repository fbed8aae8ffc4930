using System.Globalization;
using Seal.Benchmarks.Measuring;
using Seal.Cryptography.Keys;
using Seal.Tokens;
using Seal.Tokens.SoftHsm;

namespace Seal.Benchmarks.Keys;

/// <summary>Signing through PKCS#11 on SoftHSM, against a bare loop in C on the same token: what sessions lent and looked after cost.</summary>
internal sealed class TokenRows(Report report)
{
    private static readonly int[] Pools = [1, 2, 8];

    public async Task RunAsync()
    {
        (SignatureAlgorithm Algorithm, string Name, string Mechanism)[] kinds =
        [
            (SignatureAlgorithm.RsaPkcs1Sha256, "RSA-2048", "0x40"),
            (SignatureAlgorithm.EcdsaP256Sha256, "P-256", "0x1041"),
        ];
        if (!report.Wants([.. kinds.SelectMany(static kind => Pools.Select(threads => Row(kind.Name, threads)))]))
        {
            return;
        }

        var folder = Directory.CreateTempSubdirectory("seal-bench-").FullName;
        try
        {
            var nothing = new Dictionary<string, string>();
            var loop = Path.Combine(folder, "pkcs11_loop");
            await Tool.RunAsync(report, $"cc -O2 -o {loop} {Path.Combine(AppContext.BaseDirectory, "Keys", "pkcs11_loop.c")} -lpthread -ldl", nothing);
            using var softHsm = await SoftHsmToken.ProvisionAsync(Path.Combine(folder, "token"), CancellationToken.None);
            foreach (var (algorithm, name, mechanism) in kinds)
            {
                var signer = softHsm.Token.GenerateSigner(name, algorithm);
                foreach (var threads in Pools)
                {
                    var command = $"{loop} {softHsm.Module.Path} {SoftHsmToken.Label} {name} \"$(cat {folder}/token/user-pin)\" {mechanism} {threads} "
                                  + KeysArea.Length.TotalSeconds.ToString(CultureInfo.InvariantCulture);
                    await RunAsync(Row(name, threads), threads, signer, command, new() { ["SOFTHSM2_CONF"] = $"{folder}/token/softhsm2.conf" });
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Row(string name, int threads) => $"{name} sign in SoftHSM, {SoftwareRows.Threads(threads)}";

    private async Task RunAsync(string row, int threads, TokenSigner signer, string command, Dictionary<string, string> environment)
    {
        if (!report.Wants(row))
        {
            return;
        }

        var message = new byte[32];
        List<double> ours = [], theirs = [];
        for (var round = 0; round < KeysArea.Rounds; round++)
        {
            var (output, _) = await Tool.RunAsync(report, command, environment);
            theirs.Add(report.Told("bare loop, sign/s", SoftwareRows.Number(output.Trim())));
            ours.Add(report.Told("ours, sign/s", await SoftwareRows.RateAsync(threads, () => signer.Sign(message))));
        }

        report.Add(BenchRow.AtLeast(row, ClosedLoop.Median(ours), ClosedLoop.Median(theirs), "sign/s", 0.85));
    }
}
