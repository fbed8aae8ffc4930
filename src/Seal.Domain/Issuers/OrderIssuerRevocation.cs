using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Persons;

namespace Seal.Domain.Issuers;

/// <summary>
/// Orders that the root revoke an issuing authority. It ends every certificate of that authority, so it takes two: somebody else carries it out
/// within a day, or nothing comes of it.
/// </summary>
/// <param name="Issuer">The authority: <c>ecdsa-p256</c>, <c>rsa2048</c> or <c>sm2</c>.</param>
/// <param name="Generation">The number of the generation whose issuing authority is meant: 1 for the first.</param>
/// <param name="Reason">Why (RFC 5280 §5.3.1).</param>
public sealed record OrderIssuerRevocation(IssuerId Issuer, int Generation, RevocationReason Reason) : ICommand<OrderIssuerRevocation>
{
    /// <summary>How long there is to carry it out.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(IssuerId.StreamType, Role.Administrator | Role.CertificateOfficer) { NeedsProof = true, ProofEvenByOffice = true };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Issuer.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts) => [];

    /// <inheritdoc/>
    public static Decision Decide(OrderIssuerRevocation command, States states, Facts facts)
    {
        var issuer = states.Get<Issuer>(command.Issuer.Stream);
        return command switch
        {
            { Issuer.Algorithm: null } => IssuerRejections.IssuerUnknown,
            _ when command.Generation < 1 || command.Generation > issuer.Generation => IssuerRejections.GenerationUnknown,
            _ when issuer.Revoked.Contains(command.Generation) => IssuerRejections.IssuerRevoked,
            _ => Decision.Of(command.Issuer.Stream, new IssuerRevocationOrdered(command.Generation, command.Reason, facts.Actor.Person, facts.Now + Life)),
        };
    }
}

/// <summary>Somebody wants an issuing authority revoked; another person has to carry it out.</summary>
/// <param name="Generation">The number of its generation.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who ordered it.</param>
/// <param name="Until">Until when it may be carried out (UTC).</param>
[EventName("issuer.revocation-ordered")]
public sealed record IssuerRevocationOrdered(int Generation, RevocationReason Reason, PersonId By, DateTimeOffset Until) : IEvent;
