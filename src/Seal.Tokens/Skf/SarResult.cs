namespace Seal.Tokens.Skf;

/// <summary>Return values (SAR_…) of GM/T 0016, and those makers have added, that we decide by or can say in words.</summary>
internal enum SarResult : uint
{
    Ok = 0,
    Fail = 0x0A000001,
    UnknownError = 0x0A000002,
    NotSupported = 0x0A000003,
    FileError = 0x0A000004,
    InvalidHandle = 0x0A000005,
    InvalidParameter = 0x0A000006,
    NameLength = 0x0A000009,
    KeyUsage = 0x0A00000A,
    NotInitialised = 0x0A00000C,
    MemoryError = 0x0A00000E,
    Timeout = 0x0A00000F,
    InputLength = 0x0A000010,
    InputData = 0x0A000011,
    KeyNotFound = 0x0A00001B,
    CertificateNotFound = 0x0A00001C,
    NotExportable = 0x0A00001D,
    BufferTooSmall = 0x0A000020,
    DeviceRemoved = 0x0A000023,
    PinIncorrect = 0x0A000024,
    PinLocked = 0x0A000025,
    PinInvalid = 0x0A000026,
    PinLengthRange = 0x0A000027,
    UserAlreadyLoggedIn = 0x0A000028,
    UserPinNotInitialised = 0x0A000029,
    UserTypeInvalid = 0x0A00002A,
    ApplicationNameInvalid = 0x0A00002B,
    ApplicationExists = 0x0A00002C,
    UserNotLoggedIn = 0x0A00002D,
    ApplicationNotExists = 0x0A00002E,
    FileAlreadyExists = 0x0A00002F,
    NoRoom = 0x0A000030,
    FileNotExists = 0x0A000031,
    TooManyContainers = 0x0A000032,
}

internal static class SarResults
{
    /// <summary>The device is gone, or was and has come back: what was opened on it is void.</summary>
    public static bool IsLostConnection(this SarResult result) =>
        result is SarResult.DeviceRemoved or SarResult.InvalidHandle or SarResult.UserNotLoggedIn;

    /// <summary>What a caller can do about it.</summary>
    public static TokenFailure Failure(this SarResult result) => result switch
    {
        SarResult.DeviceRemoved => TokenFailure.Absent,
        SarResult.NoRoom or SarResult.TooManyContainers => TokenFailure.Full,
        SarResult.UserNotLoggedIn => TokenFailure.NotSignedIn,
        SarResult.PinLocked => TokenFailure.PinLocked,
        SarResult.NotSupported => TokenFailure.Unsupported,
        _ => TokenFailure.Refused,
    };

    /// <summary>The code by its standard name and in words.</summary>
    public static string InWords(this SarResult result)
    {
        var words = result switch
        {
            SarResult.Fail or SarResult.UnknownError => "the device gives no reason",
            SarResult.NotSupported => "the device does not have this function",
            SarResult.FileError => "the device could not keep or read the file",
            SarResult.InvalidHandle => "the device was taken out since it was opened",
            SarResult.InvalidParameter or SarResult.InputLength or SarResult.InputData => "the device refuses the arguments",
            SarResult.NameLength => "the name is too long",
            SarResult.KeyUsage => "the key may not be used for this",
            SarResult.NotInitialised => "the device is not initialised",
            SarResult.MemoryError => "the device's software has no memory left",
            SarResult.Timeout => "the device did not answer in time",
            SarResult.KeyNotFound => "there is no such key",
            SarResult.CertificateNotFound => "there is no such certificate",
            SarResult.NotExportable => "the device does not give this away",
            SarResult.BufferTooSmall => "the device wants more room than it said",
            SarResult.DeviceRemoved => "the device was taken out",
            SarResult.PinIncorrect => "the PIN is wrong",
            SarResult.PinLocked => "the PIN is locked",
            SarResult.PinInvalid or SarResult.PinLengthRange => "the PIN has a length or characters that the device does not take",
            SarResult.UserAlreadyLoggedIn => "somebody is signed in already",
            SarResult.UserPinNotInitialised => "the device has no PIN yet",
            SarResult.UserTypeInvalid => "the device does not know this role",
            SarResult.ApplicationNameInvalid => "the device does not take this application name",
            SarResult.ApplicationExists => "there is such an application already",
            SarResult.UserNotLoggedIn => "nobody has signed in to the device",
            SarResult.ApplicationNotExists => "there is no such application on the device",
            SarResult.FileAlreadyExists => "there is such a file already",
            SarResult.NoRoom => "the device is full",
            SarResult.FileNotExists => "there is no such file",
            SarResult.TooManyContainers => "the device takes no more containers",
            _ => "see GM/T 0016 or the maker's manual",
        };
        return $"{Name(result)}, {words}";
    }

    /// <summary>The name in the standard, such as SAR_PIN_INCORRECT; the number where the standard's name is of another pattern or there is none.</summary>
    public static string Name(this SarResult result) => result switch
    {
        SarResult.DeviceRemoved => "SAR_DEVICE_REMOVED",
        SarResult.PinIncorrect => "SAR_PIN_INCORRECT",
        SarResult.PinLocked => "SAR_PIN_LOCKED",
        SarResult.PinInvalid => "SAR_PIN_INVALID",
        SarResult.PinLengthRange => "SAR_PIN_LEN_RANGE",
        SarResult.UserNotLoggedIn => "SAR_USER_NOT_LOGGED_IN",
        SarResult.UserPinNotInitialised => "SAR_USER_PIN_NOT_INITIALIZED",
        SarResult.ApplicationNotExists => "SAR_APPLICATION_NOT_EXISTS",
        SarResult.NoRoom => "SAR_NO_ROOM",
        SarResult.TooManyContainers => "SAR_REACH_MAX_CONTAINER_COUNT",
        SarResult.FileNotExists => "SAR_FILE_NOT_EXIST",
        SarResult.CertificateNotFound => "SAR_CERTNOTFOUNTERR",
        _ => $"SAR 0x{(uint)result:X8}",
    };
}
