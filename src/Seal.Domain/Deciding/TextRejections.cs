namespace Seal.Domain.Deciding;

/// <summary>Refusals of what people write in their own words: empty, or longer than <see cref="FreeText.MaximumLength"/>.</summary>
[Rejections]
public static class TextRejections
{
    /// <summary>A reason is needed.</summary>
    public static Rejection ReasonMissing => new("reason-missing", RejectionKind.Invalid, "reason");

    /// <summary>An opinion is needed.</summary>
    public static Rejection OpinionMissing => new("opinion-missing", RejectionKind.Invalid, "opinion");

    /// <summary>It must be said who the person is.</summary>
    public static Rejection IdentityMissing => new("identity-missing", RejectionKind.Invalid, "identity");
}
