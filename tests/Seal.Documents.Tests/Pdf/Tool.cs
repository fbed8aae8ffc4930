using System.Diagnostics;

namespace Seal.Documents.Tests.Pdf;

/// <summary>Runs other people's PDF tools on a file in a directory of its own.</summary>
public sealed class Tool : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("seal-pdf-");

    public string Path(string name) => System.IO.Path.Combine(_directory.FullName, name);

    public string Save(string name, byte[] content)
    {
        var path = Path(name);
        File.WriteAllBytes(path, content);
        return path;
    }

    public async Task<(int ExitCode, string Output)> Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _directory.FullName };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await errors);
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
