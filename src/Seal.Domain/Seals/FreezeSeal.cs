using Seal.Domain.Deciding;

namespace Seal.Domain.Seals;

/// <summary>Stops every use of a seal until the freeze is lifted: by its owner, or by an authority with an order.</summary>
/// <param name="Seal">The seal.</param>
/// <param name="Reason">Why, in the actor's own words.</param>
/// <param name="Order">The number of the order, at most <see cref="LongestOrder"/> characters; an authority must give it.</param>
public sealed record FreezeSeal(SealId Seal, FreeText Reason, string? Order = null) : ICommand<FreezeSeal>
{
    /// <summary>The most characters that the number of an order may have.</summary>
    public const int LongestOrder = 100;

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
    public static Decision Decide(FreezeSeal command, States states, Facts facts)
    {
        var seal = states.Get<ElectronicSeal>(command.Seal.Stream);
        var byAuthority = facts.Actor.Staff.HasFlag(Role.Authority);
        return seal.Status switch
        {
            _ when !command.Reason.IsWellFormed => TextRejections.ReasonMissing,
            _ when byAuthority && string.IsNullOrWhiteSpace(command.Order) => SealRejections.OrderMissing,
            _ when command.Order is { } order && (order.Length > LongestOrder || order.Any(char.IsControl)) => SealRejections.OrderMalformed,
            SealStatus.Active => Freeze(),
            // An order binds a seal that its owner had stopped, too: else the owner could start it again.
            SealStatus.Frozen when byAuthority && !seal.FrozenByAuthority => Freeze(),
            SealStatus.Frozen => SealRejections.SealFrozen,
            SealStatus.Revoked => SealRejections.SealRevoked,
            _ => SealRejections.SealNotActive,
        };

        Decision Freeze() =>
            Decision.Of(command.Seal.Stream, new SealFrozen(facts.Actor.Person, byAuthority, command.Reason.Commitment, command.Order));
    }
}

/// <summary>Every use of the seal is stopped.</summary>
/// <param name="By">Who froze it.</param>
/// <param name="ByAuthority">Whether it was frozen by office; then only an authority lifts it.</param>
/// <param name="Reason">Commitment to the reason.</param>
/// <param name="Order">The number of the authority's order.</param>
[EventName("seal.frozen")]
public sealed record SealFrozen(Persons.PersonId By, bool ByAuthority, Commitment Reason, string? Order = null) : IEvent;
