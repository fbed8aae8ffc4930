using System.CommandLine;
using Seal.Cli.Renewing;
using Seal.Cli.Ukey;

namespace Seal.Cli;

/// <summary><c>seal renew</c>: has the service renew what proves a sealed PDF.</summary>
internal static class RenewCommand
{
    public static Command Create()
    {
        UkeyOptions options = new();
        var file = new Argument<string>("FILE") { Description = "The sealed PDF; it stays as it is." };
        var output = new Option<string?>("--out") { Description = "Where the renewed file goes; by default FILE with -renewed before its ending.", HelpName = "FILE" };
        var signing = new Option<string?>("--signing") { Description = "The number of the signing that sealed it; by default the first that a signature in FILE names.", HelpName = "SIGNING" };
        var command = new Command(
            "renew",
            "Renews what proves a sealed PDF before it grows old: revocation states gathered anew, and a time stamp over all of it. Exit code: 0 done, 1 refused by the service, 3 the file or the service could not be read.")
        {
            file, output, signing,
        };
        options.AddServiceTo(command);
        command.SetAction((parsed, cancellation) => UkeyRun.AsAsync(() =>
        {
            var source = parsed.GetRequiredValue(file);
            var renewed = parsed.GetValue(output) ?? Path.Combine(Path.GetDirectoryName(source) ?? "", $"{Path.GetFileNameWithoutExtension(source)}-renewed{Path.GetExtension(source)}");
            return Renewal.RenewAsync(options.ServiceOf(parsed), source, renewed, parsed.GetValue(signing), cancellation);
        }));
        return command;
    }
}
