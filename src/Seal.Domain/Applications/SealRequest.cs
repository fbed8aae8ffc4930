using System.Text.Json.Serialization;
using Seal.Domain.Deciding;
using Seal.Domain.Organisations;
using Seal.Domain.Seals;

namespace Seal.Domain.Applications;

/// <summary>One seal that an application asks for.</summary>
/// <param name="Kind">What kind of seal.</param>
/// <param name="Name">Its name; <c>null</c>: the organisation's name and what seals of the kind are called.</param>
/// <param name="EnglishName">The English name on a bilingual legal-name seal.</param>
/// <param name="Material">What is handed in to prove the English name.</param>
public sealed record SealRequest(SealKind Kind, string? Name = null, string? EnglishName = null, BilingualMaterial? Material = null)
{
    /// <summary>Most seals in one application.</summary>
    public const int MaximumCount = 20;

    /// <summary>The four seals that every company gets 一套四枚: legal-name, contract, finance, legal representative.</summary>
    public static IReadOnlyList<SealRequest> StandardSet { get; } =
        [new(SealKind.LegalName), new(SealKind.Contract), new(SealKind.Finance), new(SealKind.LegalRepresentative)];

    /// <summary>The name the seal will have.</summary>
    public string NameFor(Organisation organisation) => Name ?? organisation.Name + Kind switch
    {
        SealKind.Contract => "合同专用章",
        SealKind.Finance => "财务专用章",
        SealKind.Invoice => "发票专用章",
        SealKind.LegalRepresentative => "法定代表人名章",
        SealKind.Business => "业务专用章",
        SealKind.PersonalName => "电子名章",
        _ => "",
    };

    /// <summary>Numbers the seals asked for, on from those asked for before.</summary>
    internal static IReadOnlyList<RequestedSeal> Number(IEnumerable<SealRequest> requests, ApplicationId application, Organisation organisation, int from = 0) =>
        [.. requests.Select((one, i) => new RequestedSeal(new SealId($"{application}-{from + i + 1}"), one.Kind, one.NameFor(organisation), one.EnglishName, one.Material))];

    /// <summary>Why these seals cannot be asked for; <c>null</c> when they can.</summary>
    /// <param name="requests">What is asked for.</param>
    /// <param name="organisation">For whom.</param>
    /// <param name="states">The streams read, among them the reservations of the names.</param>
    /// <param name="own">Seals whose names are about to be set free.</param>
    internal static Rejection? Judge(IReadOnlyList<SealRequest> requests, Organisation organisation, States states, IEnumerable<RequestedSeal> own)
    {
        if (requests.Count is 0 or > MaximumCount || requests.Any(one => one is null))
        {
            return ApplicationRejections.SealsMalformed;
        }

        var mine = own.Select(seal => seal.Seal.Value).ToHashSet(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var one in requests)
        {
            var name = one.NameFor(organisation);
            var reservation = states.Get<Reservation>(Reservations.SealName(name));
            var refused = one switch
            {
                _ when !OrganisationName.IsWellFormed(name) => ApplicationRejections.SealNameMalformed.With("name", name),
                { EnglishName: not null } when one.Kind != SealKind.LegalName || organisation.Kind != OrganisationKind.ForeignFunded =>
                    ApplicationRejections.EnglishNameNotAllowed,
                { EnglishName: { } english } when !OrganisationName.IsWellFormed(english) => ApplicationRejections.SealNameMalformed.With("name", english),
                { EnglishName: not null, Material: null } => ApplicationRejections.MaterialRequired,
                _ when !names.Add(name) => ApplicationRejections.DuplicateName.With("name", name),
                _ when reservation.Taken && !mine.Contains(reservation.Holder) => ApplicationRejections.SealNameTaken.With("name", name),
                _ => null,
            };
            if (refused is not null)
            {
                return refused;
            }
        }

        return null;
    }
}

/// <summary>What proves the English name on a bilingual seal; one of the two.</summary>
public enum BilingualMaterial
{
    /// <summary>A translation with the translator's seal and proof of standing 翻译件.</summary>
    CertifiedTranslation,

    /// <summary>The filing permit of the physical bilingual seal 印章备案许可证.</summary>
    FilingPermit,
}

/// <summary>A seal asked for, under its number.</summary>
/// <param name="Seal">The seal's number.</param>
/// <param name="Kind">What kind of seal.</param>
/// <param name="Name">Its name.</param>
/// <param name="EnglishName">The English name on a bilingual seal.</param>
/// <param name="Material">What was handed in to prove the English name.</param>
public sealed record RequestedSeal(SealId Seal, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] SealKind Kind, string Name, string? EnglishName = null, BilingualMaterial? Material = null)
{
    /// <summary>Begins the seal and takes its name.</summary>
    internal IEnumerable<StreamEvent> Apply(ApplicationId application, OrganisationId organisation) =>
    [
        new(Seal.Stream, new SealApplied(application, organisation, Kind, Name, EnglishName)),
        new(Reservations.SealName(Name), new NameTaken(Seal.Value)),
    ];
}
