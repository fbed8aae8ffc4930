using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Seal.Cli.Auditing;
using Seal.Cli.Verifying;
using Seal.Cryptography.Notes;
using Seal.Ledger.Witnessing;

namespace Seal.Cli.Witnessing;

/// <summary>Runs a witness from the command line until it is stopped.</summary>
internal static class WitnessSession
{
    /// <summary>Runs <c>seal witness</c>.</summary>
    /// <returns>0 stopped as asked, 3 could not start.</returns>
    public static async Task<int> RunAsync(WitnessRequest request, CancellationToken cancellation)
    {
        try
        {
            if (!IPEndPoint.TryParse(request.Listen, out var listen))
            {
                throw new FormatException($"'{request.Listen}' is no address to listen at: write 127.0.0.1:8090 or the like.");
            }

            var logs = AuditInputs.Keys(request.Logs);
            using var memory = WitnessFolder.Open(Path.GetFullPath(request.State));
            var (name, signer) = WitnessKeyFile.ReadOrMake(request.Key, request.Name ?? Environment.MachineName + "/witness");
            using var itsKey = signer;
            var key = new CosignatureKey(name, signer, TimeProvider.System);
            using var witness = await Witness.StartAsync(logs, memory, new WitnessSigner(key), Warn, cancellation);
            await using var server = WitnessServer.Create(listen, witness);
            await server.StartAsync(cancellation);
            await TellAsync(server, key, witness, logs.Select(log => log.Name).Distinct());
            await Task.Delay(Timeout.Infinite, cancellation).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            // What has begun is finished: what is written down is also said.
            await server.StopAsync(CancellationToken.None);
            return ExitCodes.Passed;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCodes.Passed;
        }
        catch (Exception e) when (e is AuditRequestException or FormatException or ArgumentException or IOException or UnauthorizedAccessException or CryptographicException)
        {
            await Console.Error.WriteLineAsync("seal: the witness cannot start: " + PlainText.Of(e.Message));
            return ExitCodes.Unreadable;
        }
    }

    private static async Task TellAsync(WebApplication server, CosignatureKey key, Witness witness, IEnumerable<string> origins)
    {
        await Console.Out.WriteLineAsync($"key {key.Verifier}");
        foreach (var origin in origins)
        {
            await Console.Out.WriteLineAsync(PlainText.Of($"log {origin} {witness.SizeOf(origin)}"));
        }

        await Console.Out.WriteLineAsync($"listening {server.Urls.First()}");
    }

    private static void Warn(string what) => Console.Error.WriteLine("seal: " + PlainText.Of(what));
}
