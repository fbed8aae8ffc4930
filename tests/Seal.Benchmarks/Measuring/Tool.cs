using System.Diagnostics;

namespace Seal.Benchmarks.Measuring;

/// <summary>A program that gives a reference figure; its command is printed so that a reader can run it too.</summary>
internal static class Tool
{
    /// <summary>Runs a command by the shell and gives what it wrote to standard output.</summary>
    /// <param name="report">Told the command.</param>
    /// <param name="command">A line for bash.</param>
    /// <param name="environment">Variables such as PGHOST.</param>
    /// <returns>The output and the wall time.</returns>
    public static async Task<(string Output, TimeSpan Took)> RunAsync(Report report, string command, IReadOnlyDictionary<string, string> environment)
    {
        report.Say("  $ " + command);
        var start = new ProcessStartInfo("bash") { ArgumentList = { "-c", command }, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? (output, watch.Elapsed) : throw new InvalidOperationException($"'{command}' ended with {process.ExitCode}: {await errors}");
    }
}
