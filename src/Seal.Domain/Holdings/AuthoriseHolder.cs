using Seal.Domain.Deciding;
using Seal.Domain.Persons;
using Seal.Domain.Seals;

namespace Seal.Domain.Holdings;

/// <summary>Gives a person the right to claim a seal and to sign with it for a time.</summary>
/// <param name="Seal">The seal.</param>
/// <param name="Person">Who may hold it.</param>
/// <param name="From">From when it may be used (UTC).</param>
/// <param name="Until">Until when it may be used (UTC).</param>
public sealed record AuthoriseHolder(SealId Seal, PersonId Person, DateTimeOffset From, DateTimeOffset Until) : ICommand<AuthoriseHolder>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(SealId.StreamType, Role.OwnerSide)
    {
        NeedsProof = true,
        Unknown = SealRejections.SealUnknown,
    };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Seal.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts) =>
        [known.Get<ElectronicSeal>(Seal.Stream).Organisation.Stream, Person.Stream, HoldingId.Of(Seal, Person).Stream];

    /// <inheritdoc/>
    public static Decision Decide(AuthoriseHolder command, States states, Facts facts)
    {
        var id = HoldingId.Of(command.Seal, command.Person);
        if (states.Get<ElectronicSeal>(command.Seal.Stream).WhyNotClaimable(facts.Now) is { } refused)
        {
            return refused;
        }

        return command switch
        {
            _ when command.Until <= command.From || command.Until <= facts.Now => HoldingRejections.PeriodMalformed,
            _ when !states.Get<Person>(command.Person.Stream).IsRegistered => PersonRejections.PersonUnknown with { Field = "person" },
            _ when states.Get<Holding>(id.Stream).IsLive(facts.Now) => HoldingRejections.AlreadyHolder,
            _ => Decision.Of(id.Stream, new HoldingOffered(command.Seal, command.Person, command.From, command.Until, facts.Actor.Person)),
        };
    }
}

/// <summary>A person may claim a seal.</summary>
/// <param name="Seal">The seal.</param>
/// <param name="Person">Who may hold it.</param>
/// <param name="From">From when it may be used (UTC).</param>
/// <param name="Until">Until when it may be used (UTC).</param>
/// <param name="By">Who offered it: the owner's side, or the maker to the legal representative when the seal was issued.</param>
[EventName("holding.offered")]
public sealed record HoldingOffered(SealId Seal, PersonId Person, DateTimeOffset From, DateTimeOffset Until, PersonId By) : IEvent;
