using Seal.Domain.Deciding;
using Seal.Domain.Persons;

namespace Seal.Domain.Seals;

/// <summary>Lets a frozen seal be used again; what an authority froze only an authority lifts.</summary>
/// <param name="Seal">The seal.</param>
/// <param name="Reason">Why, in the actor's own words.</param>
public sealed record LiftFreeze(SealId Seal, FreeText Reason) : ICommand<LiftFreeze>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(SealId.StreamType, Role.OwnerSide | Role.Authority)
    {
        NeedsProof = true,
        Unknown = SealRejections.SealUnknown,
    };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Seal.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts) => [known.Get<ElectronicSeal>(Seal.Stream).Organisation.Stream];

    /// <inheritdoc/>
    public static Decision Decide(LiftFreeze command, States states, Facts facts)
    {
        var seal = states.Get<ElectronicSeal>(command.Seal.Stream);
        return seal.Status switch
        {
            _ when !command.Reason.IsWellFormed => TextRejections.ReasonMissing,
            SealStatus.Frozen when seal.FrozenByAuthority && !facts.Actor.Staff.HasFlag(Role.Authority) => SealRejections.FreezeByAuthority,
            SealStatus.Frozen => Decision.Of(command.Seal.Stream, new FreezeLifted(facts.Actor.Person, command.Reason.Commitment)),
            SealStatus.Revoked => SealRejections.SealRevoked,
            _ => SealRejections.SealNotFrozen,
        };
    }
}

/// <summary>A seal may be used again.</summary>
/// <param name="By">Who lifted the freeze.</param>
/// <param name="Reason">Commitment to the reason.</param>
[EventName("seal.freeze-lifted")]
public sealed record FreezeLifted(PersonId By, Commitment Reason) : IEvent;
