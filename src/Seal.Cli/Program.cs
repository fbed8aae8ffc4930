using System.CommandLine;
using Seal.Cli;
using Seal.Cli.Verifying;

// `seal`: one subcommand a file.
RootCommand root = new("Seal, the electronic seal platform, on the command line.") { VerifyCommand.Create() };
ParseResult parsed = root.Parse(args);
int exitCode = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(2) });

// What was typed wrong must not be taken for a verdict.
return parsed.Errors.Count > 0 ? ExitCodes.Unreadable : exitCode;
