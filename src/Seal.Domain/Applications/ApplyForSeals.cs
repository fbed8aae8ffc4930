using Seal.Domain.Deciding;
using Seal.Domain.Organisations;
using Seal.Domain.Persons;

namespace Seal.Domain.Applications;

/// <summary>Asks for one or more seals of an organisation; the names are taken at once.</summary>
/// <param name="Organisation">The organisation.</param>
/// <param name="Seals">The seals, 1–20; <see cref="SealRequest.StandardSet"/> is what most ask for.</param>
public sealed record ApplyForSeals(OrganisationId Organisation, IReadOnlyList<SealRequest> Seals) : ICommand<ApplyForSeals>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(ApplicationId.StreamType, Role.LegalRepresentative)
    {
        Creates = true,
        NeedsProof = true,
        Unknown = OrganisationRejections.OrganisationUnknown,
    };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => new ApplicationId(facts.NewKey).Stream;

    /// <inheritdoc/>
    public StreamId Subject(Facts facts) => Organisation.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts)
    {
        var organisation = known.Get<Organisation>(Organisation.Stream);
        return organisation.IsRegistered
            ? Seals.Take(SealRequest.MaximumCount).Where(one => one is not null).Select(one => Reservations.SealName(one.NameFor(organisation)))
            : [];
    }

    /// <inheritdoc/>
    public static Decision Decide(ApplyForSeals command, States states, Facts facts)
    {
        var application = new ApplicationId(facts.NewKey);
        var organisation = states.Get<Organisation>(command.Organisation.Stream);
        var refused = organisation.AppliesAtWindow
            ? ApplicationRejections.WindowRequired
            : SealRequest.Judge(command.Seals, organisation, states, []);
        if (refused is not null)
        {
            return refused;
        }

        var seals = SealRequest.Number(command.Seals, application, organisation);
        return Decision.Of(application.Stream, new ApplicationSubmitted(command.Organisation, facts.Actor.Person, seals))
            .And(seals.SelectMany(seal => seal.Apply(application, command.Organisation)));
    }
}

/// <summary>An application waits for its review.</summary>
/// <param name="Organisation">Who wants the seals.</param>
/// <param name="By">Who handed it in.</param>
/// <param name="Seals">The seals asked for.</param>
[EventName("application.submitted")]
public sealed record ApplicationSubmitted(OrganisationId Organisation, PersonId By, IReadOnlyList<RequestedSeal> Seals) : IEvent;
