using Seal.Domain.Deciding;
using Seal.Domain.Persons;

namespace Seal.Domain.Organisations;

/// <summary>Takes an organisation over from the business registry.</summary>
/// <param name="Uscc">Its credit code, which becomes the stream's key.</param>
/// <param name="Name">Its registered name, Chinese, 1–100 characters.</param>
/// <param name="Kind">What kind of organisation it is.</param>
/// <param name="LegalRepresentative">The person who answers for it.</param>
/// <param name="ManagingPartners">How many managing partners a partnership has; 0 for others.</param>
/// <param name="Region">The six-digit division code (GB/T 2260) of its seat.</param>
/// <param name="EstablishedOn">The day it was established.</param>
/// <param name="EnglishName">Its registered English name, if it has one.</param>
public sealed record RegisterOrganisation(
    OrganisationId Uscc,
    string Name,
    OrganisationKind Kind,
    PersonId LegalRepresentative,
    int ManagingPartners,
    string Region,
    DateOnly EstablishedOn,
    string? EnglishName = null) : ICommand<RegisterOrganisation>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(OrganisationId.StreamType, Role.Registry) { Creates = true };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Uscc.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts) => [LegalRepresentative.Stream];

    /// <inheritdoc/>
    public static Decision Decide(RegisterOrganisation command, States states, Facts facts) => command switch
    {
        _ when !command.Uscc.IsWellFormed => OrganisationRejections.UsccMalformed,
        _ when !OrganisationName.IsWellFormed(command.Name) => OrganisationRejections.NameMalformed,
        _ when command.EnglishName is { } english && !OrganisationName.IsWellFormed(english) => OrganisationRejections.NameMalformed with { Field = "englishName" },
        _ when command.Region.Length != 6 || !command.Region.All(char.IsAsciiDigit) => OrganisationRejections.RegionMalformed,
        _ when command.ManagingPartners < 0 || (command.ManagingPartners > 0 && command.Kind != OrganisationKind.Partnership) =>
            OrganisationRejections.ManagingPartnersMalformed,
        _ when states.Get<Organisation>(command.Uscc.Stream).IsRegistered => OrganisationRejections.OrganisationKnown,
        _ when !states.Get<Person>(command.LegalRepresentative.Stream).IsRegistered =>
            PersonRejections.PersonUnknown with { Field = "legalRepresentative" },
        _ => Decision.Of(command.Uscc.Stream, new OrganisationRegistered(
            command.Uscc,
            command.Name,
            command.Kind,
            command.LegalRepresentative,
            command.ManagingPartners,
            command.Region,
            command.EstablishedOn,
            command.EnglishName)),
    };
}

/// <summary>An organisation is in the business registry.</summary>
/// <param name="Uscc">Its credit code.</param>
/// <param name="Name">Its registered name, Chinese.</param>
/// <param name="Kind">What kind of organisation it is.</param>
/// <param name="LegalRepresentative">The person who answers for it.</param>
/// <param name="ManagingPartners">How many managing partners a partnership has; 0 for others.</param>
/// <param name="Region">The six-digit division code (GB/T 2260) of its seat.</param>
/// <param name="EstablishedOn">The day it was established.</param>
/// <param name="EnglishName">Its registered English name, if it has one.</param>
[EventName("organisation.registered")]
public sealed record OrganisationRegistered(
    OrganisationId Uscc,
    string Name,
    OrganisationKind Kind,
    PersonId LegalRepresentative,
    int ManagingPartners,
    string Region,
    DateOnly EstablishedOn,
    string? EnglishName = null) : IEvent;
