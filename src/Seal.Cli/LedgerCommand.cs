using System.CommandLine;
using Seal.Cli.Auditing;
using Seal.Cli.Verifying;

namespace Seal.Cli;

/// <summary><c>seal ledger export</c>: writes the whole log to a folder that any web server can publish and <c>seal audit</c> reads.</summary>
internal static class LedgerCommand
{
    public static Command Create()
    {
        var source = new Argument<string>("SOURCE")
        {
            Description = "The ledger: the address of a service (with the token of an auditor), a PostgreSQL connection string, or a folder.",
        };
        var folder = new Option<string>("--out") { Description = "The folder; what it has already is not fetched again.", HelpName = "FOLDER", Required = true };
        var keys = CommandOptions.Keys();
        var token = CommandOptions.Token();
        var language = CommandOptions.Language();
        var export = new Command("export", "Writes the log to a folder in the layout of C2SP tlog-tiles. Exit code: 0 written, 1 the log does not continue the folder or is not signed, 3 could not be read.")
        {
            source, folder, keys, token, language,
        };
        export.SetAction((parsed, cancellation) => LogExport.RunAsync(
            parsed.GetRequiredValue(source),
            parsed.GetRequiredValue(folder),
            parsed.GetValue(keys) ?? [],
            CommandOptions.TokenOf(parsed.GetValue(token)),
            parsed.GetRequiredValue(language) == Wording.Chinese,
            cancellation));
        return new Command("ledger", "Looks after copies of the log.") { export };
    }
}
