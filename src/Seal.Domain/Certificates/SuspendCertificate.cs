using Seal.Domain.Deciding;
using Seal.Domain.Persons;

namespace Seal.Domain.Certificates;

/// <summary>
/// Stops a certificate for a while, where it is not known yet whether it has to be revoked: nothing is signed with it, and nothing is
/// issued in its place, until it is reinstated. Lists and answers call it revoked with the reason certificateHold.
/// </summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="Reason">Why, in the actor's own words.</param>
public sealed record SuspendCertificate(CertificateId Certificate, FreeText Reason) : ICommand<SuspendCertificate>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(CertificateId.StreamType, Role.OwnerSide | Role.Oneself | Role.CertificateOfficer)
    {
        NeedsProof = true,
        Unknown = CertificateRejections.CertificateUnknown,
    };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Certificate.Stream;

    /// <inheritdoc/>
    public StreamId Oneself(States states, Facts facts) => states.Get<Certificate>(Certificate.Stream).Alone;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts) => known.Get<Certificate>(Certificate.Stream).Owners(known);

    /// <inheritdoc/>
    public static Decision Decide(SuspendCertificate command, States states, Facts facts)
    {
        var certificate = states.Get<Certificate>(command.Certificate.Stream);
        var byOfficer = facts.Actor.Staff.HasFlag(Role.CertificateOfficer);
        return certificate.Status switch
        {
            _ when !command.Reason.IsWellFormed => TextRejections.ReasonMissing,
            CertificateStatus.Revoked => CertificateRejections.CertificateRevoked,
            _ when certificate.NotAfter <= facts.Now => CertificateRejections.CertificateExpired,
            CertificateStatus.Active => Suspend(),
            // The officer's word binds a certificate that its owner had stopped, too: else the owner could start it again.
            CertificateStatus.Suspended when byOfficer && !certificate.SuspendedByOfficer => Suspend(),
            _ => CertificateRejections.CertificateSuspended,
        };

        Decision Suspend()
        {
            var suspended = new CertificateSuspended(facts.Actor.Person, byOfficer, command.Reason.Commitment);
            return Decision.Of(command.Certificate.Stream, suspended).And(certificate.ToPair(states, suspended, CertificateStatus.Active, CertificateStatus.Suspended));
        }
    }
}

/// <summary>A certificate is stopped until it is reinstated or revoked.</summary>
/// <param name="By">Who suspended it.</param>
/// <param name="ByOfficer">Whether the authority's officer did; then only an officer reinstates it.</param>
/// <param name="Reason">Commitment to the reason; <c>null</c> where an order for a new medium says it.</param>
[EventName("certificate.suspended")]
public sealed record CertificateSuspended(PersonId By, bool ByOfficer, Commitment? Reason = null) : IEvent;
