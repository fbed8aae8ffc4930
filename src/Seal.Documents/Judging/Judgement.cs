using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Seal.Documents.Judging;

/// <summary>The answer about one document.</summary>
public sealed record Judgement
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>The name the caller gave the file; empty if none.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 over the whole file, <c>sha256:</c> and lower-case hexadecimal digits.</summary>
    public required string Digest { get; init; }

    /// <summary>The worst verdict of the signatures.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Why, when it did not pass.</summary>
    public required SubIndication? SubIndication { get; init; }

    /// <summary>The signatures in the order in which they were made.</summary>
    public required IReadOnlyList<SignatureJudgement> Signatures { get; init; }

    /// <summary>The answer as JSON, names in camel case.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);
}

/// <summary>The answer about one signature.</summary>
public sealed record SignatureJudgement
{
    /// <summary>The signature field's name.</summary>
    public required string Id { get; init; }

    /// <summary>What container it is.</summary>
    public required SignatureKind Kind { get; init; }

    /// <summary>The verdict on this signature.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Why, when it did not pass.</summary>
    public required SubIndication? SubIndication { get; init; }

    /// <summary>Who signed, by the certificate; null when there is none to be read.</summary>
    public required SignerFacts? Signer { get; init; }

    /// <summary>When, UTC; null when nothing says so.</summary>
    public required DateTimeOffset? SignedAt { get; init; }

    /// <summary>Who says when.</summary>
    public required TimeSource TimeSource { get; init; }

    /// <summary>The seal as the ledger knows it; null when it does not or was not asked.</summary>
    public required SealFacts? Seal { get; init; }

    /// <summary>One row per check, always all of them, in order.</summary>
    public required IReadOnlyList<Check> Checks { get; init; }

    /// <summary>What was done to the document after this signature, one entry per later revision.</summary>
    public required IReadOnlyList<LaterChange> LaterChanges { get; init; }

    /// <summary>
    /// Length in bytes of the file as it was signed: its first so many bytes are a document of their own and show what
    /// was visible at signing. Null when the signature does not cover a revision.
    /// </summary>
    public required long? SignedLength { get; init; }

    /// <summary>The seal data inside the signature; null when it holds none that can be read.</summary>
    public SealDataFacts? SealData { get; init; }

    /// <summary>
    /// Where the seal is shown: in an OFD as the signature itself says, in a PDF as the widgets of its field stand on the pages as they
    /// are displayed now. Empty when nothing is shown.
    /// </summary>
    public IReadOnlyList<StampPlace> Places { get; init; } = [];
}

/// <summary>The seal data (GB/T 38540, GM/T 0031) inside a signature, as they stand there.</summary>
/// <param name="SealId">esID.</param>
/// <param name="Name">The seal's name.</param>
/// <param name="Version">header.version.</param>
/// <param name="Maker">Distinguished name of the maker's certificate; null when it cannot be read.</param>
/// <param name="ValidFrom">Start of the seal's validity, UTC.</param>
/// <param name="ValidUntil">End of the seal's validity, UTC.</param>
/// <param name="Picture">The picture; null unless the signature over it holds, so that nobody shows the seal of a forgery.</param>
public sealed record SealDataFacts(
    string SealId, string Name, int Version, string? Maker, DateTimeOffset ValidFrom, DateTimeOffset ValidUntil, SealPicture? Picture);

/// <summary>The picture of a seal.</summary>
/// <param name="Type">Kind of image as written: <c>PNG</c>, <c>SVG</c>, <c>ofd</c> and so on.</param>
/// <param name="WidthMm">Width in mm.</param>
/// <param name="HeightMm">Height in mm.</param>
/// <param name="Data">The image file; Base64 in JSON.</param>
public sealed record SealPicture(string Type, int WidthMm, int HeightMm, ReadOnlyMemory<byte> Data);

/// <summary>Where a seal, or a slice of it, is shown. Lengths are mm from the top left corner of the page.</summary>
/// <param name="Page">The page, counted from 1; null when the document has none such.</param>
/// <param name="XMm">Left edge.</param>
/// <param name="YMm">Top edge.</param>
/// <param name="WidthMm">Width of the whole seal; in a PDF of what is shown.</param>
/// <param name="HeightMm">Height of the whole seal; in a PDF of what is shown.</param>
/// <param name="Slice">The part that is shown: left, top, width and height within the seal, in mm; null when all of it is, and in a PDF, which does not tell.</param>
public sealed record StampPlace(int? Page, double XMm, double YMm, double WidthMm, double HeightMm, IReadOnlyList<double>? Slice);

/// <summary>The kind of signature container.</summary>
[JsonConverter(typeof(KebabCase<SignatureKind>))]
public enum SignatureKind
{
    /// <summary>None that is known.</summary>
    Unknown,

    /// <summary>CMS SignedData (RFC 5652).</summary>
    Cms,

    /// <summary>GB/T 35275 SignedData.</summary>
    GmSignedData,

    /// <summary>GB/T 38540 or GM/T 0031 SES_Signature.</summary>
    SesSignature,

    /// <summary>GB/T 38540 or GM/T 0031 SESeal by itself: no signature over a document.</summary>
    SealData,

    /// <summary>A document timestamp (RFC 3161).</summary>
    DocumentTimestamp,

    /// <summary>A signature value alone, with no certificate beside it.</summary>
    BareSignature,

    /// <summary>An RSA signature value over SHA-1 (adbe.x509.rsa_sha1).</summary>
    RsaSha1,
}

/// <summary>Who says when a signature was made.</summary>
[JsonConverter(typeof(KebabCase<TimeSource>))]
public enum TimeSource
{
    /// <summary>Nobody.</summary>
    None,

    /// <summary>The signer claims it.</summary>
    Claimed,

    /// <summary>The ledger recorded this very signature then.</summary>
    Ledger,

    /// <summary>A timestamp token proves it.</summary>
    Timestamp,
}

/// <summary>The signer by its certificate.</summary>
/// <param name="Subject">Distinguished name, readable.</param>
/// <param name="Issuer">Distinguished name, readable.</param>
/// <param name="SerialNumber">Lower-case hexadecimal digits.</param>
/// <param name="Thumbprint">SHA-256 of the certificate, lower-case hexadecimal digits.</param>
/// <param name="NotBefore">Start of validity, UTC.</param>
/// <param name="NotAfter">End of validity, UTC.</param>
public sealed record SignerFacts(
    string Subject, string Issuer, string SerialNumber, string Thumbprint, DateTimeOffset NotBefore, DateTimeOffset NotAfter);

/// <summary>One revision after the signature's.</summary>
/// <param name="Revision">Its number in the file, the original being 0.</param>
/// <param name="Kind">The gravest thing it does.</param>
/// <param name="Permitted">The rules that hold for this signature permit it.</param>
/// <param name="Details">What it does, for the eye.</param>
public sealed record LaterChange(int Revision, ChangeKind Kind, bool Permitted, IReadOnlyList<string> Details);
