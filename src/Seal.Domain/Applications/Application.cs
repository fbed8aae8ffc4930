using System.Text.Json.Serialization;
using Seal.Domain.Deciding;
using Seal.Domain.Organisations;

namespace Seal.Domain.Applications;

/// <summary>A request for seals and its review as its events have it.</summary>
public sealed record Application : IState<Application>
{
    /// <inheritdoc/>
    public static string StreamType => ApplicationId.StreamType;

    /// <inheritdoc/>
    public static Application Initial { get; } = new();

    /// <summary>Who wants the seals.</summary>
    public OrganisationId Organisation { get; init; }

    /// <summary>Where it is in its review.</summary>
    public ApplicationStatus Status { get; init; }

    /// <summary>The seals asked for, as last submitted.</summary>
    public IReadOnlyList<RequestedSeal> Seals { get; init; } = [];

    /// <summary>How many seals were ever asked for in it; the next one gets the next number.</summary>
    public int Numbered { get; init; }

    /// <summary>The streams a review touches: the organisation's, the seals' and their names'.</summary>
    [JsonIgnore]
    public IEnumerable<StreamId> Streams =>
        [Organisation.Stream, .. Seals.SelectMany(seal => new[] { seal.Seal.Stream, Reservations.SealName(seal.Name) })];

    /// <summary>Why it cannot be reviewed now; <c>null</c> when it can.</summary>
    [JsonIgnore]
    public Rejection? WhyNotUnderReview => Status switch
    {
        ApplicationStatus.UnderReview => null,
        ApplicationStatus.Returned => ApplicationRejections.ApplicationNotUnderReview,
        _ => ApplicationRejections.ApplicationClosed,
    };

    /// <summary>Gives the seals up and sets their names free.</summary>
    internal IEnumerable<StreamEvent> Drop() => Seals.SelectMany(seal => new StreamEvent[]
    {
        new(seal.Seal.Stream, new Domain.Seals.SealDropped()),
        new(Reservations.SealName(seal.Name), new NameReleased()),
    });

    /// <inheritdoc/>
    public Application Apply(IEvent happened) => happened switch
    {
        ApplicationSubmitted e => this with { Organisation = e.Organisation, Seals = e.Seals, Numbered = e.Seals.Count, Status = ApplicationStatus.UnderReview },
        ApplicationEntitled e => this with { Organisation = e.Organisation, Seals = e.Seals, Numbered = e.Seals.Count, Status = ApplicationStatus.Approved },
        ApplicationResubmitted { Seals: { } seals } => this with { Seals = seals, Numbered = Numbered + seals.Count, Status = ApplicationStatus.UnderReview },
        ApplicationResubmitted => this with { Status = ApplicationStatus.UnderReview },
        ApplicationReturned => this with { Status = ApplicationStatus.Returned },
        ApplicationApproved => this with { Status = ApplicationStatus.Approved },
        ApplicationRejected => this with { Status = ApplicationStatus.Rejected },
        ApplicationWithdrawn => this with { Status = ApplicationStatus.Withdrawn },
        _ => this,
    };
}

/// <summary>Where an application is in its review.</summary>
public enum ApplicationStatus
{
    /// <summary>No such application.</summary>
    None,

    /// <summary>Waiting for the reviewer 待审批.</summary>
    UnderReview,

    /// <summary>Returned to be mended 已退回.</summary>
    Returned,

    /// <summary>Approved 已通过.</summary>
    Approved,

    /// <summary>Rejected 不予通过.</summary>
    Rejected,

    /// <summary>Withdrawn by the applicant 已撤回.</summary>
    Withdrawn,
}
