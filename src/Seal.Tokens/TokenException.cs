using Seal.Tokens.Pkcs11;
using Seal.Tokens.Skf;

namespace Seal.Tokens;

/// <summary>What a caller can do about a token that did not do what it was asked.</summary>
public enum TokenFailure
{
    /// <summary>Nothing in particular; the message says what the token said.</summary>
    Refused,

    /// <summary>The token is not there; the same call works again once it is back.</summary>
    Absent,

    /// <summary>There is no room left on it.</summary>
    Full,

    /// <summary>Nobody has signed in, or the token has been out since and no PIN was kept.</summary>
    NotSignedIn,

    /// <summary>The PIN is locked; the security officer can set a new one.</summary>
    PinLocked,

    /// <summary>It does not know this algorithm, or its software lacks a function.</summary>
    Unsupported,
}

/// <summary>A token, or the software in front of it, did not do what it was asked. A wrong PIN is no exception but a <see cref="PinOutcome"/>.</summary>
public sealed class TokenException : Exception
{
    internal TokenException(string token, string function, CkResult result)
        : this(token, result, $"{function}: {result.InWords()}")
    {
    }

    internal TokenException(string token, CkResult result, string message)
        : base($"{token}: {message}.")
    {
        Token = token;
        Result = result;
        Code = result.Name();
        Failure = result.Failure();
    }

    internal TokenException(string token, string function, SarResult result)
        : this(token, result, $"{function}: {result.InWords()}")
    {
    }

    internal TokenException(string token, SarResult result, string message)
        : base($"{token}: {message}.")
    {
        Token = token;
        SkfResult = result;
        Code = result.Name();
        Failure = result.Failure();
    }

    internal TokenException(string token, TokenFailure failure, string message)
        : base($"{token}: {message}.")
    {
        Token = token;
        Code = "";
        Failure = failure;
    }

    /// <summary>Which token, as in messages: label, serial number and slot where they are known.</summary>
    public string Token { get; }

    /// <summary>The return value by its standard name, such as CKR_DEVICE_REMOVED or SAR_NO_ROOM; empty where our own check refused.</summary>
    public string Code { get; }

    /// <summary>What can be done about it.</summary>
    public TokenFailure Failure { get; }

    /// <summary>The token is not there; the same call works again once it is back.</summary>
    public bool IsAbsent => Failure == TokenFailure.Absent;

    /// <summary>What a PKCS#11 library returned, or null.</summary>
    internal CkResult? Result { get; }

    /// <summary>What an SKF library returned, or null.</summary>
    internal SarResult? SkfResult { get; }
}
