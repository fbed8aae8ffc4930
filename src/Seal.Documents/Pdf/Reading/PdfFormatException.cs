namespace Seal.Documents.Pdf;

/// <summary>
/// A file or a request that is refused. <see cref="Code"/> is one of <see cref="PdfProblem"/> and stable: callers
/// turn it into an answer; the message is for maintainers.
/// </summary>
public sealed class PdfFormatException : Exception
{
    /// <summary>Refuses with a code from <see cref="PdfProblem"/>.</summary>
    /// <param name="code">The stable code.</param>
    /// <param name="message">What exactly was met, in English.</param>
    /// <param name="limit">The property of <see cref="PdfLimits"/> that was passed, if one was.</param>
    public PdfFormatException(string code, string message, string? limit = null)
        : base(message)
    {
        Code = code;
        Limit = limit;
    }

    /// <summary>Refuses because of another error, which is kept as the cause.</summary>
    /// <param name="code">The stable code.</param>
    /// <param name="message">What exactly was met, in English.</param>
    /// <param name="cause">The error underneath.</param>
    public PdfFormatException(string code, string message, Exception cause)
        : base(message, cause) => Code = code;

    /// <summary>The stable code, one of <see cref="PdfProblem"/>.</summary>
    public string Code { get; }

    /// <summary>The property of <see cref="PdfLimits"/> that was passed; null when it was not about a limit.</summary>
    public string? Limit { get; }

    internal static PdfFormatException Damaged(string message) => new(PdfProblem.Damaged, message);
}

/// <summary>The stable codes of refusals; public API, never renamed.</summary>
public static class PdfProblem
{
    /// <summary>No <c>%PDF-</c> header.</summary>
    public const string NotAPdf = "not-a-pdf";

    /// <summary>The end of the file is missing: no <c>startxref</c> and <c>%%EOF</c>, or an update that is cut off.</summary>
    public const string Truncated = "pdf-truncated";

    /// <summary>The file is encrypted.</summary>
    public const string Encrypted = "pdf-encrypted";

    /// <summary>The structure contradicts itself or cannot be read.</summary>
    public const string Damaged = "pdf-damaged";

    /// <summary>The file, or something in it, is larger than the limits allow.</summary>
    public const string TooLarge = "pdf-too-large";

    /// <summary>More objects, values, pages, revisions or signatures than the limits allow.</summary>
    public const string TooManyObjects = "pdf-too-many-objects";

    /// <summary>Something in the file is nested deeper, or reading it takes longer, than the limits allow.</summary>
    public const string TooComplex = "pdf-too-complex";

    /// <summary>The page asked for does not exist.</summary>
    public const string PageNotFound = "page-not-found";

    /// <summary>The seal would stand partly or wholly outside the page as displayed.</summary>
    public const string StampOutsidePage = "stamp-outside-page";

    /// <summary>A certification in the file allows no further signature (DocMDP level 1).</summary>
    public const string CertifiedNoChanges = "pdf-certified-no-changes";

    /// <summary>A place lacks something that its kind needs, or cannot be combined with others.</summary>
    public const string PlacingIncomplete = "placing-incomplete";

    /// <summary>Documents of this format have no such places.</summary>
    public const string PlacingUnsupported = "placing-unsupported";

    /// <summary>A seal across the edges of pages needs two pages at least.</summary>
    public const string RidingNeedsPages = "riding-needs-pages";

    /// <summary>The text at which a seal is to stand is not on the pages.</summary>
    public const string TextNotFound = "text-not-found";

    /// <summary>There is no signature field of that name that waits to be signed.</summary>
    public const string FieldNotFound = "field-not-found";

    /// <summary>An earlier signature locks the field (FieldMDP).</summary>
    public const string FieldLocked = "pdf-field-locked";

    /// <summary>Only the first signature of a document can certify it.</summary>
    public const string AlreadySigned = "pdf-already-signed";

    /// <summary>There is no signature to be extended.</summary>
    public const string NotSigned = "pdf-not-signed";

    /// <summary>The signature made is longer than the room that was reserved for it.</summary>
    public const string SignatureTooLong = "pdf-signature-too-long";
}
