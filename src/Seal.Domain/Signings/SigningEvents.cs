using System.Text.Json.Nodes;
using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Organisations;
using Seal.Domain.Persons;
using Seal.Domain.Seals;

namespace Seal.Domain.Signings;

/// <summary>Somebody wants to put a seal on a document. It carries what the usage log 用章记录 shows, whatever comes of it.</summary>
/// <param name="Seal">The seal.</param>
/// <param name="Organisation">Its owner.</param>
/// <param name="Region">The owner's six-digit division code.</param>
/// <param name="Person">Who asks.</param>
/// <param name="Document">The uploaded file.</param>
/// <param name="DocumentDigest">SHA-256 (hex) of the file as uploaded.</param>
/// <param name="Page">The page, from 1.</param>
/// <param name="XMm">The impression's left edge from the page's left edge, in millimetres.</param>
/// <param name="YMm">The impression's upper edge from the page's upper edge, in millimetres.</param>
/// <param name="RequestedAt">When it was asked for (UTC).</param>
[EventName("signing.requested")]
public sealed record SigningRequested(
    SealId Seal,
    OrganisationId Organisation,
    string Region,
    PersonId Person,
    DocumentId Document,
    string DocumentDigest,
    int Page,
    decimal XMm,
    decimal YMm,
    DateTimeOffset RequestedAt) : IEvent;

/// <summary>The document is sealed. The seal, the holding and the certificate were at the versions read when this was appended.</summary>
/// <param name="SealVersion">The version of the seal's stream.</param>
/// <param name="Edition">The edition of the seal data that is in the document.</param>
/// <param name="Holding">The holding signed with.</param>
/// <param name="Certificate">The certificate signed with.</param>
/// <param name="SealedDigest">SHA-256 (hex) of the sealed file.</param>
/// <param name="SignatureDigest">SHA-256 (hex) of the signature container (CMS, DER).</param>
/// <param name="SignedDigest">Digest (hex) of the bytes signed (the byte range), by the signature's own algorithm.</param>
/// <param name="Level">How far the signature can be proven later.</param>
/// <param name="StampedAt">The time that the signature's time stamp states (UTC); none without one.</param>
[EventName("signing.sealed", 2)]
public sealed record SigningSealed(
    long SealVersion,
    int Edition,
    HoldingId Holding,
    CertificateId Certificate,
    string SealedDigest,
    string SignatureDigest,
    string SignedDigest,
    SignatureLevel? Level = null,
    DateTimeOffset? StampedAt = null) : IEvent;

/// <summary>The first version said nothing of levels: there was only one.</summary>
internal sealed class SigningSealedV1 : IUpcaster
{
    public string From => "signing.sealed.v1";

    public string To => "signing.sealed.v2";

    public JsonObject Upcast(JsonObject body) => body;
}

/// <summary>How far a signature can be proven later: the baseline levels of EN 319 142-1 §6, which name what lies in the file.</summary>
public enum SignatureLevel
{
    /// <summary>B-B: the signature alone; its time is only claimed in the file, and recorded in the ledger.</summary>
    Basic,

    /// <summary>B-T: with a time stamp.</summary>
    Timestamped,

    /// <summary>B-LT: also with certificates and their revocation state.</summary>
    LongTerm,

    /// <summary>B-LTA: also with a document time stamp over all of it.</summary>
    Archival,
}

/// <summary>A rule forbade the use.</summary>
/// <param name="Code">The code of the rejection.</param>
/// <param name="Stage">Where it was found out.</param>
[EventName("signing.declined")]
public sealed record SigningDeclined(string Code, DeclineStage Stage) : IEvent;

/// <summary>Something broke on the way; the document was not sealed.</summary>
/// <param name="Code">What broke; <c>interrupted</c> when nothing was heard of it in time.</param>
[EventName("signing.failed")]
public sealed record SigningFailed(string Code) : IEvent;

/// <summary>Where it was found out that a use is forbidden.</summary>
public enum DeclineStage
{
    /// <summary>When it was asked for.</summary>
    Decision,

    /// <summary>When the signature was to be recorded: something had changed since it was asked for.</summary>
    Append,
}
