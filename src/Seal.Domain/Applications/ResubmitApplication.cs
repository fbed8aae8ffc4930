using Seal.Domain.Deciding;
using Seal.Domain.Organisations;

namespace Seal.Domain.Applications;

/// <summary>Hands a returned application in again, with the same seals or with others in their place.</summary>
/// <param name="Application">The application.</param>
/// <param name="Seals">The seals now asked for; <c>null</c>: as before.</param>
public sealed record ResubmitApplication(ApplicationId Application, IReadOnlyList<SealRequest>? Seals = null) : ICommand<ResubmitApplication>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(ApplicationId.StreamType, Role.LegalRepresentative)
    {
        NeedsProof = true,
        Unknown = ApplicationRejections.ApplicationUnknown,
    };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Application.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts)
    {
        var application = known.Get<Application>(Application.Stream);
        var organisation = known.Get<Organisation>(application.Organisation.Stream);
        return organisation.IsRegistered && Seals is { } seals
            ? application.Streams.Concat(seals.Take(SealRequest.MaximumCount).Where(one => one is not null).Select(one => Reservations.SealName(one.NameFor(organisation))))
            : application.Streams;
    }

    /// <inheritdoc/>
    public static Decision Decide(ResubmitApplication command, States states, Facts facts)
    {
        var application = states.Get<Application>(command.Application.Stream);
        if (application.Status != ApplicationStatus.Returned)
        {
            return application.Status == ApplicationStatus.UnderReview ? ApplicationRejections.ApplicationNotReturned : ApplicationRejections.ApplicationClosed;
        }

        if (command.Seals is null)
        {
            return Decision.Of(command.Application.Stream, new ApplicationResubmitted());
        }

        var organisation = states.Get<Organisation>(application.Organisation.Stream);
        if (SealRequest.Judge(command.Seals, organisation, states, application.Seals) is { } refused)
        {
            return refused;
        }

        var seals = SealRequest.Number(command.Seals, command.Application, organisation, application.Numbered);
        return Decision.Of(command.Application.Stream, new ApplicationResubmitted(seals))
            .And(application.Drop())
            .And(seals.SelectMany(seal => seal.Apply(command.Application, application.Organisation)));
    }
}

/// <summary>An application waits for its review again.</summary>
/// <param name="Seals">The seals now asked for, in place of those before; <c>null</c>: as before.</param>
[EventName("application.resubmitted")]
public sealed record ApplicationResubmitted(IReadOnlyList<RequestedSeal>? Seals = null) : IEvent;
