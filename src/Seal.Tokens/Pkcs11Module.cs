using System.Runtime.InteropServices;
using Seal.Tokens.Pkcs11;

namespace Seal.Tokens;

/// <summary>
/// A maker's PKCS#11 library. PKCS#11 knows one initialisation and one sign-in per process and library:
/// several modules over one file share both, and the first one loaded ends them when it is disposed.
/// </summary>
public sealed unsafe class Pkcs11Module : IDisposable
{
    private readonly bool _isOwner;
    private int _disposed;

    private Pkcs11Module(string path, FunctionList functions, bool isOwner)
    {
        Path = path;
        Functions = functions;
        _isOwner = isOwner;
    }

    /// <summary>The library's file.</summary>
    public string Path { get; }

    /// <summary>Whether something else in this process had initialised the library before.</summary>
    public bool WasInitialisedBefore => !_isOwner;

    internal FunctionList Functions { get; }

    /// <summary>Loads a library and initialises it for use by several threads.</summary>
    /// <exception cref="DllNotFoundException">There is no such library.</exception>
    /// <exception cref="TokenException">It does not start.</exception>
    public static Pkcs11Module Load(string path)
    {
        // Never unloaded: libraries of this kind leave threads and exit handlers behind.
        var library = NativeLibrary.Load(path);
        var functions = new FunctionList(NativeLibrary.GetExport(library, "C_GetFunctionList"));
        var arguments = new CkInitializeArguments { Flags = Ck.Flag.OsLockingOk };
        var result = (CkResult)functions.Initialize(&arguments);
        return result is CkResult.Ok or CkResult.CryptokiAlreadyInitialized
            ? new Pkcs11Module(path, functions, isOwner: result == CkResult.Ok)
            : throw new TokenException(path, "C_Initialize", result);
    }

    /// <summary>The tokens that are in a slot now, initialised or not.</summary>
    public IReadOnlyList<TokenFacts> Tokens()
    {
        nuint count;
        // With no room given, the module first looks for slots that have come or gone (§5.5).
        Check(Functions.GetSlotList(1, null, &count), "C_GetSlotList");
        var slots = new nuint[(int)count + 16];
        count = (nuint)slots.Length;
        fixed (nuint* start = slots)
        {
            Check(Functions.GetSlotList(1, start, &count), "C_GetSlotList");
        }

        return [.. slots[..(int)count].Select(TryDescribe).OfType<TokenFacts>()];
    }

    /// <summary>The one token with this label.</summary>
    /// <exception cref="TokenException">There is none, or more than one.</exception>
    public Token Open(string label)
    {
        TokenFacts[] fitting = [.. Tokens().Where(token => token.IsInitialised && token.Label == label)];
        return fitting switch
        {
            [var token] => new Token(this, token),
            [] => throw new TokenException($"Token '{label}'", CkResult.TokenNotPresent, "it is in no slot"),
            _ => throw new TokenException(
                $"Token '{label}'", CkResult.ArgumentsBad, "several tokens have this label; open one by its facts"),
        };
    }

    /// <summary>The token these facts were read from.</summary>
    public Token Open(TokenFacts facts) => new(this, facts);

    /// <summary>
    /// Gives a token its label and both PINs. Everything that was on it is destroyed. No session may be open on it.
    /// </summary>
    /// <exception cref="TokenException">It refused, also for a wrong security officer's PIN on a token initialised before.</exception>
    public void Initialise(TokenFacts token, string label, TokenPin securityOfficerPin, TokenPin userPin)
    {
        var padded = new byte[32];
        padded.AsSpan().Fill((byte)' ');
        System.Text.Encoding.UTF8.GetBytes(label, padded);
        fixed (byte* labelStart = padded, pin = securityOfficerPin.Utf8)
        {
            Check(
                Functions.InitToken((nuint)token.Slot, pin, (nuint)securityOfficerPin.Utf8.Length, labelStart),
                "C_InitToken");
        }

        SetFirstPin(token, securityOfficerPin, userPin);
    }

    /// <summary>Ends the library if this module began it; every token opened through it is void then.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0 && _isOwner)
        {
            Functions.Finalize(null);
        }
    }

    /// <summary>Sets the user PIN as security officer, on a token that nobody is signed in to.</summary>
    internal void SetFirstPin(TokenFacts token, TokenPin securityOfficerPin, TokenPin userPin)
    {
        var name = $"Token '{token.Label}' in slot {token.Slot}";
        using var session = new TokenSession(Functions, (nuint)token.Slot, name);
        Check(session.Login(Ck.User.SecurityOfficer, securityOfficerPin.Utf8), "C_Login as security officer", name);
        Check(session.InitPin(userPin.Utf8), "C_InitPIN", name);
        session.Logout();
    }

    /// <summary>The facts of a slot's token, or null if it was taken out in the meantime.</summary>
    internal TokenFacts? TryDescribe(nuint slot)
    {
        CkTokenInfo info;
        var result = (CkResult)Functions.GetTokenInfo(slot, &info);
        if (result is CkResult.TokenNotPresent or CkResult.DeviceRemoved or CkResult.TokenNotRecognized or CkResult.SlotIdInvalid)
        {
            return null;
        }

        Check(result, "C_GetTokenInfo", $"Slot {slot}");
        return new TokenFacts(
            slot,
            CkTokenInfo.Text(info.Label, 32),
            CkTokenInfo.Text(info.SerialNumber, 16),
            CkTokenInfo.Text(info.ManufacturerId, 32),
            CkTokenInfo.Text(info.Model, 16),
            (info.Flags & Ck.Flag.TokenInitialized) != 0,
            Tries(info.Flags),
            (int)info.MinPinLength,
            (int)info.MaxPinLength);
    }

    private static PinTries Tries(nuint flags) =>
        (flags & Ck.Flag.UserPinInitialized) == 0 ? PinTries.NotSet
        : (flags & Ck.Flag.UserPinLocked) != 0 ? PinTries.None
        : (flags & Ck.Flag.UserPinFinalTry) != 0 ? PinTries.Last
        : (flags & Ck.Flag.UserPinCountLow) != 0 ? PinTries.Fewer
        : PinTries.All;

    private void Check(nuint result, string function) => Check((CkResult)result, function, Path);

    private static void Check(CkResult result, string function, string token)
    {
        if (result != CkResult.Ok)
        {
            throw new TokenException(token, function, result);
        }
    }
}
