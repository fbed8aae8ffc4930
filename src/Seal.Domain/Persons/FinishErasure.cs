using Seal.Domain.Deciding;

namespace Seal.Domain.Persons;

/// <summary>
/// Ends an erasure that was begun. It looks once more for what the person answers for: something may have been given to
/// them after the first look and before the erasure began, but nothing can have been since.
/// </summary>
/// <param name="Person">Who is being erased.</param>
public sealed record FinishErasure(PersonId Person) : ICommand<FinishErasure>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(PersonId.StreamType, Role.System) { Unknown = PersonRejections.PersonUnknown };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Person.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts) => [];

    /// <inheritdoc/>
    public static Decision Decide(FinishErasure command, States states, Facts facts)
    {
        if (states.Get<Person>(command.Person.Stream).Status != PersonStatus.BeingErased)
        {
            return PersonRejections.NoErasureUnderWay;
        }

        return facts.Outcome<ObligationsFound>() switch
        {
            null => Decision.First(new FindObligations(command.Person)),
            { Obligations.Count: > 0 } found => Decision.Of(command.Person.Stream, new PersonErasureStopped(found.Obligations.Count)),
            _ => Decision.Of(command.Person.Stream, new PersonErased()),
        };
    }
}

/// <summary>A person is forgotten: what the vault has of them is destroyed because of this event, never before it.</summary>
[EventName("person.erased")]
public sealed record PersonErased : IEvent;

/// <summary>A person is not forgotten after all: they answer for something that was given to them while the erasure began.</summary>
/// <param name="Obligations">For how many things.</param>
[EventName("person.erasure-stopped")]
public sealed record PersonErasureStopped(int Obligations) : IEvent;
