using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Persons;
using Seal.Domain.Seals;

namespace Seal.Domain.Holdings;

/// <summary>Takes the Ukey off a holding and ends its certificate; the cloud medium goes on working.</summary>
/// <param name="Holding">The holding.</param>
/// <param name="Lost">The token is lost, or in other hands: its certificate is revoked for that reason.</param>
public sealed record UnbindUkey(HoldingId Holding, bool Lost = false) : ICommand<UnbindUkey>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(HoldingId.StreamType, Role.Holder | Role.OwnerSide)
    {
        NeedsProof = true,
        Unknown = HoldingRejections.HoldingUnknown,
    };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Holding.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts)
    {
        var seal = known.Get<Holding>(Holding.Stream).Seal;
        var bound = known.Get<Holding>(Holding.OnUkey.Stream);
        IEnumerable<StreamId> own = [seal.Stream, known.Get<ElectronicSeal>(seal.Stream).Organisation.Stream, Holding.OnUkey.Stream, bound.Certificate.Stream];
        return bound.Device.Length > 0 ? [.. own, UkeyToken.StreamOf(bound.Model, bound.Device)] : own;
    }

    /// <inheritdoc/>
    public static Decision Decide(UnbindUkey command, States states, Facts facts)
    {
        var id = command.Holding.OnUkey;
        var bound = states.Get<Holding>(id.Stream);
        var seal = states.Get<ElectronicSeal>(bound.Seal.Stream);
        if (bound.Status != HoldingStatus.Claimed)
        {
            return UkeyRejections.UkeyNotBound;
        }

        var decision = Decision.Of(id.Stream, new UkeyUnbound(facts.Actor.Person, command.Lost))
            .And(UkeyToken.StreamOf(bound.Model, bound.Device), new TokenUnbound(id));
        if (states.Get<Certificate>(bound.Certificate.Stream).Status is CertificateStatus.Active or CertificateStatus.Suspended)
        {
            decision = decision.And(bound.Certificate.Stream, new CertificateRevoked(command.Lost ? RevocationReason.KeyCompromise : RevocationReason.CessationOfOperation));
        }

        return seal.Signers.ContainsKey(id.Value) ? decision.And(bound.Seal.Stream, new SignerRemoved(id)) : decision;
    }
}

/// <summary>The Ukey of a holding is taken off.</summary>
/// <param name="By">Who took it off.</param>
/// <param name="Lost">It is lost, or in other hands.</param>
[EventName("holding.ukey-unbound")]
public sealed record UkeyUnbound(PersonId By, bool Lost) : IEvent;
