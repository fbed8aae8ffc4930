using System.CommandLine;
using Seal.Cli.Verifying;

namespace Seal.Cli;

/// <summary>The options that commands of auditors share, with the same names and words.</summary>
internal static class CommandOptions
{
    /// <summary>The environment variable of the bearer token.</summary>
    private const string TokenVariable = "SEAL_TOKEN";

    /// <summary>The environment variable of the service's address.</summary>
    private const string ServiceVariable = "SEAL_URL";

    public static Option<string[]> Keys() => new("--key")
    {
        Description = "A key of the log (C2SP signed-note, name+id+key), or a file with one a line. May be given several times; without any, signatures are not checked, and the answer says so.",
        HelpName = "FILE_OR_TEXT",
    };

    public static Option<string?> Token() => new("--token")
    {
        Description = $"A bearer token, for a service; by default that of the environment variable {TokenVariable}.",
        HelpName = "TOKEN",
    };

    public static Option<string?> Service() => new("--service")
    {
        Description = $"The address of the service; by default that of the environment variable {ServiceVariable}.",
        HelpName = "URL",
    };

    public static Option<bool> Json() => new("--json") { Description = "Answer in JSON." };

    public static Option<string> Language()
    {
        var language = new Option<string>("--lang")
        {
            Description = "The language of the sentences; by default that of the environment.",
            DefaultValueFactory = _ => Wording.FromEnvironment(),
        };
        language.AcceptOnlyFromAmong(Wording.Chinese, Wording.English);
        return language;
    }

    public static string? TokenOf(string? given) => given ?? Environment.GetEnvironmentVariable(TokenVariable);

    public static string? ServiceOf(string? given) => given ?? Environment.GetEnvironmentVariable(ServiceVariable);
}
