using System.CommandLine;
using Seal.Cli.Receipts;
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
        var trust = Paths("--trust", "DIR_OR_PEM", "A root certificate (PEM or DER) trusted with everything, or a folder of them. May be given several times.");
        var signers = Paths("--trust-signers", "DIR_OR_PEM", "Likewise, trusted with signing documents alone.");
        var timestamps = Paths("--trust-timestamps", "DIR_OR_PEM", "Likewise, trusted with time stamps alone.");
        var sealMakers = Paths("--trust-seal-makers", "DIR_OR_PEM", "Likewise, trusted with making seal data (GB/T 38540) alone.");
        Option<string> policy = new("--policy") { HelpName = "DIR", Description = "A folder with the folders signers, timestamps and seal-makers, each with the roots trusted with that." };
        var lists = Paths("--crl", "FILE", "A certificate revocation list (DER or PEM). May be given several times.");
        var answers = Paths("--ocsp", "FILE", "An OCSP answer (DER). May be given several times.");
        Option<bool> fetch = new("--fetch-revocation") { Description = "Fetch revocation that is not at hand from where trusted certificates say (http and https, bounded); without this nothing is fetched." };
        Option<string> report = new("--report") { HelpName = "FILE", Description = "Also write the answer as a PDF for people." };
        var receipts = Paths("--receipt", "FILE", "A sealed receipt (seal receipt) that must confirm each signature. May be given several times; without any, DOCUMENT.receipt beside a document is read, if it is there.");
        var keys = Paths("--key", "FILE_OR_TEXT", "For receipts: a key of the log (C2SP signed-note, name+id+key), or a file with one a line, from a place that you trust.");
        var witnesses = Paths("--witness", "FILE_OR_TEXT", "For receipts: a key of a witness (C2SP tlog-cosignature) that must have cosigned. May be given several times.");
        Option<int?> needed = new("--witnesses-needed") { HelpName = "N", Description = "How many of them must have cosigned; by default all." };
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
            files, json, trust, signers, timestamps, sealMakers, policy, lists, answers, fetch, receipts, keys, witnesses, needed, requireLedger, language, report,
        };
        command.SetAction((parsed, cancellation) =>
        {
            VerifyRequest request = new(
                parsed.GetRequiredValue(files),
                new TrustRequest
                {
                    Everything = parsed.GetValue(trust) ?? [],
                    Signers = parsed.GetValue(signers) ?? [],
                    Timestamps = parsed.GetValue(timestamps) ?? [],
                    SealMakers = parsed.GetValue(sealMakers) ?? [],
                    Policy = parsed.GetValue(policy),
                    RevocationLists = parsed.GetValue(lists) ?? [],
                    OcspAnswers = parsed.GetValue(answers) ?? [],
                    Fetch = parsed.GetValue(fetch),
                },
                new ReceiptRequest(parsed.GetValue(receipts) ?? [], parsed.GetValue(keys) ?? [], parsed.GetValue(witnesses) ?? [], parsed.GetValue(needed)),
                parsed.GetValue(requireLedger) || parsed.GetValue(receipts) is { Length: > 0 },
                parsed.GetValue(json),
                Wording.Of(parsed.GetRequiredValue(language)),
                parsed.GetValue(report));
            return Verification.RunAsync(request, cancellation);
        });
        return command;
    }

    private static Option<string[]> Paths(string name, string kind, string description) => new(name) { HelpName = kind, Description = description };
}
