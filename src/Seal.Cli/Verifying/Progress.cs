using Spectre.Console;

namespace Seal.Cli.Verifying;

/// <summary>Shows on a terminal, beside the answer, how far the work on several files has come.</summary>
internal static class Progress
{
    public static async Task OverAsync(IReadOnlyList<string> files, Func<string, Task> work)
    {
        if (files.Count < 2 || Console.IsErrorRedirected)
        {
            foreach (var file in files)
            {
                await work(file);
            }

            return;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        await console.Progress().AutoClear(true).StartAsync(async context =>
        {
            var task = context.AddTask("seal verify", maxValue: files.Count);
            foreach (var file in files)
            {
                task.Description = Markup.Escape(PlainText.Of(Path.GetFileName(file)));
                await work(file);
                task.Increment(1);
            }
        });
    }
}
