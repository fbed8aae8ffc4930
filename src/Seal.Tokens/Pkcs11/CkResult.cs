namespace Seal.Tokens.Pkcs11;

/// <summary>Return values (CKR_…) that we decide by or can say in words.</summary>
internal enum CkResult : ulong
{
    Ok = 0,
    HostMemory = 0x02,
    SlotIdInvalid = 0x03,
    GeneralError = 0x05,
    FunctionFailed = 0x06,
    ArgumentsBad = 0x07,
    AttributeReadOnly = 0x10,
    AttributeSensitive = 0x11,
    AttributeTypeInvalid = 0x12,
    AttributeValueInvalid = 0x13,
    DataLenRange = 0x21,
    DeviceError = 0x30,
    DeviceMemory = 0x31,
    DeviceRemoved = 0x32,
    EncryptedDataInvalid = 0x40,
    EncryptedDataLenRange = 0x41,
    FunctionNotSupported = 0x54,
    KeyHandleInvalid = 0x60,
    KeySizeRange = 0x62,
    KeyFunctionNotPermitted = 0x68,
    MechanismInvalid = 0x70,
    MechanismParamInvalid = 0x71,
    ObjectHandleInvalid = 0x82,
    OperationActive = 0x90,
    OperationNotInitialized = 0x91,
    PinIncorrect = 0xA0,
    PinInvalid = 0xA1,
    PinLenRange = 0xA2,
    PinExpired = 0xA3,
    PinLocked = 0xA4,
    SessionClosed = 0xB0,
    SessionCount = 0xB1,
    SessionHandleInvalid = 0xB3,
    SessionExists = 0xB6,
    TemplateIncomplete = 0xD0,
    TemplateInconsistent = 0xD1,
    TokenNotPresent = 0xE0,
    TokenNotRecognized = 0xE1,
    TokenWriteProtected = 0xE2,
    UserAlreadyLoggedIn = 0x100,
    UserNotLoggedIn = 0x101,
    UserPinNotInitialized = 0x102,
    UserAnotherAlreadyLoggedIn = 0x104,
    CurveNotSupported = 0x140,
    CryptokiNotInitialized = 0x190,
    CryptokiAlreadyInitialized = 0x191,
}

internal static class CkResults
{
    /// <summary>The token is gone, or was and has come back: what was opened on it is void.</summary>
    public static bool IsLostConnection(this CkResult result) => result
        is CkResult.DeviceRemoved or CkResult.TokenNotPresent or CkResult.TokenNotRecognized or CkResult.DeviceError
        or CkResult.SlotIdInvalid or CkResult.SessionClosed or CkResult.SessionHandleInvalid or CkResult.UserNotLoggedIn
        or CkResult.KeyHandleInvalid or CkResult.ObjectHandleInvalid or CkResult.CryptokiNotInitialized;

    /// <summary>What a caller can do about it.</summary>
    public static TokenFailure Failure(this CkResult result) => result switch
    {
        CkResult.TokenNotPresent or CkResult.DeviceRemoved or CkResult.SlotIdInvalid => TokenFailure.Absent,
        CkResult.DeviceMemory or CkResult.HostMemory => TokenFailure.Full,
        CkResult.UserNotLoggedIn => TokenFailure.NotSignedIn,
        CkResult.PinLocked => TokenFailure.PinLocked,
        CkResult.MechanismInvalid or CkResult.MechanismParamInvalid or CkResult.KeySizeRange or CkResult.CurveNotSupported
            or CkResult.FunctionNotSupported => TokenFailure.Unsupported,
        _ => TokenFailure.Refused,
    };

    /// <summary>The code by its standard name and in words.</summary>
    public static string InWords(this CkResult result)
    {
        var words = result switch
        {
            CkResult.SlotIdInvalid => "there is no such slot",
            CkResult.GeneralError => "the token's software gives no reason",
            CkResult.FunctionFailed => "the token could not do it",
            CkResult.ArgumentsBad => "the token's software refuses the arguments",
            CkResult.AttributeSensitive => "the token does not give this away",
            CkResult.AttributeReadOnly or CkResult.AttributeTypeInvalid or CkResult.AttributeValueInvalid
                or CkResult.TemplateIncomplete or CkResult.TemplateInconsistent => "the token does not keep objects of this form",
            CkResult.KeySizeRange or CkResult.CurveNotSupported => "the token does not know this kind of key",
            CkResult.DeviceError => "the token has a fault",
            CkResult.DeviceMemory => "the token is full",
            CkResult.HostMemory => "the token's software has no memory left",
            CkResult.DataLenRange => "the token takes no data of this length",
            CkResult.DeviceRemoved or CkResult.TokenNotPresent => "the token was taken out",
            CkResult.TokenNotRecognized => "the token is not recognised",
            CkResult.TokenWriteProtected => "the token is write-protected",
            CkResult.EncryptedDataInvalid or CkResult.EncryptedDataLenRange => "the encrypted data was changed or is not this key's",
            CkResult.FunctionNotSupported => "the token's software does not have this function",
            CkResult.KeyFunctionNotPermitted => "the key may not be used for this",
            CkResult.MechanismInvalid or CkResult.MechanismParamInvalid => "the token does not know this algorithm",
            CkResult.PinIncorrect => "the PIN is wrong",
            CkResult.PinInvalid or CkResult.PinLenRange => "the PIN has a length or characters that the token does not take",
            CkResult.PinExpired => "the PIN must be changed first",
            CkResult.PinLocked => "the PIN is locked",
            CkResult.KeyHandleInvalid or CkResult.ObjectHandleInvalid => "the token no longer has this object",
            CkResult.SessionClosed or CkResult.SessionHandleInvalid => "the session was closed",
            CkResult.CryptokiNotInitialized => "the library has not started",
            CkResult.SessionCount => "the token has no session left",
            CkResult.SessionExists => "the token is in use",
            CkResult.UserNotLoggedIn => "nobody has signed in to the token",
            CkResult.UserPinNotInitialized => "the token has no PIN yet",
            CkResult.UserAnotherAlreadyLoggedIn => "the other role is signed in to the token",
            _ => "see the PKCS#11 standard",
        };
        return $"{Name(result)}, {words}";
    }

    /// <summary>The name in the standard, such as CKR_PIN_INCORRECT.</summary>
    public static string Name(this CkResult result) => Enum.IsDefined(result)
        ? "CKR_" + string.Concat(result.ToString().Select(static (c, i) => i > 0 && char.IsUpper(c) ? "_" + c : c.ToString())).ToUpperInvariant()
        : $"CKR 0x{(ulong)result:X}";
}
