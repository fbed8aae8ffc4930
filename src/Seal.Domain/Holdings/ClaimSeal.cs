using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Seals;

namespace Seal.Domain.Holdings;

/// <summary>
/// The holder accepts a seal on a device and sets its PIN; a key, a certificate and an edition of the seal data are made.
/// Claiming again on another device ends the old one's certificate.
/// </summary>
/// <param name="Seal">The seal.</param>
/// <param name="Pin">The PIN to set.</param>
/// <param name="Device">The device's number, as the client has it; 1–100 letters, digits and <c>- _ . :</c>, so that no person's name gets into the ledger.</param>
/// <param name="Algorithm">The key's algorithm; documents in PDF need RSA or ECDSA.</param>
public sealed record ClaimSeal(SealId Seal, Pin Pin, string Device, KeyAlgorithm Algorithm = KeyAlgorithm.EcdsaP256) : ICommand<ClaimSeal>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(SealId.StreamType, Role.Holder | Role.OwnerSide)
    {
        NeedsProof = true,
        Unknown = SealRejections.SealUnknown,
    };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Seal.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts)
    {
        var id = HoldingId.Of(Seal, facts.Actor.Person);
        var holding = known.Get<Holding>(id.Stream);
        return [known.Get<ElectronicSeal>(Seal.Stream).Organisation.Stream, id.Stream, id.PinStream, holding.Certificate.Stream];
    }

    /// <inheritdoc/>
    public static Decision Decide(ClaimSeal command, States states, Facts facts)
    {
        var id = HoldingId.Of(command.Seal, facts.Actor.Person);
        var holding = states.Get<Holding>(id.Stream);
        var seal = states.Get<ElectronicSeal>(command.Seal.Stream);
        if (Refuse(command, seal, holding, states, facts.Now) is { } refused)
        {
            return refused;
        }

        if (facts.Outcome<HoldingIssued>() is not { } issued)
        {
            return Decision.First(Issuing.Effect(id, holding, seal, command.Algorithm, command.Pin));
        }

        var claimed = new HoldingClaimed(issued.Key, issued.Certificate, command.Device, command.Algorithm, seal.Edition + 1);
        var decision = Issuing.Record(id, holding, states, command.Algorithm, issued, claimed);
        return seal.Status == SealStatus.Issued ? decision.And(command.Seal.Stream, new SealActivated()) : decision;
    }

    private static Rejection? Refuse(ClaimSeal command, ElectronicSeal seal, Holding holding, States states, DateTimeOffset now)
    {
        if (!command.Pin.IsWellFormed)
        {
            return HoldingRejections.PinMalformed;
        }

        if (command.Device.Length is 0 or > 100 || !command.Device.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':'))
        {
            return HoldingRejections.DeviceMalformed;
        }

        if (seal.WhyNotClaimable(now) is { } refused)
        {
            return refused;
        }

        var certificate = states.Get<Certificate>(holding.Certificate.Stream);
        return holding.Status switch
        {
            HoldingStatus.None => HoldingRejections.NothingToClaim,
            HoldingStatus.Withdrawn => HoldingRejections.HoldingWithdrawn,
            _ when holding.Until <= now => HoldingRejections.HoldingExpired,
            _ when certificate.Status == CertificateStatus.Suspended => CertificateRejections.CertificateSuspended,
            HoldingStatus.Claimed when certificate.IsInForce(now) && holding.Device == command.Device => HoldingRejections.AlreadyClaimed,
            _ => null,
        };
    }
}

/// <summary>A holder has a seal on a device, with a key and a certificate.</summary>
/// <param name="Key">The vault's opaque name of the key.</param>
/// <param name="Certificate">The certificate's serial number.</param>
/// <param name="Device">The device's number.</param>
/// <param name="Algorithm">The key's algorithm.</param>
/// <param name="Edition">The edition of the seal data that lists the certificate first.</param>
[EventName("holding.claimed")]
public sealed record HoldingClaimed(string Key, CertificateId Certificate, string Device, KeyAlgorithm Algorithm, int Edition) : IEvent;
