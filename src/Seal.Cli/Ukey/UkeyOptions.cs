using System.CommandLine;
using Seal.Cryptography.Keys;

namespace Seal.Cli.Ukey;

/// <summary>The options that the commands of a Ukey share.</summary>
internal sealed class UkeyOptions
{
    /// <summary>The environment variable of the PKCS#11 library.</summary>
    private const string ModuleVariable = "SEAL_PKCS11_MODULE";

    /// <summary>The environment variable of the SKF library.</summary>
    private const string SkfVariable = "SEAL_SKF_LIBRARY";

    /// <summary>The environment variable of the device profile.</summary>
    private const string ProfileVariable = "SEAL_DEVICE_PROFILE";

    private readonly Option<string?> _pinFile = SecretFile("--pin-file", "token's PIN");
    private readonly Option<string?> _service = CommandOptions.Service();
    private readonly Option<string> _language = CommandOptions.Language();
    private readonly Option<string?> _passwordFile = SecretFile("--password-file", "account's password");

    private readonly Option<string?> _account = new("--account")
    {
        Description = "Your account with the service; the identity provider is asked under the same name for the proof that it is really you. To sign a file it may be left out: the token itself signs in then.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _module = new("--module")
    {
        Description = $"The PKCS#11 library of the token's maker; by default that of the environment variable {ModuleVariable}.",
        HelpName = "PATH",
    };

    private readonly Option<string?> _skf = new("--skf")
    {
        Description = $"The SKF library (GM/T 0016) of the token's maker, in place of a PKCS#11 library; by default that of the environment variable {SkfVariable}.",
        HelpName = "PATH",
    };

    private readonly Option<string?> _application = new("--application") { Description = "The application on an SKF device, where it has several.", HelpName = "NAME" };

    private readonly Option<string?> _profile = new("--profile")
    {
        Description = $"The file that says how a PKCS#11 token signs with SM2 (docs/ukeys.md); by default that of the environment variable {ProfileVariable}.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _token = new("--token") { Description = "The token's label or serial number, where several are there.", HelpName = "LABEL" };

    private readonly Option<string?> _algorithm = Kinds();

    public Argument<string> Seal { get; } = new("SEAL") { Description = "The seal's number." };

    /// <summary>An option for a file that holds a secret.</summary>
    public static Option<string?> SecretFile(string name, string what) => new(name) { Description = $"The file whose first line is the {what}; without it the {what} is asked for.", HelpName = "FILE" };

    public void AddTo(Command command, bool withPin, bool withService)
    {
        AddLibraryTo(command);
        command.Options.Add(_token);
        if (withPin)
        {
            command.Options.Add(_pinFile);
        }

        if (withService)
        {
            AddServiceTo(command);
        }
    }

    public void AddLibraryTo(Command command)
    {
        command.Options.Add(_module);
        command.Options.Add(_skf);
        command.Options.Add(_application);
        command.Options.Add(_profile);
    }

    public void AddAlgorithmTo(Command command) => command.Options.Add(_algorithm);

    public void AddServiceTo(Command command)
    {
        command.Options.Add(_service);
        command.Options.Add(_account);
        command.Options.Add(_passwordFile);
        command.Options.Add(_language);
    }

    /// <summary>What is named on the command line comes before what the environment names.</summary>
    public TokenChoice TokenOf(ParseResult parsed)
    {
        var (module, skf) = (parsed.GetValue(_module), parsed.GetValue(_skf));
        if (module is null && skf is null)
        {
            module = Environment.GetEnvironmentVariable(ModuleVariable);
            skf = Environment.GetEnvironmentVariable(SkfVariable);
        }

        var profile = parsed.GetValue(_profile) ?? (skf is null ? Environment.GetEnvironmentVariable(ProfileVariable) : null);
        return new TokenChoice(module, skf, parsed.GetValue(_application), profile, parsed.GetValue(_token), parsed.GetValue(_pinFile));
    }

    public ServiceChoice ServiceOf(ParseResult parsed) =>
        new(CommandOptions.ServiceOf(parsed.GetValue(_service)), parsed.GetValue(_account), parsed.GetValue(_passwordFile), parsed.GetRequiredValue(_language));

    /// <summary>The kind of key that was named, or the first that the token signs with.</summary>
    public SignatureAlgorithm AlgorithmOf(ParseResult parsed) =>
        UkeySigning.AlgorithmOf(parsed.GetValue(_algorithm) ?? (TokenOf(parsed).SignsWithSm2 ? "sm2" : "ecdsa-p256"));

    private static Option<string?> Kinds()
    {
        var algorithm = new Option<string?>("--algorithm") { Description = "The kind of key; by default sm2 for an SKF device and with --profile, else ecdsa-p256.", HelpName = "ecdsa-p256|rsa2048|sm2" };
        algorithm.AcceptOnlyFromAmong("ecdsa-p256", "rsa2048", "sm2");
        return algorithm;
    }
}
