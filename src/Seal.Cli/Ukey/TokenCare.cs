using System.Globalization;
using Seal.Cli.Verifying;
using Seal.Tokens;

namespace Seal.Cli.Ukey;

/// <summary>What a holder does with a token alone: look at it, change its PIN, unlock it.</summary>
internal static class TokenCare
{
    /// <summary>Lists the tokens that are there.</summary>
    public static void List(string path)
    {
        using var module = Pkcs11Module.Load(path);
        var tokens = module.Tokens();
        foreach (var token in tokens)
        {
            Say(token.IsInitialised ? $"{token.Label}  {token.Model}  {token.SerialNumber}  {token.Manufacturer}  PIN: {Tries(token.Tries)}" : $"(blank)  {token.Model}  slot {token.Slot.ToString(CultureInfo.InvariantCulture)}");
        }

        if (tokens.Count == 0)
        {
            throw new UkeyException($"No token is in a slot of {path}.", isRefused: false);
        }
    }

    /// <summary>Tells what a token is, and of one seal's certificate on it.</summary>
    public static void Tell(TokenChoice choice, string? seal)
    {
        using var opened = OpenToken.Open(choice);
        var facts = opened.Token.Facts();
        Say($"label          {facts.Label}");
        Say($"model          {facts.Model}");
        Say($"serial number  {facts.SerialNumber}");
        Say($"manufacturer   {facts.Manufacturer}");
        Say($"PIN            {Tries(facts.Tries)}, {facts.MinimumPinLength}–{facts.MaximumPinLength} bytes");
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
        OpenToken.Require(opened.Token.ChangePin(old, fresh), opened, "PIN");
        Say($"{opened.Token}: the PIN is changed.");
    }

    /// <summary>Sets a new PIN with the security officer's.</summary>
    public static void Unlock(TokenChoice choice, string? officerPinFile, string? newPinFile)
    {
        using var opened = OpenToken.Open(choice);
        using var officer = OpenToken.ReadPin(officerPinFile, $"Security officer's PIN of {opened.Token}", "--officer-pin-file");
        using var fresh = OpenToken.ReadPin(newPinFile, "New PIN", "--new-pin-file");
        OpenToken.Require(opened.Token.Unblock(officer, fresh), opened, "security officer's PIN");
        Say($"{opened.Token}: the new PIN is set.");
    }

    /// <summary>Says something that may come from a token or from the service.</summary>
    public static void Say(string text) => Console.Out.WriteLine(PlainText.Of(text));

    private static string Tries(PinTries tries) => tries switch
    {
        PinTries.NotSet => "not set",
        PinTries.All => "all tries left",
        PinTries.Fewer => "wrong before, fewer tries left",
        PinTries.Last => "one try left",
        _ => "locked",
    };
}
