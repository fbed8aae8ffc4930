using System.Diagnostics;
using System.Runtime.CompilerServices;
using Seal.Cli.Tests.Witnessing;
using Seal.Testing;

namespace Seal.Cli.Tests.Ukey;

/// <summary>The command line and a token, as the sample plays them against a running service.</summary>
[Collection(nameof(AServiceAlone))]
public sealed class UkeySigningTests : IDisposable
{
    private readonly string _folder = TestFolder.Create();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_sample_seals_a_contract_with_a_key_that_never_left_its_token()
    {
        await using var service = await RunningService.StartAsync();
        var start = new ProcessStartInfo(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../samples/ukey-signing.sh"))
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SEAL_URL"] = service.Url;
        start.Environment["SEAL_CLI"] = $"dotnet {SealCommand.Program}";
        start.Environment["LANG"] = "C.UTF-8";
        using var sample = Process.Start(start)!;
        var errors = sample.StandardError.ReadToEndAsync(Ct);
        var output = await sample.StandardOutput.ReadToEndAsync(Ct);
        await sample.WaitForExitAsync(Ct);

        sample.ExitCode.ShouldBe(0, $"{output}\n{await errors}");
        File.Exists(Path.Combine(_folder, "ukey-signing.pdf")).ShouldBeTrue();
        File.Exists(Path.Combine(_folder, "ukey-signing.ofd")).ShouldBeTrue();
    }

    [Fact]
    public async Task Who_names_no_library_is_told_so()
    {
        var outcome = await SealCommand.Run("ukey", "list", "--module", Path.Combine(_folder, "nothing.so"));

        outcome.ExitCode.ShouldBe(3, outcome.ToString());
        outcome.Errors.ShouldContain("nothing.so");
    }

    [Fact]
    public async Task A_pin_is_taken_from_a_file_or_a_terminal_and_never_from_the_command_line()
    {
        var help = await SealCommand.Run("ukey", "sign", "--help");

        help.Output.ShouldContain("--pin-file");
        help.Output.ShouldNotContain("--pin ");
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
