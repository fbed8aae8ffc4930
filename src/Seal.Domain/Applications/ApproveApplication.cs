using Seal.Domain.Deciding;
using Seal.Domain.Seals;

namespace Seal.Domain.Applications;

/// <summary>Approves an application: its seals may be made.</summary>
/// <param name="Application">The application.</param>
public sealed record ApproveApplication(ApplicationId Application) : ICommand<ApproveApplication>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(ApplicationId.StreamType, Role.Reviewer) { Unknown = ApplicationRejections.ApplicationUnknown };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Application.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts) => known.Get<Application>(Application.Stream).Streams;

    /// <inheritdoc/>
    public static Decision Decide(ApproveApplication command, States states, Facts facts)
    {
        var application = states.Get<Application>(command.Application.Stream);
        return application.WhyNotUnderReview is { } refused
            ? refused
            : Decision.Of(command.Application.Stream, new ApplicationApproved())
                .And(application.Seals.Select(seal => new StreamEvent(seal.Seal.Stream, new SealApproved())));
    }
}

/// <summary>An application is approved 已通过.</summary>
[EventName("application.approved")]
public sealed record ApplicationApproved : IEvent;
