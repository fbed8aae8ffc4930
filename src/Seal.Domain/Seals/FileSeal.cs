using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Organisations;

namespace Seal.Domain.Seals;

/// <summary>Puts a made seal on record and issues it: from now on the legal representative may claim it.</summary>
/// <param name="Seal">The seal.</param>
/// <param name="FilingNumber">The record-filing number 备案号, 1–50 characters.</param>
public sealed record FileSeal(SealId Seal, string FilingNumber) : ICommand<FileSeal>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(SealId.StreamType, Role.Maker) { Unknown = SealRejections.SealUnknown };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Seal.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts)
    {
        var organisation = known.Get<ElectronicSeal>(Seal.Stream).Organisation.Stream;
        return known.Has(organisation)
            ? [organisation, HoldingId.Of(Seal, known.Get<Organisation>(organisation).LegalRepresentative).Stream]
            : [organisation];
    }

    /// <inheritdoc/>
    public static Decision Decide(FileSeal command, States states, Facts facts)
    {
        var seal = states.Get<ElectronicSeal>(command.Seal.Stream);
        var person = states.Get<Organisation>(seal.Organisation.Stream).LegalRepresentative;
        return seal.Status switch
        {
            _ when string.IsNullOrWhiteSpace(command.FilingNumber) || command.FilingNumber.Length > 50 => SealRejections.FilingNumberMalformed,
            SealStatus.Made => Decision.Of(command.Seal.Stream, new SealFiled(command.FilingNumber))
                .And(command.Seal.Stream, new SealIssued())
                .And(HoldingId.Of(command.Seal, person).Stream, new HoldingOffered(command.Seal, person, facts.Now, seal.ValidUntil, facts.Actor.Person)),
            SealStatus.Revoked => SealRejections.SealRevoked,
            _ => SealRejections.SealNotMade,
        };
    }
}

/// <summary>A seal is on record 已备案.</summary>
/// <param name="FilingNumber">The record-filing number.</param>
[EventName("seal.filed")]
public sealed record SealFiled(string FilingNumber) : IEvent;

/// <summary>A seal waits to be claimed 待领取.</summary>
[EventName("seal.issued")]
public sealed record SealIssued : IEvent;
