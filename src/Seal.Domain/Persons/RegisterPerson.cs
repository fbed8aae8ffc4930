using Seal.Domain.Deciding;

namespace Seal.Domain.Persons;

/// <summary>Makes a person known under a random number; who it is goes to the vault.</summary>
/// <param name="Identity">Who the person is, as the registering office writes it.</param>
public sealed record RegisterPerson(FreeText Identity) : ICommand<RegisterPerson>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(PersonId.StreamType, Role.Administrator | Role.Registry) { Creates = true };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => new PersonId(facts.NewKey).Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts) => [];

    /// <inheritdoc/>
    public static Decision Decide(RegisterPerson command, States states, Facts facts) => command.Identity.IsWellFormed
        ? Decision.Of(command.Target(facts), new PersonRegistered(command.Identity.Commitment))
        : TextRejections.IdentityMissing;
}

/// <summary>A person is known.</summary>
/// <param name="Identity">Commitment to who it is.</param>
[EventName("person.registered")]
public sealed record PersonRegistered(Commitment Identity) : IEvent;
