using Seal.Domain.Deciding;

namespace Seal.Domain.Applications;

/// <summary>Takes an application back; its names are free again.</summary>
/// <param name="Application">The application.</param>
public sealed record WithdrawApplication(ApplicationId Application) : ICommand<WithdrawApplication>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(ApplicationId.StreamType, Role.LegalRepresentative) { Unknown = ApplicationRejections.ApplicationUnknown };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Application.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts) => known.Get<Application>(Application.Stream).Streams;

    /// <inheritdoc/>
    public static Decision Decide(WithdrawApplication command, States states, Facts facts)
    {
        var application = states.Get<Application>(command.Application.Stream);
        return application.Status is ApplicationStatus.UnderReview or ApplicationStatus.Returned
            ? Decision.Of(command.Application.Stream, new ApplicationWithdrawn()).And(application.Drop())
            : ApplicationRejections.ApplicationClosed;
    }
}

/// <summary>An application is taken back 已撤回.</summary>
[EventName("application.withdrawn")]
public sealed record ApplicationWithdrawn : IEvent;
