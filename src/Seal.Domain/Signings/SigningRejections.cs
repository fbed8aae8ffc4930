using Seal.Domain.Deciding;

namespace Seal.Domain.Signings;

/// <summary>Refusals that have to do with one use of a seal.</summary>
[Rejections]
public static class SigningRejections
{
    /// <summary>There is no such signing.</summary>
    public static Rejection SigningUnknown => new("signing-unknown", RejectionKind.NotFound, "signing");

    /// <summary>The signing is not older than the time it may take.</summary>
    public static Rejection SigningInProgress => new("signing-in-progress", RejectionKind.Conflict);

    /// <summary>The signing has come to its end.</summary>
    public static Rejection SigningFinished => new("signing-finished", RejectionKind.Conflict);

    /// <summary>The signing was prepared for another person.</summary>
    public static Rejection SigningOfOther => new("signing-of-other", RejectionKind.Forbidden, "signing");

    /// <summary>The time for the device's signature is over.</summary>
    public static Rejection SigningExpired => new("signing-expired", RejectionKind.Conflict);

    /// <summary>The seal, its signers or the certificate have changed since the signing was prepared.</summary>
    public static Rejection SealChanged => new("seal-changed", RejectionKind.Conflict);

    /// <summary>The certificate's key did not make this signature over what it was given.</summary>
    public static Rejection SignatureInvalid => new("signature-invalid", RejectionKind.Invalid, "signature");

    /// <summary>The signature could not be made; <c>code</c> says what stood against it.</summary>
    public static Rejection SignatureFailed => new("signature-failed", RejectionKind.Conflict);
}

/// <summary>Refusals of the file itself, with the codes under which the reader of documents reports them.</summary>
[Rejections]
public static class DocumentRejections
{
    /// <summary>There is no such file, or it was deleted.</summary>
    public static Rejection DocumentUnknown => new("document-unknown", RejectionKind.NotFound, "document");

    /// <summary>The file is neither a PDF nor an OFD.</summary>
    public static Rejection NotAPdf => new("not-a-pdf", RejectionKind.Invalid, "document");

    /// <summary>The file ends too early.</summary>
    public static Rejection PdfTruncated => new("pdf-truncated", RejectionKind.Invalid, "document");

    /// <summary>The file is encrypted.</summary>
    public static Rejection PdfEncrypted => new("pdf-encrypted", RejectionKind.Invalid, "document");

    /// <summary>The file's structure is broken.</summary>
    public static Rejection PdfDamaged => new("pdf-damaged", RejectionKind.Invalid, "document");

    /// <summary>The file is larger than allowed.</summary>
    public static Rejection PdfTooLarge => new("pdf-too-large", RejectionKind.Invalid, "document");

    /// <summary>The file has more objects than allowed.</summary>
    public static Rejection PdfTooManyObjects => new("pdf-too-many-objects", RejectionKind.Invalid, "document");

    /// <summary>The file's objects are nested too deeply or refer to each other too often.</summary>
    public static Rejection PdfTooComplex => new("pdf-too-complex", RejectionKind.Invalid, "document");

    /// <summary>An earlier signature forbids every change.</summary>
    public static Rejection PdfCertifiedNoChanges => new("pdf-certified-no-changes", RejectionKind.Conflict, "document");

    /// <summary>The file is a package, but no OFD.</summary>
    public static Rejection NotAnOfd => new("not-an-ofd", RejectionKind.Invalid, "document");

    /// <summary>The OFD ends too early.</summary>
    public static Rejection OfdTruncated => new("ofd-truncated", RejectionKind.Invalid, "document");

    /// <summary>The OFD is encrypted.</summary>
    public static Rejection OfdEncrypted => new("ofd-encrypted", RejectionKind.Invalid, "document");

    /// <summary>The OFD is broken or ambiguous.</summary>
    public static Rejection OfdDamaged => new("ofd-damaged", RejectionKind.Invalid, "document");

    /// <summary>The OFD, or something in it, is larger than allowed.</summary>
    public static Rejection OfdTooLarge => new("ofd-too-large", RejectionKind.Invalid, "document");

    /// <summary>The OFD has more entries than allowed.</summary>
    public static Rejection OfdTooManyEntries => new("ofd-too-many-entries", RejectionKind.Invalid, "document");

    /// <summary>The OFD is nested too deeply.</summary>
    public static Rejection OfdTooComplex => new("ofd-too-complex", RejectionKind.Invalid, "document");

    /// <summary>An earlier signature protects the list of signatures.</summary>
    public static Rejection OfdListProtected => new("ofd-list-protected", RejectionKind.Conflict, "document");

    /// <summary>The file is an OFD, and the key is not for SM2.</summary>
    public static Rejection OfdNeedsSm2 => new("ofd-needs-sm2", RejectionKind.Conflict, "document");

    /// <summary>The file has no such page.</summary>
    public static Rejection PageNotFound => new("page-not-found", RejectionKind.Invalid, "page");

    /// <summary>The impression would reach over the page's edge.</summary>
    public static Rejection StampOutsidePage => new("stamp-outside-page", RejectionKind.Invalid, "xMm");

    /// <summary>The refusal with a code, naming a field when the reader does; an unknown code is passed on as it is.</summary>
    public static Rejection Of(string code, string? field)
    {
        var known = RejectionCatalog.Find(code) ?? new Rejection(code, RejectionKind.Invalid, "document");
        return field is null ? known : known with { Field = field };
    }
}
