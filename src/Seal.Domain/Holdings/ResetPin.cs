using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Seals;

namespace Seal.Domain.Holdings;

/// <summary>Sets a new PIN when the old one is forgotten or locked. The old key cannot be recovered: a new key, certificate and edition are made.</summary>
/// <param name="Holding">The holding.</param>
/// <param name="NewPin">The PIN to set.</param>
public sealed record ResetPin(HoldingId Holding, Pin NewPin) : ICommand<ResetPin>
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
    public IEnumerable<StreamId> Reads(States known, Facts facts)
    {
        var holding = known.Get<Holding>(Holding.Stream);
        return [Holding.PinStream, holding.Seal.Stream, holding.Certificate.Stream];
    }

    /// <inheritdoc/>
    public static Decision Decide(ResetPin command, States states, Facts facts)
    {
        var holding = states.Get<Holding>(command.Holding.Stream);
        var seal = states.Get<ElectronicSeal>(holding.Seal.Stream);
        var refused = holding.Medium != Medium.Cloud ? UkeyRejections.PinOnToken : null;
        refused ??= command.NewPin.IsWellFormed ? null : HoldingRejections.PinMalformed with { Field = "newPin" };
        refused ??= seal.WhyNotUsable(facts.Now);
        refused ??= holding.Status switch
        {
            HoldingStatus.Claimed when holding.Until <= facts.Now => HoldingRejections.HoldingExpired,
            HoldingStatus.Claimed when states.Get<Certificate>(holding.Certificate.Stream).Status == CertificateStatus.Suspended => CertificateRejections.CertificateSuspended,
            HoldingStatus.Claimed => null,
            HoldingStatus.Withdrawn => HoldingRejections.HoldingWithdrawn,
            _ => HoldingRejections.HoldingNotClaimed,
        };
        if (refused is not null)
        {
            return refused;
        }

        if (facts.Outcome<HoldingIssued>() is not { } issued)
        {
            return Decision.First(Issuing.Effect(command.Holding, holding, seal, holding.Algorithm, command.NewPin));
        }

        var rekeyed = new HoldingRekeyed(issued.Key, issued.Certificate, seal.Edition + 1);
        return Issuing.Record(command.Holding, holding, states, holding.Algorithm, issued, rekeyed);
    }
}

/// <summary>A holding has a new key under a new PIN.</summary>
/// <param name="Key">The vault's opaque name of the key.</param>
/// <param name="Certificate">The certificate's serial number.</param>
/// <param name="Edition">The edition of the seal data that lists the certificate first.</param>
[EventName("holding.rekeyed")]
public sealed record HoldingRekeyed(string Key, CertificateId Certificate, int Edition) : IEvent;
