using System.CommandLine;
using Seal.Cli.Auditing;
using Seal.Cli.Verifying;

namespace Seal.Cli;

/// <summary><c>seal audit</c>: checks a whole ledger, or an evidence file, against what the auditor kept, without trusting its operator.</summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        var source = new Argument<string>("SOURCE")
        {
            Description = "The ledger: the address of a service, a folder in the layout of C2SP tlog-tiles, or a PostgreSQL connection string; or an evidence file of seal export.",
        };
        var keys = CommandOptions.Keys();
        var kept = new Option<string[]>("--checkpoint") { Description = "A checkpoint kept from an earlier audit, which the log must continue. May be given several times.", HelpName = "FILE" };
        var keep = new Option<string?>("--keep") { Description = "Where to keep the newest checkpoint for the next audit, if all is in order.", HelpName = "FILE" };
        var state = new Option<string?>("--state") { Description = "Where an audit that is broken off leaves where it was; the same command goes on from there.", HelpName = "FILE" };
        var witnesses = new Option<string[]>("--witness")
        {
            Description = "A key of a witness (C2SP tlog-cosignature, name+id+key), or a file with one a line: the log must have a checkpoint that witnesses cosigned. May be given several times.",
            HelpName = "FILE_OR_TEXT",
        };
        var needed = new Option<int?>("--witnesses-needed") { Description = "How many of them must have cosigned one checkpoint; by default all.", HelpName = "N" };
        var trust = new Option<string[]>("--trust") { Description = "For an evidence file: a trusted root certificate (PEM or DER), or a folder of them. May be given several times.", HelpName = "DIR_OR_PEM" };
        var token = CommandOptions.Token();
        var json = CommandOptions.Json();
        var language = CommandOptions.Language();

        var command = new Command("audit", "Checks a whole ledger, or an evidence file. Exit code: 0 in order, 1 tampered with, 3 could not be read (a service that refuses to sign included).")
        {
            source, keys, kept, keep, state, witnesses, needed, trust, token, json, language,
        };
        command.SetAction((parsed, cancellation) => AuditSession.RunAsync(
            new AuditRequest(
                parsed.GetRequiredValue(source),
                parsed.GetValue(keys) ?? [],
                parsed.GetValue(kept) ?? [],
                parsed.GetValue(keep),
                parsed.GetValue(state),
                parsed.GetValue(witnesses) ?? [],
                parsed.GetValue(needed),
                parsed.GetValue(trust) ?? [],
                CommandOptions.TokenOf(parsed.GetValue(token)),
                parsed.GetValue(json),
                parsed.GetRequiredValue(language) == Wording.Chinese),
            cancellation));
        return command;
    }
}
