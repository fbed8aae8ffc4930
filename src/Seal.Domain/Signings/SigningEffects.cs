using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Organisations;
using Seal.Domain.Seals;

namespace Seal.Domain.Signings;

/// <summary>Read an uploaded file and see whether an impression can be put where it is asked for.</summary>
/// <param name="Document">The file.</param>
/// <param name="Seal">The seal.</param>
/// <param name="Page">The page, from 1.</param>
/// <param name="XMm">The impression's left edge from the page's left edge, in millimetres.</param>
/// <param name="YMm">The impression's upper edge from the page's upper edge, in millimetres.</param>
/// <param name="WidthMm">The impression's width in millimetres; 0 for a seal not made yet.</param>
/// <param name="HeightMm">The impression's height in millimetres; 0 for a seal not made yet.</param>
/// <param name="Further">Further places.</param>
/// <param name="Certify">What may be done to the document afterwards, if it is to be certified.</param>
/// <param name="Settle">Say where words were found, so that the places can be kept without the words.</param>
public sealed record PrepareDocument(
    DocumentId Document, SealId Seal, int Page, decimal XMm, decimal YMm, decimal WidthMm, decimal HeightMm, IReadOnlyList<Placing>? Further = null, int? Certify = null,
    bool Settle = false) : IEffect;

/// <summary>The impression fits.</summary>
/// <param name="Digest">SHA-256 (hex) of the file as uploaded.</param>
/// <param name="Format">What kind of file it is.</param>
/// <param name="Further">The further places, if they were to be settled: words have become the points where they stand.</param>
public sealed record DocumentPrepared(string Digest, DocumentFormat Format = DocumentFormat.Pdf, IReadOnlyList<Placing>? Further = null) : IOutcome;

/// <summary>The kinds of files that are sealed.</summary>
public enum DocumentFormat
{
    /// <summary>PDF (ISO 32000).</summary>
    Pdf,

    /// <summary>OFD (GB/T 33190), whose seals (GB/T 38540) are signed by SM2 keys alone.</summary>
    Ofd,
}

/// <summary>The file cannot be sealed like that.</summary>
/// <param name="Code">The code of a <see cref="DocumentRejections"/>.</param>
/// <param name="Field">The field of the command at fault, when it is another than the rejection's own.</param>
public sealed record DocumentUnfit(string Code, string? Field = null) : IOutcome;

/// <summary>Try to open a key with a PIN.</summary>
/// <param name="Holding">Whose key it is.</param>
/// <param name="Key">The vault's opaque name of the key.</param>
/// <param name="Pin">What the person typed.</param>
public sealed record CheckPin(HoldingId Holding, string Key, Pin Pin) : IEffect;

/// <summary>Whether the PIN opened the key.</summary>
/// <param name="Correct">It did.</param>
/// <param name="Key">The vault's opaque name of the key that was tried.</param>
public sealed record PinChecked(bool Correct, string? Key = null) : IOutcome;

/// <summary>Put the impression into the document and sign it with the key opened before; keep the file back until the signing is recorded.</summary>
/// <param name="Signing">The signing.</param>
/// <param name="Document">The file.</param>
/// <param name="Seal">The seal.</param>
/// <param name="Edition">The edition of the seal data to put in.</param>
/// <param name="Holding">The holding.</param>
/// <param name="Key">The vault's opaque name of its key.</param>
/// <param name="Certificate">Its certificate.</param>
/// <param name="Organisation">The seal's owner.</param>
/// <param name="Page">The page, from 1.</param>
/// <param name="XMm">The impression's left edge from the page's left edge, in millimetres.</param>
/// <param name="YMm">The impression's upper edge from the page's upper edge, in millimetres.</param>
/// <param name="Further">Further places.</param>
/// <param name="Certify">What may be done to the document afterwards, if it is to be certified.</param>
public sealed record MakeSignature(
    SigningId Signing,
    DocumentId Document,
    SealId Seal,
    int Edition,
    HoldingId Holding,
    string Key,
    CertificateId Certificate,
    OrganisationId Organisation,
    int Page,
    decimal XMm,
    decimal YMm,
    IReadOnlyList<Placing>? Further = null,
    int? Certify = null) : IEffect;

/// <summary>The signature is made and kept back.</summary>
/// <param name="SealedDigest">SHA-256 (hex) of the sealed file.</param>
/// <param name="SignatureDigest">SHA-256 (hex) of the signature container (DER).</param>
/// <param name="SignedDigest">Digest (hex) of the bytes signed (the byte range), by the signature's own algorithm.</param>
/// <param name="Level">How far the signature can be proven later.</param>
/// <param name="StampedAt">The time that its time stamp states (UTC); none without one.</param>
public sealed record SignatureMade(
    string SealedDigest, string SignatureDigest, string SignedDigest, SignatureLevel? Level = null, DateTimeOffset? StampedAt = null) : IOutcome;

/// <summary>The signature could not be made.</summary>
/// <param name="Code">What stood against it, a stable code.</param>
public sealed record SignatureFailed(string Code) : IOutcome;
