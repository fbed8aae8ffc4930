using System.CommandLine;
using System.CommandLine.Help;
using Seal.Cli;
using Seal.Cli.Verifying;

// `seal`: one subcommand a file.
// A command of its own name, not a RootCommand, whose name in the help would be that of the assembly.
Command root = new("seal", "Seal, the electronic seal platform, on the command line.")
{
    VerifyCommand.Create(), RenewCommand.Create(),
    AuditCommand.Create(),
    ReplayCommand.Create(),
    ExportCommand.Create(), ReceiptCommand.Create(), LedgerCommand.Create(),
    ProjectionsCommand.Create(),
    WitnessCommand.Create(),
    UkeyCommand.Create(),
    new HelpOption(),
    new VersionOption(),
};
var parsed = root.Parse(args);
var exitCode = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(2) });

// What was typed wrong must not be taken for a verdict.
return parsed.Errors.Count > 0 ? ExitCodes.Unreadable : exitCode;
