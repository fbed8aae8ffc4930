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
            Status = SigningStatus.Requested,
        },
        SigningSealed e => this with
        {
            Holding = e.Holding,
            Certificate = e.Certificate,
            SealVersion = e.SealVersion,
            Edition = e.Edition,
            SealedDigest = e.SealedDigest,
            SignedDigest = e.SignedDigest,
            Status = SigningStatus.Sealed,
        },
        SigningDeclined e => this with { Code = e.Code, Status = SigningStatus.Declined },
        SigningFailed e => this with { Code = e.Code, Status = SigningStatus.Failed },
        _ => this,
    };
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
