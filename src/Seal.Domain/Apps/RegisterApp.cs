using Seal.Domain.Deciding;
using Seal.Domain.Organisations;
using Seal.Domain.Persons;

namespace Seal.Domain.Apps;

/// <summary>
/// Makes an application of an organisation known, so that seals can be granted to it. It gets no secret: it shows who it is with the key
/// in the organisation's HSM that is certified when the first seal is granted.
/// </summary>
/// <param name="Organisation">The organisation that runs it.</param>
/// <param name="Name">Its name, 1–100 characters.</param>
public sealed record RegisterApp(OrganisationId Organisation, string Name) : ICommand<RegisterApp>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(AppId.StreamType, Role.OwnerSide)
    {
        Creates = true,
        NeedsProof = true,
        Unknown = OrganisationRejections.OrganisationUnknown,
    };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => new AppId(facts.NewKey).Stream;

    /// <inheritdoc/>
    public StreamId Subject(Facts facts) => Organisation.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts) => [];

    /// <inheritdoc/>
    public static Decision Decide(RegisterApp command, States states, Facts facts) => OrganisationName.IsWellFormed(command.Name)
        ? Decision.Of(command.Target(facts), new AppRegistered(command.Organisation, command.Name, facts.Actor.Person))
        : OrganisationRejections.NameMalformed;
}

/// <summary>An application is known.</summary>
/// <param name="Organisation">The organisation that runs it.</param>
/// <param name="Name">Its name.</param>
/// <param name="By">Who registered it.</param>
[EventName("app.registered")]
public sealed record AppRegistered(OrganisationId Organisation, string Name, PersonId By) : IEvent;
