using System.CommandLine;
using Seal.Cli.Receipts;
using Seal.Cli.Verifying;

namespace Seal.Cli;

/// <summary><c>seal receipt</c>: fetches the sealed receipt of a signing, to be kept beside the document.</summary>
internal static class ReceiptCommand
{
    public static Command Create()
    {
        var signing = new Argument<string>("SIGNING") { Description = "The signing's number, as the service gave it." };
        var file = new Option<string>("--out")
        {
            Description = $"The file to write; as DOCUMENT{ReceiptFiles.Ending} beside the sealed DOCUMENT, seal verify finds it by itself.",
            HelpName = "FILE",
            Required = true,
        };
        var service = CommandOptions.Service();
        var keys = CommandOptions.Keys();
        var token = CommandOptions.Token();
        var language = CommandOptions.Language();

        var command = new Command("receipt", "Fetches the receipt of a signing and checks it. Exit code: 0 in order, 1 not in order, 3 could not be fetched.")
        {
            signing, file, service, keys, token, language,
        };
        command.SetAction((parsed, cancellation) => ReceiptSession.RunAsync(
            new ReceiptFetch(
                parsed.GetRequiredValue(signing),
                parsed.GetRequiredValue(file),
                CommandOptions.ServiceOf(parsed.GetValue(service)),
                CommandOptions.TokenOf(parsed.GetValue(token)),
                parsed.GetValue(keys) ?? [],
                parsed.GetRequiredValue(language) == Wording.Chinese),
            cancellation));
        return command;
    }
}
