using Seal.Domain.Deciding;

namespace Seal.Domain.Applications;

/// <summary>Refusals that have to do with applications for seals.</summary>
[Rejections]
public static class ApplicationRejections
{
    /// <summary>There is no such application.</summary>
    public static Rejection ApplicationUnknown => new("application-unknown", RejectionKind.NotFound, "application");

    /// <summary>The application is with the applicant, not with the reviewer.</summary>
    public static Rejection ApplicationNotUnderReview => new("application-not-under-review", RejectionKind.Conflict);

    /// <summary>The application was not returned.</summary>
    public static Rejection ApplicationNotReturned => new("application-not-returned", RejectionKind.Conflict);

    /// <summary>The application is approved, rejected or withdrawn.</summary>
    public static Rejection ApplicationClosed => new("application-closed", RejectionKind.Conflict);

    /// <summary>No seal is asked for, or more than 20.</summary>
    public static Rejection SealsMalformed => new("seals-malformed", RejectionKind.Invalid, "seals");

    /// <summary>A seal's name is empty, too long, or has characters that no name has; <c>name</c> is the one.</summary>
    public static Rejection SealNameMalformed => new("seal-name-malformed", RejectionKind.Invalid, "seals");

    /// <summary>The same name is asked for twice in one application; <c>name</c> is the one.</summary>
    public static Rejection DuplicateName => new("duplicate-name", RejectionKind.Invalid, "seals");

    /// <summary>Another seal has the name; <c>name</c> is the one.</summary>
    public static Rejection SealNameTaken => new("seal-name-taken", RejectionKind.Conflict, "seals");

    /// <summary>A partnership with several managing partners applies at the window.</summary>
    public static Rejection WindowRequired => new("window-required", RejectionKind.Forbidden, "organisation");

    /// <summary>A bilingual seal needs a certified translation or the filing permit of the physical one.</summary>
    public static Rejection MaterialRequired => new("material-required", RejectionKind.Invalid, "seals");

    /// <summary>Only the legal-name seal of a foreign-funded company may be bilingual.</summary>
    public static Rejection EnglishNameNotAllowed => new("english-name-not-allowed", RejectionKind.Invalid, "seals");

    /// <summary>The organisation does not get its seals without applying.</summary>
    public static Rejection NotEntitled => new("not-entitled", RejectionKind.Conflict, "organisation");

    /// <summary>The organisation got its seals without applying before.</summary>
    public static Rejection AlreadyEntitled => new("already-entitled", RejectionKind.Conflict, "organisation");
}
