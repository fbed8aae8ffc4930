using Seal.Tokens;

namespace Seal.Cli.Ukey;

/// <summary>Which token is meant.</summary>
/// <param name="Module">Its maker's PKCS#11 library.</param>
/// <param name="Label">Its label; <c>null</c>: the only one there is.</param>
/// <param name="PinFile">The file that holds its PIN; <c>null</c>: the PIN is asked for.</param>
internal sealed record TokenChoice(string Module, string? Label, string? PinFile);

/// <summary>A token that is in use, and its library.</summary>
internal sealed class OpenToken : IDisposable
{
    private OpenToken(Pkcs11Module module, Token token) => (Module, Token) = (module, token);

    public Pkcs11Module Module { get; }

    public Token Token { get; }

    /// <summary>Opens the token that is meant.</summary>
    /// <exception cref="UkeyException">It is not there.</exception>
    public static OpenToken Open(TokenChoice choice)
    {
        var module = Pkcs11Module.Load(choice.Module);
        try
        {
            return new OpenToken(module, module.Open(Choose(module, choice.Label)));
        }
        catch
        {
            module.Dispose();
            throw;
        }
    }

    /// <summary>Opens the token that is meant and signs in with its PIN.</summary>
    /// <exception cref="UkeyException">It is not there, or refuses the PIN.</exception>
    public static OpenToken SignedIn(TokenChoice choice)
    {
#pragma warning disable CA2000 // given back, or disposed below
        var opened = Open(choice);
#pragma warning restore CA2000
        try
        {
            using var pin = ReadPin(choice.PinFile, $"PIN of {opened.Token}", "--pin-file");
            Require(opened.Token.SignIn(pin), opened, "PIN");
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Reads a PIN.</summary>
    public static TokenPin ReadPin(string? file, string what, string option)
    {
        var secret = Secrets.Read(file, what, option);
        try
        {
            return new TokenPin(secret);
        }
        finally
        {
            Array.Clear(secret);
        }
    }

    /// <summary>Goes on only if the token has taken a PIN.</summary>
    /// <exception cref="UkeyException">It has not; the message says what is left to do.</exception>
    public static void Require(PinOutcome outcome, OpenToken opened, string pin)
    {
        var why = outcome switch
        {
            PinOutcome.Accepted => null,
            PinOutcome.Wrong when opened.Token.Facts().Tries == PinTries.Last => "is wrong; one more wrong one locks the token",
            PinOutcome.Wrong => "is wrong",
            PinOutcome.Locked => "is locked; the security officer's PIN unlocks it: seal ukey unlock",
            PinOutcome.Unfit => "has a length or characters that the token does not take",
            PinOutcome.NotSet => "is not set yet",
            _ => "has expired and must be changed first: seal ukey pin",
        };
        if (why is not null)
        {
            throw new UkeyException($"{opened.Token}: the {pin} {why}.", isRefused: true);
        }
    }

    public void Dispose()
    {
        Token.Dispose();
        Module.Dispose();
    }

    private static TokenFacts Choose(Pkcs11Module module, string? label)
    {
        TokenFacts[] there = [.. module.Tokens().Where(token => token.IsInitialised && (label is null || token.Label == label))];
        return there switch
        {
            [var one] => one,
            [] => throw new UkeyException(label is null ? $"No token is in a slot of {module.Path}." : $"No token '{label}' is in a slot of {module.Path}; seal ukey list shows those that are.", isRefused: false),
            _ => throw new UkeyException("Several tokens are there: name one with --token; seal ukey list shows them.", isRefused: false),
        };
    }
}
