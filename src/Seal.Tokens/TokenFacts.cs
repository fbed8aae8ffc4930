namespace Seal.Tokens;

/// <summary>How many tries the user PIN has left, as far as every kind of device tells.</summary>
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

/// <summary>The state of a PIN.</summary>
/// <param name="Tries">As far as every device tells.</param>
/// <param name="Remaining">How many tries are left, where the device counts them out loud (SKF does, PKCS#11 does not).</param>
public sealed record PinState(PinTries Tries, int? Remaining = null);

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
/// <param name="MaximumSessions">Most sessions one application may have open, or null where the token sets no limit.</param>
public sealed record TokenFacts(
    ulong Slot,
    string Label,
    string SerialNumber,
    string Manufacturer,
    string Model,
    bool IsInitialised,
    PinTries Tries,
    int MinimumPinLength,
    int MaximumPinLength,
    int? MaximumSessions);
