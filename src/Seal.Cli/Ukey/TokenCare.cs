using System.Globalization;
using Seal.Cli.Verifying;
using Seal.Tokens;

namespace Seal.Cli.Ukey;

/// <summary>What a holder does with a token alone: look at it, change its PIN, unlock it.</summary>
internal static class TokenCare
{
    /// <summary>Lists the tokens that are there.</summary>
    public static void List(TokenChoice choice)
    {
        using var library = choice.Library();
        var tokens = library.Tokens();
        foreach (var token in tokens)
        {
            Say($"{token.Label}  {token.Model}  {token.SerialNumber}  {token.Manufacturer}  PIN: {PinOf(token)}");
        }

        var blank = library.Blank();
        foreach (var one in blank)
        {
            Say($"(blank)  {one}");
        }

        if (tokens.Count + blank.Count == 0)
        {
            throw new UkeyException($"No token is in a slot of {library.Path}.", isRefused: false);
        }
    }

    /// <summary>Tells what a token is, and of one seal's certificate on it.</summary>
    public static void Tell(TokenChoice choice, string? seal)
    {
        using var opened = OpenToken.Open(choice);
        var facts = opened.Present;
        Say($"label          {facts.Label}");
        Say($"model          {facts.Model}");
        Say($"serial number  {facts.SerialNumber}");
        Say($"manufacturer   {facts.Manufacturer}");
        Say($"PIN            {Tries(opened.Token.UserPin())}{(facts.PinLengths.Length > 0 ? $", {facts.PinLengths}" : "")}");
        if (seal is null)
        {
            return;
        }

        if (opened.Token.ReadCertificate(seal) is { } certificate)
        {
            Say($"certificate    {Convert.ToHexStringLower(certificate.SerialNumber.Span)}, until {certificate.NotAfter:yyyy-MM-dd}, {certificate.Subject}");
        }
        else
        {
            Say($"certificate    none for seal {seal}");
        }

        Say($"seal data      {(opened.Token.ReadData(seal) is { } data ? string.Create(CultureInfo.InvariantCulture, $"{data.Length} bytes, GB/T 38540") : "none")}");
    }

    /// <summary>Changes the PIN.</summary>
    public static void ChangePin(TokenChoice choice, string? newPinFile)
    {
        using var opened = OpenToken.Open(choice);
        using var old = OpenToken.ReadPin(choice.PinFile, $"PIN of {opened.Token}", "--pin-file");
        using var fresh = OpenToken.ReadPin(newPinFile, "New PIN", "--new-pin-file");
        opened.RequirePin(opened.Token.ChangePin(old, fresh));
        Say($"{opened.Token}: the PIN is changed.");
    }

    /// <summary>Sets a new PIN with the security officer's.</summary>
    public static void Unlock(TokenChoice choice, string? officerPinFile, string? newPinFile)
    {
        using var opened = OpenToken.Open(choice);
        using var officer = OpenToken.ReadPin(officerPinFile, $"Security officer's PIN of {opened.Token}", "--officer-pin-file");
        using var fresh = OpenToken.ReadPin(newPinFile, "New PIN", "--new-pin-file");
        opened.RequireOfficerPin(opened.Token.Unblock(officer, fresh));
        Say($"{opened.Token}: the new PIN is set.");
    }

    /// <summary>Says something that may come from a token or from the service.</summary>
    public static void Say(string text) => Console.Out.WriteLine(PlainText.Of(text));

    // One that does not answer must not hide the others.
    private static string PinOf(PresentToken token)
    {
        try
        {
            using var device = token.Open();
            return Tries(device.UserPin());
        }
        catch (Exception told) when (told is UkeyException or TokenException)
        {
            return told.Message;
        }
    }

    private static string Tries(PinState state) => state switch
    {
        { Tries: PinTries.NotSet } => "not set",
        { Tries: PinTries.All } => "all tries left",
        { Tries: PinTries.Last } => "one try left",
        { Tries: PinTries.None } => "locked",
        { Remaining: { } left } => string.Create(CultureInfo.InvariantCulture, $"wrong before, {left} tries left"),
        _ => "wrong before, fewer tries left",
    };
}
