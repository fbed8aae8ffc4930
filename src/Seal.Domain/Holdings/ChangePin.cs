using Seal.Domain.Deciding;
using Seal.Domain.Seals;

namespace Seal.Domain.Holdings;

/// <summary>Sets a new PIN with the help of the old one; the key stays.</summary>
/// <param name="Holding">The holding.</param>
/// <param name="OldPin">The PIN until now.</param>
/// <param name="NewPin">The PIN to set.</param>
public sealed record ChangePin(HoldingId Holding, Pin OldPin, Pin NewPin) : ICommand<ChangePin>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(HoldingId.StreamType, Role.Holder)
    {
        NeedsProof = true,
        Unknown = HoldingRejections.HoldingUnknown,
    };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Holding.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts) => [Holding.PinStream, known.Get<Holding>(Holding.Stream).Seal.Stream];

    /// <inheritdoc/>
    public static Decision Decide(ChangePin command, States states, Facts facts)
    {
        var holding = states.Get<Holding>(command.Holding.Stream);
        var attempts = states.Get<PinAttempts>(command.Holding.PinStream);
        var refused = holding.Status switch
        {
            _ when holding.Medium != Medium.Cloud => UkeyRejections.PinOnToken,
            _ when !command.NewPin.IsWellFormed => HoldingRejections.PinMalformed with { Field = "newPin" },
            _ when states.Get<ElectronicSeal>(holding.Seal.Stream).Status == SealStatus.Revoked => SealRejections.SealRevoked,
            HoldingStatus.Withdrawn => HoldingRejections.HoldingWithdrawn,
            not HoldingStatus.Claimed => HoldingRejections.HoldingNotClaimed,
            _ when attempts.IsLocked => HoldingRejections.PinLocked with { Field = "oldPin" },
            _ => null,
        };
        if (refused is not null)
        {
            return refused;
        }

        switch (facts.Outcome<KeyRewrapped>())
        {
            case null:
                return Decision.First(new RewrapKey(command.Holding, holding.Key, command.OldPin, command.NewPin));
            case { Key: null }:
                var (events, answer) = attempts.Fail(command.Holding.PinStream, facts.Settings);
                return Decision.Of(events).ButReject(answer with { Field = "oldPin" });
            case { Key: { } key }:
                return Decision.Of(command.Holding.Stream, new PinChanged(key)).And(attempts.Succeed(command.Holding.PinStream));
        }
    }
}

/// <summary>A holding's key lies under a new PIN.</summary>
/// <param name="Key">The vault's opaque name of the key, newly wrapped.</param>
[EventName("holding.pin-changed")]
public sealed record PinChanged(string Key) : IEvent;

/// <summary>Unwrap a key with the old PIN and wrap it with the new one.</summary>
/// <param name="Holding">Whose key it is.</param>
/// <param name="Key">The vault's opaque name of the key.</param>
/// <param name="Old">The PIN until now.</param>
/// <param name="New">The PIN to set.</param>
public sealed record RewrapKey(HoldingId Holding, string Key, Pin Old, Pin New) : IEffect;

/// <summary>The key is wrapped anew, or was not to be opened.</summary>
/// <param name="Key">The vault's opaque name of the key newly wrapped; <c>null</c>: the old PIN is wrong.</param>
public sealed record KeyRewrapped(string? Key) : IOutcome;
