using System.Diagnostics;

namespace Seal.Cli.Tests.Auditing;

/// <summary>The log written to a folder, and audits of it that are killed.</summary>
public sealed class LogExportTests(SmallLedger ledger) : IClassFixture<SmallLedger>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_log_that_was_exported_is_audited_from_its_folder_and_grows_from_what_it_has()
    {
        var folder = ledger.CopyOfLog("grown");
        var exported = await SealCommand.Run("ledger", "export", ledger.ConnectionString, "--out", folder, "--key", ledger.Keys, "--lang", "en");
        var audited = await SealCommand.Run("audit", folder, "--key", ledger.Keys, "--checkpoint", Path.Combine(ledger.Log, "checkpoint"), "--lang", "en");

        exported.ExitCode.ShouldBe(0, exported.ToString());
        exported.Output.ShouldContain($"has the first {SmallLedger.Size} entries");
        audited.ExitCode.ShouldBe(0, audited.ToString());
        audited.Output.ShouldContain($"Checked {SmallLedger.Size} entries");
    }

    [Fact]
    public async Task A_folder_of_another_log_is_not_written_over()
    {
        var folder = ledger.CopyOfLog("other");
        var checkpoint = Path.Combine(folder, "checkpoint");
        var lines = await File.ReadAllLinesAsync(checkpoint, Ct);
        lines[2] = Convert.ToBase64String(new byte[32]);
        await File.WriteAllTextAsync(checkpoint, string.Join('\n', lines) + "\n", Ct);
        var exported = await SealCommand.Run("ledger", "export", ledger.ConnectionString, "--out", folder, "--lang", "en");

        exported.ExitCode.ShouldBe(1, exported.ToString());
        exported.Errors.ShouldContain("does not continue the checkpoint");
    }

    [Fact]
    public async Task An_audit_that_is_killed_in_the_middle_goes_on_where_it_was()
    {
        var folder = ledger.PathOf("whole");
        (await SealCommand.Run("ledger", "export", ledger.ConnectionString, "--out", folder)).ExitCode.ShouldBe(0);
        var state = ledger.PathOf("state.json");
        var last = Path.Combine(folder, "tile/entries/070");
        var taken = last + ".taken";
        File.Move(last, taken);
        // A pipe that nobody writes to: whoever reads it waits, and can be killed where they are.
        Process.Start("mkfifo", [last]).WaitForExit();

        using (var audit = Process.Start(new ProcessStartInfo("dotnet", [SealCommand.Program, "audit", folder, "--key", ledger.Keys, "--state", state]) { RedirectStandardOutput = true, RedirectStandardError = true })!)
        {
            while (!File.Exists(state) && !audit.HasExited)
            {
                await Task.Yield();
            }

            audit.HasExited.ShouldBeFalse();
            audit.Kill();
            await audit.WaitForExitAsync(Ct);
        }

        File.Delete(last);
        File.Move(taken, last);
        // What was checked before is not read again.
        File.Delete(Path.Combine(folder, "tile/entries/000"));
        var rest = await SealCommand.Run("audit", folder, "--key", ledger.Keys, "--state", state, "--lang", "en");

        rest.ExitCode.ShouldBe(0, rest.ToString());
        rest.Output.ShouldContain($"Checked {SmallLedger.Size} entries ({SmallLedger.Size} of them signed) in 41 streams");
        Directory.GetFiles(Path.GetDirectoryName(state)!, "state.json*").ShouldBeEmpty();
    }
}
