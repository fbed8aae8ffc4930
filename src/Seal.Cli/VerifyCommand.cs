using System.CommandLine;
using Seal.Cli.Verifying;

namespace Seal.Cli;

/// <summary><c>seal verify</c>: judges sealed documents with no service at all.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        Argument<string[]> files = new("FILE") { Arity = ArgumentArity.OneOrMore, Description = "The sealed documents, PDF or OFD, and folders of them." };
        files.Validators.Add(result =>
        {
            // Else a misspelt option would be taken for the name of a file.
            if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith("--", StringComparison.Ordinal)) is { } unknown)
            {
                result.AddError($"There is no option {PlainText.Of(unknown.Value)}.");
            }
        });
        Option<bool> json = new("--json") { Description = "Answer in JSON: one object, or an array when there are several files." };
        Option<string[]> trust = new("--trust")
        {
            Description = "A trusted root certificate (PEM or DER), or a folder of them. May be given several times.",
            HelpName = "DIR_OR_PEM",
        };
        Option<string[]> lists = new("--crl")
        {
            Description = "A certificate revocation list (DER or PEM). May be given several times.",
            HelpName = "FILE",
        };
        Option<bool> requireLedger = new("--require-ledger") { Description = "A signature that no ledger confirms does not pass." };
        Option<string> language = new("--lang")
        {
            Description = "The language of the sentences; by default that of the environment.",
            DefaultValueFactory = _ => Wording.FromEnvironment(),
        };
        language.AcceptOnlyFromAmong(Wording.Chinese, Wording.English);

        Command command = new(
            "verify",
            "Judges sealed documents. Exit code: 0 passed, 1 failed, 2 indeterminate, 3 could not be read; of several files the worst, in the order 0, 2, 1, 3.")
        {
            files, json, trust, lists, requireLedger, language,
        };
        command.SetAction((parsed, cancellation) =>
        {
            VerifyRequest request = new(
                parsed.GetRequiredValue(files),
                parsed.GetValue(trust) ?? [],
                parsed.GetValue(lists) ?? [],
                parsed.GetValue(requireLedger),
                parsed.GetValue(json),
                Wording.Of(parsed.GetRequiredValue(language)));
            return Verification.RunAsync(request, cancellation);
        });
        return command;
    }
}
