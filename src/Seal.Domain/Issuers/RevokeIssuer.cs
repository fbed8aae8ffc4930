using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Persons;

namespace Seal.Domain.Issuers;

/// <summary>
/// Has the root revoke an issuing authority, as another person has ordered. From then on nothing is signed with what it issued, it issues
/// nothing more, and the root's list has it. Rolling the authority makes a new generation.
/// </summary>
/// <param name="Issuer">The authority: <c>ecdsa-p256</c>, <c>rsa2048</c> or <c>sm2</c>.</param>
/// <param name="Generation">The number of the generation, as it was ordered.</param>
public sealed record RevokeIssuer(IssuerId Issuer, int Generation) : ICommand<RevokeIssuer>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(IssuerId.StreamType, Role.CertificateOfficer | Role.Administrator) { NeedsProof = true, ProofEvenByOffice = true };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Issuer.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts) => [];

    /// <inheritdoc/>
    public static Decision Decide(RevokeIssuer command, States states, Facts facts)
    {
        var issuer = states.Get<Issuer>(command.Issuer.Stream);
        return command switch
        {
            { Issuer.Algorithm: null } => IssuerRejections.IssuerUnknown,
            _ when issuer.Revoked.Contains(command.Generation) => IssuerRejections.IssuerRevoked,
            _ when issuer.Ordered is not { } ordered || ordered.Generation != command.Generation || ordered.Until <= facts.Now => IssuerRejections.RevocationNotOrdered,
            _ when issuer.Ordered.By == facts.Actor.Person => IssuerRejections.RevocationOfOneself,
            _ => Decision.Of(command.Issuer.Stream, new IssuerRevoked(command.Generation, issuer.Ordered.Reason, facts.Actor.Person)),
        };
    }
}

/// <summary>An issuing authority is revoked by its root.</summary>
/// <param name="Generation">The number of its generation.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who carried it out.</param>
[EventName("issuer.revoked")]
public sealed record IssuerRevoked(int Generation, RevocationReason Reason, PersonId By) : IEvent;
