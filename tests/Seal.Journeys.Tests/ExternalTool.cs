using System.Diagnostics;

namespace Seal.Journeys.Tests;

/// <summary>What a program of others said.</summary>
public sealed record ToolAnswer(int ExitCode, string Output, string Errors)
{
    /// <summary>All it said, which must come with success.</summary>
    public string Required() => ExitCode == 0 ? Output + Errors : throw new InvalidOperationException($"exit code {ExitCode}: {Output} {Errors}");
}

/// <summary>Programs of others that judge what the service makes, in a folder that goes with the test.</summary>
public sealed class ExternalTool : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seal-tool-").FullName;

    /// <summary>Puts a file into the folder and gives its name.</summary>
    public string Put(string name, ReadOnlySpan<byte> content)
    {
        File.WriteAllBytes(Path.Combine(_folder, name), content);
        return name;
    }

    public byte[] Take(string name) => File.ReadAllBytes(Path.Combine(_folder, name));

    /// <summary>Runs a program in the folder.</summary>
    public async Task<ToolAnswer> RunAsync(string program, params IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new ToolAnswer(process.ExitCode, await output, await errors);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
