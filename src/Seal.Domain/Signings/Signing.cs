using Seal.Domain.Deciding;
using Seal.Domain.Organisations;
using Seal.Domain.Persons;
using Seal.Domain.Seals;

namespace Seal.Domain.Signings;

/// <summary>One use of one seal on one document as its events have it.</summary>
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

    /// <summary>Who signs.</summary>
    public PersonId Person { get; init; }

    /// <summary>When it was asked for (UTC).</summary>
    public DateTimeOffset RequestedAt { get; init; }

    /// <inheritdoc/>
    public Signing Apply(IEvent happened) => happened switch
    {
        SigningRequested e => this with { Seal = e.Seal, Organisation = e.Organisation, Person = e.Person, RequestedAt = e.RequestedAt, Status = SigningStatus.Requested },
        SigningSealed => this with { Status = SigningStatus.Sealed },
        SigningDeclined => this with { Status = SigningStatus.Declined },
        SigningFailed => this with { Status = SigningStatus.Failed },
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
