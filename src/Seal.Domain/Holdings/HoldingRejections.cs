using Seal.Domain.Deciding;

namespace Seal.Domain.Holdings;

/// <summary>Refusals that have to do with holdings and their PINs.</summary>
[Rejections]
public static class HoldingRejections
{
    /// <summary>There is no such holding.</summary>
    public static Rejection HoldingUnknown => new("holding-unknown", RejectionKind.NotFound);

    /// <summary>The seal was never offered to the actor.</summary>
    public static Rejection NothingToClaim => new("nothing-to-claim", RejectionKind.Conflict);

    /// <summary>The seal is claimed on this very device already.</summary>
    public static Rejection AlreadyClaimed => new("already-claimed", RejectionKind.Conflict, "device");

    /// <summary>The person holds the seal, or has it on offer.</summary>
    public static Rejection AlreadyHolder => new("already-holder", RejectionKind.Conflict, "person");

    /// <summary>The actor does not hold the seal.</summary>
    public static Rejection HolderUnknown => new("holder-unknown", RejectionKind.Forbidden);

    /// <summary>The authorisation was taken back.</summary>
    public static Rejection HoldingWithdrawn => new("holding-withdrawn", RejectionKind.Forbidden);

    /// <summary>The authorisation is over.</summary>
    public static Rejection HoldingExpired => new("holding-expired", RejectionKind.Forbidden);

    /// <summary>The authorisation has not begun.</summary>
    public static Rejection HoldingNotYetValid => new("holding-not-yet-valid", RejectionKind.Forbidden);

    /// <summary>The holder has not claimed the seal: there is no key.</summary>
    public static Rejection HoldingNotClaimed => new("holding-not-claimed", RejectionKind.Conflict);

    /// <summary>The period ends before it begins, or is over.</summary>
    public static Rejection PeriodMalformed => new("period-malformed", RejectionKind.Invalid, "until");

    /// <summary>The device's name is empty or too long.</summary>
    public static Rejection DeviceMalformed => new("device-malformed", RejectionKind.Invalid, "device");

    /// <summary>The PIN is not 6–32 printable characters.</summary>
    public static Rejection PinMalformed => new("pin-malformed", RejectionKind.Invalid, "pin");

    /// <summary>The PIN is wrong; <c>left</c> says how many more tries there are.</summary>
    public static Rejection PinWrong => new("pin-wrong", RejectionKind.Forbidden, "pin");

    /// <summary>Too many wrong PINs: it must be reset.</summary>
    public static Rejection PinLocked => new("pin-locked", RejectionKind.Forbidden, "pin");
}
