using Seal.Domain.Deciding;

namespace Seal.Domain.Apps;

/// <summary>Refusals that have to do with apps.</summary>
[Rejections]
public static class AppRejections
{
    /// <summary>There is no such app.</summary>
    public static Rejection AppUnknown => new("app-unknown", RejectionKind.NotFound, "app");

    /// <summary>The app is another organisation's.</summary>
    public static Rejection AppOfOther => new("app-of-other", RejectionKind.Conflict, "app");

    /// <summary>The seal is granted to the app already.</summary>
    public static Rejection AlreadyGranted => new("already-granted", RejectionKind.Conflict, "app");
}
