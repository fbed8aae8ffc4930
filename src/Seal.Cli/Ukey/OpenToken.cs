using Seal.Cryptography.Keys;
using Seal.Tokens;

namespace Seal.Cli.Ukey;

/// <summary>A token that is in use, and its library.</summary>
internal sealed class OpenToken : IDisposable
{
    private readonly ITokenLibrary _library;
    private readonly TokenChoice _choice;

    private OpenToken(TokenChoice choice, ITokenLibrary library, PresentToken present)
    {
        (_choice, _library, Present) = (choice, library, present);
        Token = present.Open();
    }

    /// <summary>What it was when it was opened.</summary>
    public PresentToken Present { get; }

    public IHolderDevice Token { get; }

    /// <summary>Opens the token that is meant.</summary>
    /// <exception cref="UkeyException">It is not there.</exception>
    public static OpenToken Open(TokenChoice choice)
    {
#pragma warning disable CA2000 // goes into what is given back, or is disposed below
        var library = choice.Library();
#pragma warning restore CA2000
        try
        {
            return new OpenToken(choice, library, Choose(library, choice.Label));
        }
        catch
        {
            library.Dispose();
            throw;
        }
    }

    /// <summary>Opens the token that is meant and signs in with its PIN.</summary>
    /// <exception cref="UkeyException">It is not there, or refuses the PIN.</exception>
    public static OpenToken SignedIn(TokenChoice choice, string label)
    {
#pragma warning disable CA2000 // given back, or disposed below
        var opened = Open(choice);
#pragma warning restore CA2000
        try
        {
            opened.SignIn(label);
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Signs in with the token's PIN. Where the choice names a device profile, it is proven then.</summary>
    /// <param name="label">The label of the key pair that is to be used.</param>
    /// <exception cref="UkeyException">The token refuses the PIN.</exception>
    /// <exception cref="TokenException">The profile does not fit it.</exception>
    public void SignIn(string label)
    {
        using var pin = ReadPin(_choice.PinFile, $"PIN of {Token}", "--pin-file");
        RequirePin(Token.SignIn(pin));
        if (_choice.Profile is { } profile)
        {
            Pkcs11Library.Register(Token, DeviceProfile.Parse(File.ReadAllText(profile)), label);
        }
    }

    /// <summary>The key pair of a label, or null if there is none.</summary>
    /// <exception cref="UkeyException">It is of another kind, or the token does not sign so.</exception>
    public ISigner? FindSigner(string label, SignatureAlgorithm algorithm)
    {
        RequireAble(algorithm);
        var found = Token.FindSigner(label, algorithm);
        return found is null || Signatures.AlgorithmOf(found.SubjectPublicKeyInfo) == algorithm
            ? found
            : throw new UkeyException($"{Token} has a key '{label}' of another kind than was asked for: name its kind with --algorithm, or use another token.", isRefused: false);
    }

    /// <summary>Goes on only if the token can sign so as it was chosen.</summary>
    /// <exception cref="UkeyException">It cannot.</exception>
    public void RequireAble(SignatureAlgorithm algorithm)
    {
        if (algorithm == SignatureAlgorithm.Sm2Sm3 && !_choice.SignsWithSm2)
        {
            throw new UkeyException($"{Token}: PKCS#11 has no standard way of signing with SM2. Name its maker's with --profile (docs/ukeys.md).", isRefused: false);
        }

        if (algorithm != SignatureAlgorithm.Sm2Sm3 && _choice.Skf is not null)
        {
            throw new UkeyException($"{Token}: keys on SKF devices are SM2 here.", isRefused: false);
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

    /// <summary>Goes on only if the token has taken its PIN.</summary>
    /// <exception cref="UkeyException">It has not; the message says what is left to do.</exception>
    public void RequirePin(PinOutcome outcome) => Require(outcome, "PIN", outcome == PinOutcome.Wrong ? Left(Token.UserPin()) : "");

    /// <summary>Goes on only if the token has taken the security officer's PIN.</summary>
    /// <exception cref="UkeyException">It has not.</exception>
    public void RequireOfficerPin(PinOutcome outcome) => Require(outcome, "security officer's PIN", "wrong ones may be counted");

    public void Dispose()
    {
        Token.Dispose();
        _library.Dispose();
    }

    private void Require(PinOutcome outcome, string pin, string left)
    {
        var why = outcome switch
        {
            PinOutcome.Accepted => null,
            PinOutcome.Wrong => $"is wrong; {left}",
            PinOutcome.Locked => "is locked; the security officer's PIN unlocks it: seal ukey unlock",
            PinOutcome.Unfit => $"has a length or characters that the token does not take{(Present.PinLengths.Length > 0 ? $"; it takes {Present.PinLengths}" : "")}",
            PinOutcome.NotSet => "is not set yet",
            _ => "has expired and must be changed first: seal ukey pin",
        };
        if (why is not null)
        {
            throw new UkeyException($"{Token}: the {pin} {why}.", isRefused: true);
        }
    }

    private static string Left(PinState state) => state switch
    {
        { Tries: PinTries.Last } => "one more wrong one locks the token",
        { Remaining: { } left } => $"{left} tries are left",
        _ => "wrong ones are counted, and lock the token",
    };

    private static PresentToken Choose(ITokenLibrary library, string? label)
    {
        PresentToken[] there = [.. library.Tokens().Where(token => label is null || token.Label == label || token.SerialNumber == label)];
        return there switch
        {
            [var one] => one,
            [] => throw new UkeyException(label is null ? $"No token is in a slot of {library.Path}." : $"No token '{label}' is in a slot of {library.Path}; seal ukey list shows those that are.", isRefused: false),
            _ => throw new UkeyException("Several tokens are there: name one with --token, by its label or serial number; seal ukey list shows them.", isRefused: false),
        };
    }
}
