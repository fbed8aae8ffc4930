using Seal.Tokens.Pkcs11;

namespace Seal.Tokens;

/// <summary>A token, or the software in front of it, did not do what it was asked. A wrong PIN is no exception but a <see cref="PinOutcome"/>.</summary>
public sealed class TokenException : Exception
{
    internal TokenException(string token, string function, CkResult result)
        : base($"{token}: {function}: {result.InWords()}.")
    {
        Token = token;
        Result = result;
    }

    internal TokenException(string token, CkResult result, string message)
        : base($"{token}: {message}.")
    {
        Token = token;
        Result = result;
    }

    /// <summary>Which token, as in messages: label, serial number and slot where they are known.</summary>
    public string Token { get; }

    /// <summary>The return value by its standard name, such as CKR_DEVICE_REMOVED.</summary>
    public string Code => Result.Name();

    /// <summary>The token is not there; the same call works again once it is back.</summary>
    public bool IsAbsent => Result is CkResult.TokenNotPresent or CkResult.DeviceRemoved or CkResult.SlotIdInvalid;

    internal CkResult Result { get; }
}
