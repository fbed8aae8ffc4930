using System.Diagnostics;

namespace Seal.Cli.Tests.Witnessing;

/// <summary><c>seal witness</c> as a process of its own, so that it can be killed.</summary>
public sealed class WitnessProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private WitnessProcess(Process process, string key, string url) =>
        (_process, Key, Url, _errors) = (process, key, url, process.StandardError.ReadToEndAsync());

    /// <summary>The key it told.</summary>
    public string Key { get; }

    /// <summary>The address it told.</summary>
    public string Url { get; }

    /// <summary>Starts a witness; a second start on one folder goes on from the first.</summary>
    public static async Task<WitnessProcess> StartAsync(string folder, string listen, params string[] logs)
    {
        ProcessStartInfo start = new("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "Seal.Cli.dll"), "witness", "--listen", listen, "--state", Path.Combine(folder, "state"),
            "--key", Path.Combine(folder, "key"), "--name", "witness.example/" + Path.GetFileName(folder), .. logs.SelectMany(log => new[] { "--log", log }),
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        var key = "";
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("key ", StringComparison.Ordinal))
            {
                key = line[4..];
            }
            else if (line.StartsWith("listening ", StringComparison.Ordinal))
            {
                return new WitnessProcess(process, key, line[10..]);
            }
        }

        throw new InvalidOperationException("The witness did not start: " + await process.StandardError.ReadToEndAsync());
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to stop, as a service manager does; gives its exit code and what it complained of.</summary>
    public async Task<(int ExitCode, string Errors)> StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        await _process.WaitForExitAsync();
        return (_process.ExitCode, await _errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
