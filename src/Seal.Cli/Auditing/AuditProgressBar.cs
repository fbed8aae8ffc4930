using Seal.Ledger.Auditing;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Seal.Cli.Auditing;

/// <summary>Shows on a terminal, beside the answer, how far the audit is, how fast it goes and how long it will take.</summary>
internal static class AuditProgressBar
{
    public static async Task<AuditResult> DuringAsync(bool chinese, Func<IProgress<AuditProgress>?, Task<AuditResult>> audit)
    {
        if (Console.IsErrorRedirected)
        {
            return await audit(null);
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RateColumn(), new RemainingTimeColumn())
            .StartAsync(context => audit(new TaskProgress(context.AddTask(chinese ? "审计" : "audit"))));
    }

    private sealed class TaskProgress(ProgressTask task) : IProgress<AuditProgress>
    {
        public void Report(AuditProgress value)
        {
            task.MaxValue = long.Max(value.Total, 1);
            task.Value = value.Done;
        }
    }

    /// <summary>Entries a second.</summary>
    private sealed class RateColumn : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text($"{task.Speed ?? 0:N0}/s");
    }
}
