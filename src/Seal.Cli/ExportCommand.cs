using System.CommandLine;
using Seal.Cli.Evidence;
using Seal.Cli.Verifying;

namespace Seal.Cli;

/// <summary><c>seal export</c>: fetches evidence into one file that can be checked without the service.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var subject = new Argument<string>("SUBJECT") { Description = "A seal's number, or an organisation's unified social credit code for all its seals." };
        var file = new Option<string>("--out") { Description = "The file to write.", HelpName = "FILE", Required = true };
        var story = new Option<bool>("--without-uses") { Description = "Leave out the uses of the seals." };
        var service = CommandOptions.Service();
        var keys = CommandOptions.Keys();
        var token = CommandOptions.Token();
        var json = CommandOptions.Json();
        var language = CommandOptions.Language();

        var command = new Command("export", "Fetches all that happened to a seal into one file and checks it. Exit code: 0 in order, 1 not in order, 3 could not be fetched.")
        {
            subject, file, story, service, keys, token, json, language,
        };
        command.SetAction((parsed, cancellation) => ExportSession.RunAsync(
            new ExportRequest(
                parsed.GetRequiredValue(subject),
                parsed.GetRequiredValue(file),
                parsed.GetValue(story) ? EvidenceService.Story : EvidenceService.All,
                CommandOptions.ServiceOf(parsed.GetValue(service)),
                CommandOptions.TokenOf(parsed.GetValue(token)),
                parsed.GetValue(keys) ?? [],
                parsed.GetValue(json),
                parsed.GetRequiredValue(language) == Wording.Chinese),
            cancellation));
        return command;
    }
}
