using Seal.Domain.Deciding;
using Seal.Domain.Persons;

namespace Seal.Domain.Certificates;

/// <summary>Lets a suspended certificate sign again; what an officer suspended only an officer reinstates.</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="Reason">Why, in the actor's own words.</param>
public sealed record ReinstateCertificate(CertificateId Certificate, FreeText Reason) : ICommand<ReinstateCertificate>
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
    public static Decision Decide(ReinstateCertificate command, States states, Facts facts)
    {
        var certificate = states.Get<Certificate>(command.Certificate.Stream);
        return certificate.Status switch
        {
            _ when !command.Reason.IsWellFormed => TextRejections.ReasonMissing,
            CertificateStatus.Revoked => CertificateRejections.CertificateRevoked,
            CertificateStatus.Suspended when certificate.SuspendedByOfficer && !facts.Actor.Staff.HasFlag(Role.CertificateOfficer) => CertificateRejections.SuspensionByOfficer,
            CertificateStatus.Suspended => Reinstate(),
            _ => CertificateRejections.CertificateNotSuspended,
        };

        Decision Reinstate()
        {
            var reinstated = new CertificateReinstated(facts.Actor.Person, command.Reason.Commitment);
            return Decision.Of(command.Certificate.Stream, reinstated).And(certificate.ToPair(states, reinstated, CertificateStatus.Suspended));
        }
    }
}

/// <summary>A suspended certificate is in force again.</summary>
/// <param name="By">Who reinstated it.</param>
/// <param name="Reason">Commitment to the reason.</param>
[EventName("certificate.reinstated")]
public sealed record CertificateReinstated(PersonId By, Commitment Reason) : IEvent;
