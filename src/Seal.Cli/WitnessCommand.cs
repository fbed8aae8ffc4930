using System.CommandLine;
using Seal.Cli.Witnessing;

namespace Seal.Cli;

/// <summary><c>seal witness</c>: watches logs for others and cosigns their checkpoints as long as they only grow.</summary>
internal static class WitnessCommand
{
    public static Command Create()
    {
        var listen = new Option<string>("--listen")
        {
            Description = "Where to listen, as address:port; port 0 takes a free one. Put a web server with TLS in front to be reached from outside.",
            HelpName = "ADDRESS:PORT",
            DefaultValueFactory = _ => "127.0.0.1:8090",
        };
        var state = new Option<string>("--state")
        {
            Description = "The folder that holds the last checkpoint of every log. Never put an old copy of it back: the witness would forget what it said.",
            HelpName = "FOLDER",
            Required = true,
        };
        var key = new Option<string>("--key") { Description = "The file of the witness's key; made on the first start, for its owner's eyes only.", HelpName = "FILE", Required = true };
        var name = new Option<string?>("--name")
        {
            Description = "The name of a key that is made: an address without a scheme, such as witness.example/w1. By default the machine's name.",
            HelpName = "NAME",
        };
        var logs = new Option<string[]>("--log")
        {
            Description = "A key of a log to watch (C2SP signed-note, name+id+key, the name being the log's origin), or a file with one a line. May be given several times.",
            HelpName = "FILE_OR_TEXT",
            Required = true,
        };
        var command = new Command("witness", "Cosigns the checkpoints of logs as long as they only grow (C2SP tlog-witness). Runs until it is stopped; exit code 3: could not start.")
        {
            listen, state, key, name, logs,
        };
        command.SetAction((parsed, cancellation) => WitnessSession.RunAsync(
            new WitnessRequest(
                parsed.GetRequiredValue(listen), parsed.GetRequiredValue(state), parsed.GetRequiredValue(key), parsed.GetValue(name), parsed.GetValue(logs) ?? []),
            cancellation));
        return command;
    }
}
