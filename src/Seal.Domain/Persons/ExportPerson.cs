using Seal.Domain.Deciding;

namespace Seal.Domain.Persons;

/// <summary>Hands a person everything that is held about them (个人信息保护法 art. 45). The view of the same name gives it.</summary>
/// <param name="Person">Who asks, for themself.</param>
public sealed record ExportPerson(PersonId Person) : ICommand<ExportPerson>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(PersonId.StreamType, Role.Oneself)
    {
        NeedsProof = true,
        GivenByView = true,
        Unknown = PersonRejections.PersonUnknown,
    };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Person.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts) => [];

    /// <inheritdoc/>
    public static Decision Decide(ExportPerson command, States states, Facts facts) => states.Get<Person>(command.Person.Stream).Status switch
    {
        PersonStatus.Erased or PersonStatus.BeingErased => PersonRejections.PersonErased,
        _ => Decision.Of(command.Person.Stream, new PersonExported()),
    };
}

/// <summary>A person was handed everything that is held about them.</summary>
[EventName("person.exported")]
public sealed record PersonExported : IEvent;
