using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;

namespace Seal.Cli.Tests;

/// <summary>Runs the built command line as a user would, its output piped.</summary>
public static class SealCommand
{
    // As it is built for users: beside the tests lie the assemblies of the service, which runs on another framework.
    public static string Program { get; } = Path.Combine(
        Path.GetDirectoryName(ThisFile())!, "../../src/Seal.Cli/bin", Path.GetRelativePath(Path.Combine(AppContext.BaseDirectory, "../.."), AppContext.BaseDirectory), "Seal.Cli.dll");

    public static Task<Outcome> Run(params string[] arguments) => RunIn("C.UTF-8", arguments);

    public static Task<Outcome> RunIn(string language, params string[] arguments) => RunWith(new Dictionary<string, string> { ["LANG"] = language }, arguments);

    /// <summary>With these environment variables, and nobody at the keyboard.</summary>
    public static async Task<Outcome> RunWith(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment.Remove("LC_ALL");
        start.Environment.Remove("LC_MESSAGES");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Outcome(process.ExitCode, output, await errors);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}

/// <summary>What a run gave.</summary>
public sealed record Outcome(int ExitCode, string Output, string Errors)
{
    /// <summary>All that the user saw, with the code that a failed test should show.</summary>
    public override string ToString() => $"exit {ExitCode}\n{Output}\n{Errors}";
}
