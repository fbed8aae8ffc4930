using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Seal.Domain.Deciding;
using Seal.Domain.Persons;

namespace Seal.Domain.Organisations;

/// <summary>An organisation as the business registry and its own appointments have it.</summary>
public sealed record Organisation : IState<Organisation>
{
    /// <inheritdoc/>
    public static string StreamType => OrganisationId.StreamType;

    /// <inheritdoc/>
    public static Organisation Initial { get; } = new();

    /// <summary>Its credit code.</summary>
    public OrganisationId Id { get; init; }

    /// <summary>Its registered name, Chinese.</summary>
    public string Name { get; init; } = "";

    /// <summary>What kind of organisation it is.</summary>
    public OrganisationKind Kind { get; init; }

    /// <summary>The person who answers for it.</summary>
    public PersonId LegalRepresentative { get; init; }

    /// <summary>How many managing partners a partnership has; 0 for others.</summary>
    public int ManagingPartners { get; init; }

    /// <summary>The six-digit division code (GB/T 2260) of its seat.</summary>
    public string Region { get; init; } = "";

    /// <summary>The day it was established.</summary>
    public DateOnly EstablishedOn { get; init; }

    /// <summary>Its seal managers and until when (UTC) they are appointed.</summary>
    public ImmutableDictionary<PersonId, DateTimeOffset> Managers { get; init; } = ImmutableDictionary<PersonId, DateTimeOffset>.Empty;

    /// <summary>Whether the registry has it.</summary>
    [JsonIgnore]
    public bool IsRegistered => Name.Length > 0;

    /// <summary>Whether it is a partnership with several managing partners, who apply together at the window.</summary>
    [JsonIgnore]
    public bool AppliesAtWindow => Kind == OrganisationKind.Partnership && ManagingPartners > 1;

    /// <summary>Whether a person answers for it.</summary>
    public bool IsLegalRepresentative(PersonId person) => IsRegistered && LegalRepresentative == person;

    /// <summary>Whether a person manages its seals at a time.</summary>
    public bool IsManager(PersonId person, DateTimeOffset now) => Managers.TryGetValue(person, out var until) && now < until;

    /// <inheritdoc/>
    public Organisation Apply(IEvent happened) => happened switch
    {
        OrganisationRegistered e => this with
        {
            Id = e.Uscc,
            Name = e.Name,
            Kind = e.Kind,
            LegalRepresentative = e.LegalRepresentative,
            ManagingPartners = e.ManagingPartners,
            Region = e.Region,
            EstablishedOn = e.EstablishedOn,
        },
        ManagerAppointed e => this with { Managers = Managers.SetItem(e.Person, e.Until) },
        ManagerDismissed e => this with { Managers = Managers.Remove(e.Person) },
        _ => this,
    };
}

/// <summary>What kind of organisation it is, as far as the rules ask.</summary>
public enum OrganisationKind
{
    /// <summary>Domestic company 内资企业.</summary>
    Company,

    /// <summary>Foreign-funded company 外资企业.</summary>
    ForeignFunded,

    /// <summary>Partnership 合伙企业.</summary>
    Partnership,

    /// <summary>Sole trader 个体工商户.</summary>
    SoleTrader,

    /// <summary>Government body or public institution 机关、事业单位.</summary>
    PublicBody,
}
