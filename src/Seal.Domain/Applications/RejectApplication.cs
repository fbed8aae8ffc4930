using Seal.Domain.Deciding;

namespace Seal.Domain.Applications;

/// <summary>Refuses an application for good; its names are free again.</summary>
/// <param name="Application">The application.</param>
/// <param name="Opinion">Why, in the reviewer's own words.</param>
public sealed record RejectApplication(ApplicationId Application, FreeText Opinion) : ICommand<RejectApplication>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(ApplicationId.StreamType, Role.Reviewer) { Unknown = ApplicationRejections.ApplicationUnknown };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Application.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts) => known.Get<Application>(Application.Stream).Streams;

    /// <inheritdoc/>
    public static Decision Decide(RejectApplication command, States states, Facts facts)
    {
        var application = states.Get<Application>(command.Application.Stream);
        if (!command.Opinion.IsWellFormed)
        {
            return TextRejections.OpinionMissing;
        }

        return application.WhyNotUnderReview is { } refused
            ? refused
            : Decision.Of(command.Application.Stream, new ApplicationRejected(command.Opinion.Commitment)).And(application.Drop());
    }
}

/// <summary>An application is refused 不予通过.</summary>
/// <param name="Opinion">Commitment to the reviewer's opinion.</param>
[EventName("application.rejected")]
public sealed record ApplicationRejected(Commitment Opinion) : IEvent;
