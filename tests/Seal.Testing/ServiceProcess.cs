using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Seal.Testing;

/// <summary>The service as a process of its own, so that it can be killed.</summary>
public sealed partial class ServiceProcess : IDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private ServiceProcess(Process process, string folder, string url) => (_process, _folder, Url) = (process, folder, url);

    public string Url { get; }

    /// <summary>Starts it on a folder.</summary>
    /// <param name="folder">Its data.</param>
    /// <param name="settings">Further settings, by the names of environment variables.</param>
    public static async Task<ServiceProcess> StartAsync(string folder, IReadOnlyDictionary<string, string>? settings = null)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Seal.Service.dll"));
        start.ArgumentList.Add("--urls");
        start.ArgumentList.Add("http://127.0.0.1:0");
        start.ArgumentList.Add("--data");
        start.ArgumentList.Add(folder);
        start.Environment["Seal__Pin__Iterations"] = "1000";
        start.Environment["Seal__OpenRequestsPerMinute"] = "100000";
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        for (var said = ""; await process.StandardOutput.ReadLineAsync() is { } line; said += line + "\n")
        {
            if (Health().Match(line) is { Success: true } found)
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return new ServiceProcess(process, folder, found.Groups[1].Value);
            }
        }

        throw new InvalidOperationException("The service did not start.");
    }

    /// <summary>kill -9 of the service.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>kill -9 of its PostgreSQL, the postmaster and so all of it.</summary>
    public async Task KillPostgresAsync()
    {
        var file = Directory.GetFiles(_folder, "postmaster.pid", SearchOption.AllDirectories).Single();
        var id = int.Parse((await File.ReadAllLinesAsync(file))[0], CultureInfo.InvariantCulture);
        using var postmaster = Process.GetProcessById(id);
        postmaster.Kill();
        await postmaster.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    [GeneratedRegex(@"Health\s+(http://[^/]+)/health/ready")]
    private static partial Regex Health();
}
