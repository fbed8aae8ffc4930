namespace Seal.Documents.Ofd;

/// <summary>
/// A file or a request that is refused. <see cref="Code"/> is one of <see cref="OfdProblem"/> and stable: callers turn
/// it into an answer; the message is for maintainers.
/// </summary>
public sealed class OfdFormatException : Exception
{
    /// <summary>Refuses with a code from <see cref="OfdProblem"/>.</summary>
    /// <param name="code">The stable code.</param>
    /// <param name="message">What exactly was met, in English.</param>
    /// <param name="limit">The property of <see cref="OfdLimits"/> that was passed, if one was.</param>
    public OfdFormatException(string code, string message, string? limit = null)
        : base(message)
    {
        Code = code;
        Limit = limit;
    }

    /// <summary>Refuses because of another error, which is kept as the cause.</summary>
    /// <param name="code">The stable code.</param>
    /// <param name="message">What exactly was met, in English.</param>
    /// <param name="cause">The error underneath.</param>
    public OfdFormatException(string code, string message, Exception cause)
        : base(message, cause) => Code = code;

    /// <summary>The stable code, one of <see cref="OfdProblem"/>.</summary>
    public string Code { get; }

    /// <summary>The property of <see cref="OfdLimits"/> that was passed; null when it was not about a limit.</summary>
    public string? Limit { get; }

    internal static OfdFormatException Damaged(string message) => new(OfdProblem.Damaged, message);
}

/// <summary>The stable codes of refusals; public API, never renamed.</summary>
public static class OfdProblem
{
    /// <summary>No zip package, or one without a readable OFD.xml.</summary>
    public const string NotAnOfd = "not-an-ofd";

    /// <summary>The end of the package is missing: there is no central directory.</summary>
    public const string Truncated = "ofd-truncated";

    /// <summary>The package, or the document in it (GM/T 0099), is encrypted.</summary>
    public const string Encrypted = "ofd-encrypted";

    /// <summary>The structure contradicts itself or cannot be read.</summary>
    public const string Damaged = "ofd-damaged";

    /// <summary>The file, or something in it, is larger than the limits allow.</summary>
    public const string TooLarge = "ofd-too-large";

    /// <summary>More entries, pages, references or signatures than the limits allow.</summary>
    public const string TooManyEntries = "ofd-too-many-entries";

    /// <summary>Something in the file is nested deeper, or reading it takes longer, than the limits allow.</summary>
    public const string TooComplex = "ofd-too-complex";

    /// <summary>The page asked for does not exist.</summary>
    public const string PageNotFound = "page-not-found";

    /// <summary>The seal would stand partly or wholly outside the page.</summary>
    public const string StampOutsidePage = "stamp-outside-page";

    /// <summary>The text asked for is not on the pages, or not that often.</summary>
    public const string TextNotFound = "text-not-found";

    /// <summary>A seal across edges needs at least two pages.</summary>
    public const string RidingNeedsPages = "riding-needs-pages";

    /// <summary>Documents of this format have no such places.</summary>
    public const string PlacingUnsupported = "placing-unsupported";

    /// <summary>An OFD is closed or left open: there are no levels in between.</summary>
    public const string CertificationUnsupported = "certification-unsupported";

    /// <summary>A signature in the file protects the list of signatures: a further one would break it.</summary>
    public const string ListProtected = "ofd-list-protected";
}
