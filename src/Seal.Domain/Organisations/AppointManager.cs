using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Persons;

namespace Seal.Domain.Organisations;

/// <summary>Lets a person act for the legal representative in what concerns seals, for a time.</summary>
/// <param name="Organisation">The organisation.</param>
/// <param name="Person">Who is to manage its seals.</param>
/// <param name="Until">Until when (UTC).</param>
public sealed record AppointManager(OrganisationId Organisation, PersonId Person, DateTimeOffset Until) : ICommand<AppointManager>
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
    public IEnumerable<StreamId> Reads(States known, Facts facts) => [Person.Stream];

    /// <inheritdoc/>
    public static Decision Decide(AppointManager command, States states, Facts facts) => command switch
    {
        _ when command.Until <= facts.Now => HoldingRejections.PeriodMalformed,
        _ when !states.Get<Person>(command.Person.Stream).IsRegistered => PersonRejections.PersonUnknown,
        _ => Decision.Of(command.Organisation.Stream, new ManagerAppointed(command.Person, command.Until)),
    };
}

/// <summary>A person manages an organisation's seals.</summary>
/// <param name="Person">Who.</param>
/// <param name="Until">Until when (UTC).</param>
[EventName("organisation.manager-appointed")]
public sealed record ManagerAppointed(PersonId Person, DateTimeOffset Until) : IEvent;
