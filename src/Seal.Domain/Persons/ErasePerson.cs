using Seal.Domain.Deciding;
using Seal.Domain.Seals;

namespace Seal.Domain.Persons;

/// <summary>
/// Has the platform forget who a person is: asked for by the person themself, or by an administrator on a stated ground.
/// What the person still answers for must have ended before.
/// </summary>
/// <param name="Person">Who is to be forgotten.</param>
/// <param name="Ground">Why; by default the person's own request. An administrator must give one.</param>
/// <param name="Order">The number of the authority's order, at most 100 characters, where one is the ground.</param>
public sealed record ErasePerson(PersonId Person, ErasureGround? Ground = null, string? Order = null) : ICommand<ErasePerson>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(PersonId.StreamType, Role.Oneself | Role.Administrator)
    {
        NeedsProof = true,
        Unknown = PersonRejections.PersonUnknown,
    };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Person.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts) => [];

    /// <inheritdoc/>
    public static Decision Decide(ErasePerson command, States states, Facts facts)
    {
        if (Refuse(command, states.Get<Person>(command.Person.Stream), facts) is { } refused)
        {
            return refused;
        }

        return facts.Outcome<ObligationsFound>() switch
        {
            null => Decision.First(new FindObligations(command.Person)),
            { Obligations: { Count: > 0 } obligations } => PersonRejections.PersonHasObligations.With("obligations", string.Join(", ", obligations)),
            _ => Decision.Of(command.Person.Stream, new PersonErasureBegun(facts.Actor.Person, command.Ground ?? ErasureGround.OwnRequest, command.Order)),
        };
    }

    private static Rejection? Refuse(ErasePerson command, Person person, Facts facts) => person.Status switch
    {
        PersonStatus.Erased or PersonStatus.BeingErased => PersonRejections.PersonErased,

        // Nobody says on somebody else's behalf that it is their own wish.
        _ when facts.Actor.Person != command.Person && command.Ground is null or ErasureGround.OwnRequest => PersonRejections.GroundMissing,
        _ when command.Ground == ErasureGround.AuthorityOrder && string.IsNullOrWhiteSpace(command.Order) => SealRejections.OrderMissing,
        _ when command.Order is { } order && (order.Length > FreezeSeal.LongestOrder || order.Any(char.IsControl)) => SealRejections.OrderMalformed,
        _ => null,
    };
}

/// <summary>On what ground a person's data is erased (个人信息保护法 art. 47).</summary>
public enum ErasureGround
{
    /// <summary>The person wishes it, or takes back their consent.</summary>
    OwnRequest,

    /// <summary>What the data was kept for is reached, or cannot be.</summary>
    PurposeEnded,

    /// <summary>The time for which it may be kept is over.</summary>
    RetentionEnded,

    /// <summary>It should not have been taken in.</summary>
    Unlawful,

    /// <summary>An authority orders it.</summary>
    AuthorityOrder,
}

/// <summary>A person is about to be forgotten: from here on they can be given nothing to answer for, and cannot sign in.</summary>
/// <param name="By">Who asked for it.</param>
/// <param name="Ground">On what ground.</param>
/// <param name="Order">The number of the authority's order.</param>
[EventName("person.erasure-begun")]
public sealed record PersonErasureBegun(PersonId By, ErasureGround Ground, string? Order = null) : IEvent;

/// <summary>Find out what a person answers for at present.</summary>
/// <param name="Person">The person.</param>
public sealed record FindObligations(PersonId Person) : IEffect;

/// <summary>What a person answers for at present.</summary>
/// <param name="Obligations">Each as its role and what it is in: <c>legal-representative:914403…</c>, <c>manager:914403…</c>, <c>holder:9c41…-1</c>.</param>
public sealed record ObligationsFound(IReadOnlyList<string> Obligations) : IOutcome;
