using System.CommandLine;
using Seal.Cli.Auditing;
using Seal.Cli.Verifying;

namespace Seal.Cli;

/// <summary><c>seal audit</c>: checks a whole ledger against what the auditor kept, without trusting its operator.</summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        var source = new Argument<string>("SOURCE")
        {
            Description = "The ledger: the address of a service, a folder in the layout of C2SP tlog-tiles, or a PostgreSQL connection string.",
        };
        var keys = new Option<string[]>("--key")
        {
            Description = "A key of the log (C2SP signed-note, name+id+key), or a file with one a line. May be given several times; without any, signatures are not checked.",
            HelpName = "FILE_OR_TEXT",
        };
        var kept = new Option<string[]>("--checkpoint") { Description = "A checkpoint kept from an earlier audit, which the log must continue. May be given several times.", HelpName = "FILE" };
        var keep = new Option<string?>("--keep") { Description = "Where to keep the newest checkpoint for the next audit, if all is in order.", HelpName = "FILE" };
        var state = new Option<string?>("--state") { Description = "Where an audit that is broken off leaves where it was; the same command goes on from there.", HelpName = "FILE" };
        var token = new Option<string?>("--token") { Description = "The bearer token of an auditor, for a service; by default that of the environment variable SEAL_TOKEN.", HelpName = "TOKEN" };
        var json = new Option<bool>("--json") { Description = "Answer in JSON." };
        var language = new Option<string>("--lang")
        {
            Description = "The language of the sentences; by default that of the environment.",
            DefaultValueFactory = _ => Wording.FromEnvironment(),
        };
        language.AcceptOnlyFromAmong(Wording.Chinese, Wording.English);

        var command = new Command("audit", "Checks a whole ledger. Exit code: 0 in order, 1 tampered with, 3 could not be read.")
        {
            source, keys, kept, keep, state, token, json, language,
        };
        command.SetAction((parsed, cancellation) => AuditSession.RunAsync(
            new AuditRequest(
                parsed.GetRequiredValue(source),
                parsed.GetValue(keys) ?? [],
                parsed.GetValue(kept) ?? [],
                parsed.GetValue(keep),
                parsed.GetValue(state),
                parsed.GetValue(token) ?? Environment.GetEnvironmentVariable("SEAL_TOKEN"),
                parsed.GetValue(json),
                parsed.GetRequiredValue(language) == Wording.Chinese),
            cancellation));
        return command;
    }
}
