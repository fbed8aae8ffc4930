using System.CommandLine;
using Seal.Cryptography.Keys;

namespace Seal.Cli.Ukey;

/// <summary>The options that the commands of a Ukey share.</summary>
internal sealed class UkeyOptions
{
    /// <summary>The environment variable of the PKCS#11 library.</summary>
    private const string ModuleVariable = "SEAL_PKCS11_MODULE";

    private readonly Option<string?> _pinFile = SecretFile("--pin-file", "token's PIN");
    private readonly Option<string?> _service = CommandOptions.Service();
    private readonly Option<string> _language = CommandOptions.Language();
    private readonly Option<string?> _passwordFile = SecretFile("--password-file", "account's password");

    private readonly Option<string?> _account = new("--account")
    {
        Description = "Your account with the service; the identity provider is asked under the same name for the proof that it is really you. To sign a file it may be left out: the token itself signs in then.",
        HelpName = "NAME",
    };

    public Option<string> Module { get; } = new("--module")
    {
        Description = $"The PKCS#11 library of the token's maker; by default that of the environment variable {ModuleVariable}.",
        HelpName = "PATH",
        Required = Environment.GetEnvironmentVariable(ModuleVariable) is null,
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(ModuleVariable) ?? "",
    };

    public Option<string?> Token { get; } = new("--token") { Description = "The token's label, where several are there.", HelpName = "LABEL" };

    public Argument<string> Seal { get; } = new("SEAL") { Description = "The seal's number." };

    public Option<string> Algorithm { get; } = Kinds();

    /// <summary>An option for a file that holds a secret.</summary>
    public static Option<string?> SecretFile(string name, string what) => new(name) { Description = $"The file whose first line is the {what}; without it the {what} is asked for.", HelpName = "FILE" };

    public void AddTo(Command command, bool withPin, bool withService)
    {
        command.Options.Add(Module);
        command.Options.Add(Token);
        if (withPin)
        {
            command.Options.Add(_pinFile);
        }

        if (withService)
        {
            AddServiceTo(command);
        }
    }

    public void AddServiceTo(Command command)
    {
        command.Options.Add(_service);
        command.Options.Add(_account);
        command.Options.Add(_passwordFile);
        command.Options.Add(_language);
    }

    public TokenChoice TokenOf(ParseResult parsed) => new(parsed.GetRequiredValue(Module), parsed.GetValue(Token), parsed.GetValue(_pinFile));

    public ServiceChoice ServiceOf(ParseResult parsed) =>
        new(CommandOptions.ServiceOf(parsed.GetValue(_service)), parsed.GetValue(_account), parsed.GetValue(_passwordFile), parsed.GetRequiredValue(_language));

    public SignatureAlgorithm AlgorithmOf(ParseResult parsed) => UkeySigning.AlgorithmOf(parsed.GetRequiredValue(Algorithm));

    private static Option<string> Kinds()
    {
        var algorithm = new Option<string>("--algorithm") { Description = "The kind of key.", DefaultValueFactory = _ => "ecdsa-p256" };
        algorithm.AcceptOnlyFromAmong("ecdsa-p256", "rsa2048");
        return algorithm;
    }
}
