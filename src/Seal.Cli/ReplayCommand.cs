using System.CommandLine;
using Seal.Cli.Evidence;
using Seal.Cli.Replaying;
using Seal.Cli.Verifying;

namespace Seal.Cli;

/// <summary><c>seal replay</c>: tells a seal's story, every event of it checked.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var seal = new Argument<string>("SEAL") { Description = "The seal's number, for a service; or an evidence file, then no service is asked." };
        var asOf = new Option<string?>("--as-of") { Description = "Only what had happened by this time (RFC 3339, or a date).", HelpName = "TIME" };
        var version = new Option<long?>("--version") { Description = "Only what had happened when the seal was at this version.", HelpName = "N" };
        var difference = new Option<string[]>("--diff")
        {
            Description = "What changed between two versions or times.",
            HelpName = "A B",
            Arity = new ArgumentArity(2, 2),
            AllowMultipleArgumentsPerToken = true,
        };
        var uses = new Option<bool>("--uses") { Description = "Tell every use of the seal as well." };
        var service = CommandOptions.Service();
        var keys = CommandOptions.Keys();
        var token = CommandOptions.Token();
        var json = CommandOptions.Json();
        var language = CommandOptions.Language();

        var command = new Command("replay", "Tells a seal's story, with the proof of each event. Exit code: 0 all of it proven, 1 not proven, 3 could not be read.")
        {
            seal, asOf, version, difference, uses, service, keys, token, json, language,
        };
        command.Validators.Add(result =>
        {
            // Tokens, not values: of an option that lacks one there is no value to ask for.
            var between = result.GetResult(difference)?.Tokens.Select(token => token.Value).ToList() ?? [];
            if (new[] { result.GetResult(asOf) is not null, result.GetResult(version) is not null, between.Count > 0 }.Count(given => given) > 1)
            {
                result.AddError("Only one of --as-of, --version and --diff can be given.");
            }

            foreach (var text in between.Concat(result.GetResult(asOf)?.Tokens.Select(token => token.Value) ?? []).Where(text => Moment.Read(text) is null))
            {
                result.AddError($"'{PlainText.Of(text)}' is neither a version nor a time.");
            }
        });
        version.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && long.TryParse(given.Value, out var number) && number < 1)
            {
                result.AddError("Versions are counted from 1.");
            }
        });
        command.SetAction((parsed, cancellation) =>
        {
            var between = parsed.GetValue(difference) is { Length: 2 } two ? two : null;
            return ReplaySession.RunAsync(
                new ReplayRequest(
                    parsed.GetRequiredValue(seal),
                    CommandOptions.ServiceOf(parsed.GetValue(service)),
                    CommandOptions.TokenOf(parsed.GetValue(token)),
                    parsed.GetValue(keys) ?? [],
                    (between?[1] ?? parsed.GetValue(asOf)) is { } until ? Moment.Read(until) : parsed.GetValue(version) is { } number ? new Moment(number, null) : null,
                    between is null ? null : Moment.Read(between[0]),
                    parsed.GetValue(uses) ? EvidenceService.All : EvidenceService.Story,
                    parsed.GetValue(json),
                    parsed.GetRequiredValue(language) == Wording.Chinese),
                cancellation);
        });
        return command;
    }
}
