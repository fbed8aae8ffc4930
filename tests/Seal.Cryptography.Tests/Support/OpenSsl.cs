using System.Diagnostics;

namespace Seal.Cryptography.Tests.Support;

/// <summary>The openssl command as an independent judge, with a folder for its files.</summary>
internal sealed class OpenSsl : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("seal-openssl-");

    public string Write(string name, ReadOnlySpan<byte> bytes)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Runs a command; gives its exit code and everything it said.</summary>
    public (int Exit, string Said) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("openssl", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.FullName,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    public void ShouldAccept(params string[] arguments)
    {
        (var exit, var said) = Run(arguments);
        exit.ShouldBe(0, said);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
