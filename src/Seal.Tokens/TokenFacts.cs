namespace Seal.Tokens;

/// <summary>How many tries the user PIN has left, as far as PKCS#11 tells.</summary>
public enum PinTries
{
    /// <summary>No PIN has been set.</summary>
    NotSet,

    /// <summary>No wrong PIN since the last right one.</summary>
    All,

    /// <summary>At least one wrong PIN since the last right one.</summary>
    Fewer,

    /// <summary>One more wrong PIN locks the token.</summary>
    Last,

    /// <summary>The PIN is locked; the security officer can set a new one.</summary>
    None,
}

/// <summary>A token in a slot.</summary>
/// <param name="Slot">The slot's number.</param>
/// <param name="Label">The token's name, given at its initialisation.</param>
/// <param name="SerialNumber">The maker's serial number; tells tokens with equal labels apart.</param>
/// <param name="Manufacturer">Who made it.</param>
/// <param name="Model">Which model.</param>
/// <param name="IsInitialised">Whether it has a label and a security officer.</param>
/// <param name="Tries">The state of the user PIN.</param>
/// <param name="MinimumPinLength">Shortest PIN it takes, in bytes.</param>
/// <param name="MaximumPinLength">Longest PIN it takes, in bytes.</param>
public sealed record TokenFacts(
    ulong Slot,
    string Label,
    string SerialNumber,
    string Manufacturer,
    string Model,
    bool IsInitialised,
    PinTries Tries,
    int MinimumPinLength,
    int MaximumPinLength);
