using Seal.Domain.Deciding;
using Seal.Domain.Persons;

namespace Seal.Domain.Organisations;

/// <summary>Ends a person's appointment as seal manager.</summary>
/// <param name="Organisation">The organisation.</param>
/// <param name="Person">Who manages its seals.</param>
public sealed record DismissManager(OrganisationId Organisation, PersonId Person) : ICommand<DismissManager>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(OrganisationId.StreamType, Role.LegalRepresentative)
    {
        NeedsProof = true,
        Unknown = OrganisationRejections.OrganisationUnknown,
    };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Organisation.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts) => [];

    /// <inheritdoc/>
    public static Decision Decide(DismissManager command, States states, Facts facts) =>
        states.Get<Organisation>(command.Organisation.Stream).Managers.ContainsKey(command.Person)
            ? Decision.Of(command.Organisation.Stream, new ManagerDismissed(command.Person))
            : OrganisationRejections.ManagerUnknown;
}

/// <summary>A person no longer manages an organisation's seals.</summary>
/// <param name="Person">Who.</param>
[EventName("organisation.manager-dismissed")]
public sealed record ManagerDismissed(PersonId Person) : IEvent;
