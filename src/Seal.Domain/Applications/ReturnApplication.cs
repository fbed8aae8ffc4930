using Seal.Domain.Deciding;

namespace Seal.Domain.Applications;

/// <summary>Gives an application back to be mended.</summary>
/// <param name="Application">The application.</param>
/// <param name="Opinion">Why, in the reviewer's own words.</param>
public sealed record ReturnApplication(ApplicationId Application, FreeText Opinion) : ICommand<ReturnApplication>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(ApplicationId.StreamType, Role.Reviewer) { Unknown = ApplicationRejections.ApplicationUnknown };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Application.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts) => known.Get<Application>(Application.Stream).Streams;

    /// <inheritdoc/>
    public static Decision Decide(ReturnApplication command, States states, Facts facts)
    {
        var application = states.Get<Application>(command.Application.Stream);
        if (!command.Opinion.IsWellFormed)
        {
            return TextRejections.OpinionMissing;
        }

        return application.WhyNotUnderReview is { } refused
            ? refused
            : Decision.Of(command.Application.Stream, new ApplicationReturned(command.Opinion.Commitment));
    }
}

/// <summary>An application is back with the applicant 已退回.</summary>
/// <param name="Opinion">Commitment to the reviewer's opinion.</param>
[EventName("application.returned")]
public sealed record ApplicationReturned(Commitment Opinion) : IEvent;
