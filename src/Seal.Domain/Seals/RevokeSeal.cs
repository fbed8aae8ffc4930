using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Persons;

namespace Seal.Domain.Seals;

/// <summary>Ends a seal for good and sets its name free; what was sealed before keeps its verdict.</summary>
/// <param name="Seal">The seal.</param>
/// <param name="Reason">Why, in the actor's own words.</param>
public sealed record RevokeSeal(SealId Seal, FreeText Reason) : ICommand<RevokeSeal>
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
    public IEnumerable<StreamId> Reads(States known, Facts facts)
    {
        var seal = known.Get<ElectronicSeal>(Seal.Stream);
        return [seal.Organisation.Stream, seal.NameStream, .. seal.Signers.Values.Select(certificate => certificate.Stream)];
    }

    /// <inheritdoc/>
    public static Decision Decide(RevokeSeal command, States states, Facts facts)
    {
        var seal = states.Get<ElectronicSeal>(command.Seal.Stream);
        var byAuthority = facts.Actor.Staff.HasFlag(Role.Authority);
        return seal.Status switch
        {
            _ when !command.Reason.IsWellFormed => TextRejections.ReasonMissing,
            SealStatus.Revoked => SealRejections.SealRevoked,
            // Revoking would set the name free, and the owner could apply anew past the order.
            SealStatus.Frozen when seal.FrozenByAuthority && !byAuthority => SealRejections.FreezeByAuthority,
            SealStatus.None or SealStatus.Applied or SealStatus.Dropped => SealRejections.SealNotApproved,
            _ => Decision.Of(command.Seal.Stream, new SealRevoked(facts.Actor.Person, byAuthority, command.Reason.Commitment))
                .And(seal.Signers.Values.Select(one => new StreamEvent(one.Stream, new CertificateRevoked(RevocationReason.CessationOfOperation))))
                .And(seal.NameStream, new NameReleased()),
        };
    }
}

/// <summary>A seal is ended for good 已注销.</summary>
/// <param name="By">Who ended it.</param>
/// <param name="ByAuthority">Whether it was ended by office.</param>
/// <param name="Reason">Commitment to the reason.</param>
[EventName("seal.revoked")]
public sealed record SealRevoked(PersonId By, bool ByAuthority, Commitment Reason) : IEvent;
