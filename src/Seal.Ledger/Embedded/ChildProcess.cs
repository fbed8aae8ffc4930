using System.ComponentModel;
using System.Diagnostics;

namespace Seal.Ledger.Embedded;

/// <summary>How a program ended and what it said, on both streams.</summary>
internal readonly record struct ProcessOutcome(int ExitCode, string Output);

/// <summary>Runs a program to its end.</summary>
internal static class ChildProcess
{
    public static async Task<ProcessOutcome> RunAsync(string program, IEnumerable<string> arguments, string workingDirectory, CancellationToken ct)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };

        // Messages are read by us, and the cluster must not take its locale from whoever starts it.
        start.Environment["LC_ALL"] = "C";
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var error = process.StandardError.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            return new ProcessOutcome(process.ExitCode, (await output + await error).Trim());
        }
        catch (Win32Exception e)
        {
            throw new EmbeddedPostgresException($"'{program}' cannot be run: {e.Message}", e);
        }
    }
}
