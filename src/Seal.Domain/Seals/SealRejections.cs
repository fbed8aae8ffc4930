using Seal.Domain.Deciding;

namespace Seal.Domain.Seals;

/// <summary>Refusals that have to do with a seal and its state.</summary>
[Rejections]
public static class SealRejections
{
    /// <summary>There is no such seal.</summary>
    public static Rejection SealUnknown => new("seal-unknown", RejectionKind.NotFound, "seal");

    /// <summary>The seal is not approved, or made already.</summary>
    public static Rejection SealNotApproved => new("seal-not-approved", RejectionKind.Conflict);

    /// <summary>The seal is not made, or filed already.</summary>
    public static Rejection SealNotMade => new("seal-not-made", RejectionKind.Conflict);

    /// <summary>The seal is not issued yet.</summary>
    public static Rejection SealNotIssued => new("seal-not-issued", RejectionKind.Conflict);

    /// <summary>The seal is not in use yet.</summary>
    public static Rejection SealNotActive => new("seal-not-active", RejectionKind.Conflict);

    /// <summary>The seal is frozen.</summary>
    public static Rejection SealFrozen => new("seal-frozen", RejectionKind.Conflict);

    /// <summary>The seal is not frozen.</summary>
    public static Rejection SealNotFrozen => new("seal-not-frozen", RejectionKind.Conflict);

    /// <summary>The seal's validity is over; it can be renewed.</summary>
    public static Rejection SealExpired => new("seal-expired", RejectionKind.Conflict);

    /// <summary>The seal is revoked, for good.</summary>
    public static Rejection SealRevoked => new("seal-revoked", RejectionKind.Gone);

    /// <summary>An authority froze the seal; only an authority may change that.</summary>
    public static Rejection FreezeByAuthority => new("freeze-by-authority", RejectionKind.Forbidden);

    /// <summary>An authority must name its order.</summary>
    public static Rejection OrderMissing => new("order-missing", RejectionKind.Invalid, "order");

    /// <summary>The number of an order is longer than <see cref="FreezeSeal.LongestOrder"/> characters, or has characters of control.</summary>
    public static Rejection OrderMalformed => new("order-malformed", RejectionKind.Invalid, "order");

    /// <summary>The seal code is not 13 digits.</summary>
    public static Rejection SealCodeMalformed => new("seal-code-malformed", RejectionKind.Invalid, "code");

    /// <summary>The seal code is another seal's.</summary>
    public static Rejection SealCodeTaken => new("seal-code-taken", RejectionKind.Conflict, "code");

    /// <summary>No impression can be made of these data; <c>why</c> says what stands against it.</summary>
    public static Rejection ImpressionImpossible => new("impression-impossible", RejectionKind.Conflict);

    /// <summary>The record-filing number is empty or too long.</summary>
    public static Rejection FilingNumberMalformed => new("filing-number-malformed", RejectionKind.Invalid, "filingNumber");

    /// <summary>More than one term of the seal's validity lies ahead.</summary>
    public static Rejection RenewalTooEarly => new("renewal-too-early", RejectionKind.Conflict);
}
