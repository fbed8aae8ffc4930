using Seal.Domain.Apps;
using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Persons;
using Seal.Domain.Seals;

namespace Seal.Domain.Holdings;

/// <summary>Takes a person's right to a seal back, at once; an app's, too.</summary>
/// <param name="Seal">The seal.</param>
/// <param name="Person">Who holds it; an app by the number it holds seals under.</param>
/// <param name="Reason">Why, in the actor's own words.</param>
public sealed record WithdrawAuthorisation(SealId Seal, PersonId Person, FreeText Reason) : ICommand<WithdrawAuthorisation>
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
    public PersonId Concerned(Facts facts) => AppId.Behind(Person) is null ? Person : default;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts)
    {
        var id = HoldingId.Of(Seal, Person);
        return
        [
            known.Get<ElectronicSeal>(Seal.Stream).Organisation.Stream,
            .. new[] { id, id.OnUkey }.SelectMany(one => new[] { one.Stream, known.Get<Holding>(one.Stream).Certificate.Stream }),
        ];
    }

    /// <inheritdoc/>
    public static Decision Decide(WithdrawAuthorisation command, States states, Facts facts)
    {
        var id = HoldingId.Of(command.Seal, command.Person);
        var holding = states.Get<Holding>(id.Stream);
        var seal = states.Get<ElectronicSeal>(command.Seal.Stream);
        var refused = holding.Status switch
        {
            _ when !command.Reason.IsWellFormed => TextRejections.ReasonMissing,
            _ when seal.Status == SealStatus.Revoked => SealRejections.SealRevoked,
            HoldingStatus.None => HoldingRejections.HoldingUnknown with { Field = "person" },
            HoldingStatus.Withdrawn => HoldingRejections.HoldingWithdrawn with { Field = "person" },
            _ => null,
        };
        if (refused is not null)
        {
            return refused;
        }

        // The right is one, on whatever medium.
        HoldingId[] media = states.Get<Holding>(id.OnUkey.Stream).Status == HoldingStatus.Claimed ? [id, id.OnUkey] : [id];
        return Decision.Of(media.SelectMany(one => End(one, command, states, facts)));
    }

    private static IEnumerable<StreamEvent> End(HoldingId id, WithdrawAuthorisation command, States states, Facts facts)
    {
        yield return new(id.Stream, new HoldingWithdrawn(facts.Actor.Person, command.Reason.Commitment));
        var certificate = states.Get<Holding>(id.Stream).Certificate;
        if (states.Get<Certificate>(certificate.Stream).Status is CertificateStatus.Active or CertificateStatus.Suspended)
        {
            yield return new(certificate.Stream, new CertificateRevoked(RevocationReason.PrivilegeWithdrawn));
        }

        if (states.Get<ElectronicSeal>(command.Seal.Stream).Signers.ContainsKey(id.Value))
        {
            yield return new(command.Seal.Stream, new SignerRemoved(id));
        }
    }
}

/// <summary>A person's right to a seal is taken back.</summary>
/// <param name="By">Who took it back.</param>
/// <param name="Reason">Commitment to the reason.</param>
[EventName("holding.withdrawn")]
public sealed record HoldingWithdrawn(PersonId By, Commitment Reason) : IEvent;
