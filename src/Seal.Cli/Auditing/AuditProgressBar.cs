using Seal.Ledger.Auditing;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Seal.Cli.Auditing;

/// <summary>Shows on a terminal, beside the answer, how far a long work is, how fast it goes and how long it will take.</summary>
internal static class AuditProgressBar
{
    public static async Task<T> DuringAsync<T>(string what, Func<IProgress<AuditProgress>?, Task<T>> work)
    {
        if (Console.IsErrorRedirected)
        {
            return await work(null);
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        var pace = new Pace(TimeProvider.System);
        return await console.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new PaceColumn(pace))
            .StartAsync(context => work(new TaskProgress(context.AddTask(what), pace)));
    }

    private sealed class TaskProgress(ProgressTask task, Pace pace) : IProgress<AuditProgress>
    {
        public void Report(AuditProgress value)
        {
            pace.Report(value);
            task.MaxValue = long.Max(value.Total, 1);
            task.Value = value.Done;
        }
    }

    private sealed class PaceColumn(Pace pace) : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(pace.ToString());
    }
}
