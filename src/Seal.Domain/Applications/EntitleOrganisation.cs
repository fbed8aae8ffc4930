using Seal.Domain.Deciding;
using Seal.Domain.Organisations;
using Seal.Domain.Seals;

namespace Seal.Domain.Applications;

/// <summary>
/// Gives a newly established organisation its standard set without applying, once. A seal whose name somebody has already
/// is left out: the organisation can apply for it under another name.
/// </summary>
/// <param name="Organisation">The organisation.</param>
public sealed record EntitleOrganisation(OrganisationId Organisation) : ICommand<EntitleOrganisation>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(ApplicationId.StreamType, Role.System)
    {
        Creates = true,
        Unknown = OrganisationRejections.OrganisationUnknown,
    };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Application.Stream;

    /// <inheritdoc/>
    public StreamId Subject(Facts facts) => Organisation.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts)
    {
        var organisation = known.Get<Organisation>(Organisation.Stream);
        return organisation.IsRegistered ? SealRequest.StandardSet.Select(one => Reservations.SealName(one.NameFor(organisation))) : [];
    }

    private ApplicationId Application => new($"entitled-{Organisation}");

    /// <inheritdoc/>
    public static Decision Decide(EntitleOrganisation command, States states, Facts facts)
    {
        var id = command.Application;
        if (states.VersionOf(id.Stream) > 0)
        {
            return ApplicationRejections.AlreadyEntitled;
        }

        var organisation = states.Get<Organisation>(command.Organisation.Stream);
        var free = SealRequest.StandardSet.Where(one =>
            OrganisationName.IsWellFormed(one.NameFor(organisation)) && !states.Get<Reservation>(Reservations.SealName(one.NameFor(organisation))).Taken);
        var seals = SealRequest.Number(free, id, organisation);
        if (organisation.EstablishedOn < facts.Settings.EntitledSince || organisation.AppliesAtWindow || seals.Count == 0)
        {
            return ApplicationRejections.NotEntitled;
        }

        return Decision.Of(id.Stream, new ApplicationEntitled(command.Organisation, seals))
            .And(seals.SelectMany(seal => seal.Apply(id, command.Organisation).Append(new StreamEvent(seal.Seal.Stream, new SealApproved()))));
    }
}

/// <summary>An organisation gets seals without applying.</summary>
/// <param name="Organisation">The organisation.</param>
/// <param name="Seals">The seals, approved.</param>
[EventName("application.entitled")]
public sealed record ApplicationEntitled(OrganisationId Organisation, IReadOnlyList<RequestedSeal> Seals) : IEvent;
