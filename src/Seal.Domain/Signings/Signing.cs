using System.Text.Json.Serialization;
using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Organisations;
using Seal.Domain.Persons;
using Seal.Domain.Seals;

namespace Seal.Domain.Signings;

/// <summary>One use of one seal on one document as its events have it: a row of the usage log 用章记录.</summary>
public sealed record Signing : IState<Signing>
{
    /// <inheritdoc/>
    public static string StreamType => SigningId.StreamType;

    /// <inheritdoc/>
    public static Signing Initial { get; } = new();

    /// <summary>Where it is in its life.</summary>
    public SigningStatus Status { get; init; }

    /// <summary>The seal.</summary>
    public SealId Seal { get; init; }

    /// <summary>Its owner.</summary>
    public OrganisationId Organisation { get; init; }

    /// <summary>The owner's region, six digits (GB/T 2260).</summary>
    public string Region { get; init; } = "";

    /// <summary>Who signs.</summary>
    public PersonId Person { get; init; }

    /// <summary>When it was asked for (UTC).</summary>
    public DateTimeOffset RequestedAt { get; init; }

    /// <summary>SHA-256 of the document before sealing, lower-case hex.</summary>
    public string DocumentDigest { get; init; } = "";

    /// <summary>Why it was refused or failed; empty when it was not.</summary>
    public string Code { get; init; } = "";

    /// <summary>The holding that signed; none before.</summary>
    public HoldingId? Holding { get; init; }

    /// <summary>The certificate that signed; none before.</summary>
    public CertificateId? Certificate { get; init; }

    /// <summary>The version of the seal's stream that it was sealed at; 0 before.</summary>
    public long SealVersion { get; init; }

    /// <summary>The edition of the seal that it was sealed with; 0 before.</summary>
    public int Edition { get; init; }

    /// <summary>SHA-256 of the sealed document, lower-case hex; empty before.</summary>
    public string SealedDigest { get; init; } = "";

    /// <summary>Digest of the bytes that the signature covers, by the signature's own algorithm, lower-case hex; empty before.</summary>
    public string SignedDigest { get; init; } = "";

    /// <summary>How far the signature can be proven later; none before, and none for what was sealed before there were levels.</summary>
    public SignatureLevel? Level { get; init; }

    /// <summary>The time that the signature's time stamp states (UTC); none without one.</summary>
    public DateTimeOffset? StampedAt { get; init; }

    /// <summary>When and by whom what proves it was last renewed; none when it never was.</summary>
    public EvidenceRenewal? Renewal { get; init; }

    /// <summary>Where on which document the seal is to go. It is not shown: whoever has a document's number can have it sealed, and so read.</summary>
    [JsonIgnore]
    public SealPlace Place { get; init; } = new();

    /// <summary>What a device is to sign; none once the signing has ended, or when the service has the key.</summary>
    public PreparedUse? Prepared { get; init; }

    /// <inheritdoc/>
    public Signing Apply(IEvent happened) => happened switch
    {
        SigningRequested e => this with
        {
            Seal = e.Seal,
            Organisation = e.Organisation,
            Region = e.Region,
            Person = e.Person,
            RequestedAt = e.RequestedAt,
            DocumentDigest = e.DocumentDigest,
            Place = new SealPlace { Document = e.Document, Page = e.Page, XMm = e.XMm, YMm = e.YMm },
            Status = SigningStatus.Requested,
        },
        DeviceSigningRequested e => this with
        {
            Seal = e.Seal,
            Organisation = e.Organisation,
            Region = e.Region,
            Person = e.Person,
            RequestedAt = e.RequestedAt,
            DocumentDigest = e.DocumentDigest,
            Place = new SealPlace { Document = e.Document, Page = e.Page, XMm = e.XMm, YMm = e.YMm, Further = e.Further, Certify = e.Certify },
            Status = SigningStatus.Requested,
        },
        SigningPrepared e => this with
        {
            Prepared = new PreparedUse
            {
                SealVersion = e.SealVersion,
                Edition = e.Edition,
                Holding = e.Holding,
                Certificate = e.Certificate,
                Algorithm = e.Algorithm,
                SignedAttributes = e.SignedAttributes,
                At = e.At,
                ExpiresAt = e.ExpiresAt,
            },
        },
        SigningSealed e => this with
        {
            Holding = e.Holding,
            Certificate = e.Certificate,
            SealVersion = e.SealVersion,
            Edition = e.Edition,
            SealedDigest = e.SealedDigest,
            SignedDigest = e.SignedDigest,
            Level = e.Level,
            StampedAt = e.StampedAt,
            Prepared = null,
            Status = SigningStatus.Sealed,
        },
        SigningEvidenceRenewed e => this with
        {
            Renewal = new EvidenceRenewal(e.By, e.Renewed, e.RenewedDigest, e.StampedAt, e.Complete),
        },
        SigningDeclined e => this with { Code = e.Code, Prepared = null, Status = SigningStatus.Declined },
        SigningFailed e => this with { Code = e.Code, Prepared = null, Status = SigningStatus.Failed },
        _ => this,
    };
}

/// <summary>The last renewal of what proves a sealed document.</summary>
/// <param name="By">Who had it renewed.</param>
/// <param name="Renewed">The file that waits to be fetched.</param>
/// <param name="Digest">SHA-256 (hex) of the renewed file.</param>
/// <param name="StampedAt">The time that its document time stamp states (UTC).</param>
/// <param name="Complete">Whether the revocation state of every certificate in the file could be had.</param>
public sealed record EvidenceRenewal(PersonId By, DocumentId Renewed, string Digest, DateTimeOffset StampedAt, bool Complete);

/// <summary>Where on a document a seal is to go.</summary>
public sealed record SealPlace
{
    /// <summary>The uploaded file.</summary>
    public DocumentId Document { get; init; }

    /// <summary>The page, from 1.</summary>
    public int Page { get; init; }

    /// <summary>The impression's left edge from the page's left edge, in millimetres.</summary>
    public decimal XMm { get; init; }

    /// <summary>The impression's upper edge from the page's upper edge, in millimetres.</summary>
    public decimal YMm { get; init; }

    /// <summary>Further places; kept only between the two steps of a device.</summary>
    public IReadOnlyList<Placing>? Further { get; init; }

    /// <summary>What may be done to the document afterwards, if it is to be certified; kept likewise.</summary>
    public int? Certify { get; init; }
}

/// <summary>What a device is to sign, and what must not have changed when it has.</summary>
public sealed record PreparedUse
{
    /// <summary>The version of the seal's stream.</summary>
    public long SealVersion { get; init; }

    /// <summary>The edition of the seal data.</summary>
    public int Edition { get; init; }

    /// <summary>The holding on the device.</summary>
    public HoldingId Holding { get; init; }

    /// <summary>Its certificate.</summary>
    public CertificateId Certificate { get; init; }

    /// <summary>The key's algorithm.</summary>
    public KeyAlgorithm Algorithm { get; init; }

    /// <summary>What is to be signed, DER in base64; a full stop stands for the seal data of the edition.</summary>
    public string SignedAttributes { get; init; } = "";

    /// <summary>The time that the signature will state (UTC).</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>From when the signature comes too late (UTC).</summary>
    public DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>Where a signing is in its life.</summary>
public enum SigningStatus
{
    /// <summary>No such signing.</summary>
    None,

    /// <summary>Asked for, and allowed so far.</summary>
    Requested,

    /// <summary>The document is sealed.</summary>
    Sealed,

    /// <summary>Refused by a rule.</summary>
    Declined,

    /// <summary>Something broke on the way.</summary>
    Failed,
}
