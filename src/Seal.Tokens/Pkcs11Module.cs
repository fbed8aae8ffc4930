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
    private readonly ModuleLife _life = new();
    private readonly List<TokenSessions> _connected = [];
    private int _starts;
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
        var result = Start(functions);
        return result is CkResult.Ok or CkResult.CryptokiAlreadyInitialized
            ? new Pkcs11Module(path, functions, isOwner: result == CkResult.Ok)
            : throw new TokenException(path, "C_Initialize", result);
    }

    /// <summary>The tokens that are in a slot now, initialised or not.</summary>
    public IReadOnlyList<TokenFacts> Tokens()
    {
        using var _ = Running();
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
    /// <param name="label">The token's name.</param>
    /// <param name="sessions">Most sessions kept open for callers at once; fewer where the token allows fewer.</param>
    /// <exception cref="TokenException">There is none, or more than one.</exception>
    public Token Open(string label, int sessions = Token.DefaultSessions)
    {
        TokenFacts[] fitting = [.. Tokens().Where(token => token.IsInitialised && token.Label == label)];
        return fitting switch
        {
            [var token] => new Token(this, token, sessions),
            [] => throw new TokenException($"Token '{label}'", CkResult.TokenNotPresent, "it is in no slot"),
            _ => throw new TokenException(
                $"Token '{label}'", CkResult.ArgumentsBad, "several tokens have this label; open one by its facts"),
        };
    }

    /// <summary>The token these facts were read from.</summary>
    /// <param name="facts">One of <see cref="Tokens"/>.</param>
    /// <param name="sessions">Most sessions kept open for callers at once; fewer where the token allows fewer.</param>
    public Token Open(TokenFacts facts, int sessions = Token.DefaultSessions) => new(this, facts, sessions);

    /// <summary>
    /// Gives a token its label and both PINs. Everything that was on it is destroyed. No session may be open on it.
    /// </summary>
    /// <exception cref="TokenException">It refused, also for a wrong security officer's PIN on a token initialised before.</exception>
    public void Initialise(TokenFacts token, string label, TokenPin securityOfficerPin, TokenPin userPin)
    {
        var padded = new byte[32];
        padded.AsSpan().Fill((byte)' ');
        System.Text.Encoding.UTF8.GetBytes(label, padded);
        using var _ = Running();
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
            _life.Alone(() => Functions.Finalize(null));
        }
    }

    /// <summary>How often the library was started.</summary>
    internal int Starts => Volatile.Read(ref _starts);

    /// <summary>To be held during calls into the library, so that it is not started anew under them.</summary>
    internal ModuleLife.Call Running() => _life.Running();

    internal void Connected(TokenSessions token)
    {
        lock (_connected)
        {
            _connected.Add(token);
        }
    }

    internal void Disconnected(TokenSessions token)
    {
        lock (_connected)
        {
            _connected.Remove(token);
        }
    }

    /// <summary>
    /// Starts the library anew, unless that was done since <paramref name="start"/>: some see a token that came
    /// back, or a server behind them that did, only then. Not where it would cut off other tokens that are in use.
    /// </summary>
    /// <param name="serialNumber">The token that was lost.</param>
    /// <param name="start"><see cref="Starts"/> before the call that failed.</param>
    /// <returns>Whether there was a new start.</returns>
    internal bool TryRestart(string serialNumber, int start)
    {
        lock (_connected)
        {
            if (!_isOwner || _disposed != 0 || _connected.Exists(other => other.SerialNumber != serialNumber))
            {
                return false;
            }
        }

        _life.Alone(() =>
        {
            if (_starts == start)
            {
                Functions.Finalize(null);
                Start(Functions); // where it does not start, the next call says so
                Volatile.Write(ref _starts, start + 1);
            }
        });
        return true;
    }

    /// <summary>Sets the user PIN as security officer, on a token that nobody is signed in to.</summary>
    internal void SetFirstPin(TokenFacts token, TokenPin securityOfficerPin, TokenPin userPin)
    {
        var name = $"Token '{token.Label}' in slot {token.Slot}";
        using var _ = Running();
        using var session = new TokenSession(Functions, (nuint)token.Slot, name);
        Check(session.Login(Ck.User.SecurityOfficer, securityOfficerPin.Utf8), "C_Login as security officer", name);
        Check(session.InitPin(userPin.Utf8), "C_InitPIN", name);
        session.Logout();
    }

    /// <summary>The facts of a slot's token, or null if it was taken out in the meantime or has a fault: the others are still listed.</summary>
    internal TokenFacts? TryDescribe(nuint slot)
    {
        CkTokenInfo info;
        var result = (CkResult)Functions.GetTokenInfo(slot, &info);
        if (result is CkResult.TokenNotPresent or CkResult.DeviceRemoved or CkResult.TokenNotRecognized or CkResult.SlotIdInvalid
            or CkResult.DeviceError or CkResult.GeneralError or CkResult.FunctionFailed)
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
            (int)info.MaxPinLength,
            Limit(info.MaxSessionCount, info.MaxRwSessionCount));
    }

    private static CkResult Start(FunctionList functions)
    {
        var arguments = new CkInitializeArguments { Flags = Ck.Flag.OsLockingOk };
        return (CkResult)functions.Initialize(&arguments);
    }

    /// <summary>The smaller count; 0 means no limit and all ones that the token does not say (§3.2).</summary>
    private static int? Limit(params ReadOnlySpan<nuint> counts)
    {
        int? limit = null;
        foreach (var count in counts)
        {
            if (count is > 0 and < int.MaxValue && (limit is null || (int)count < limit))
            {
                limit = (int)count;
            }
        }

        return limit;
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
