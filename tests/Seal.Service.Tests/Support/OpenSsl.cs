using System.Diagnostics;

namespace Seal.Service.Tests.Support;

/// <summary>The openssl command as an independent judge, with a folder for its files.</summary>
internal sealed class OpenSsl : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("seal-openssl-");

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public string Write(string name, ReadOnlySpan<byte> bytes)
    {
        File.WriteAllBytes(PathOf(name), bytes);
        return PathOf(name);
    }

    public string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Runs a command in the folder; gives its exit code and everything it said.</summary>
    public async Task<(int Exit, string Said)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("openssl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder.FullName };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await errors);
    }

    /// <summary>Runs a command that must succeed; gives what it said.</summary>
    public async Task<string> AcceptsAsync(params string[] arguments)
    {
        var (exit, said) = await RunAsync(arguments);
        exit.ShouldBe(0, said);
        return said;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
