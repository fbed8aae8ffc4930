using Seal.Domain.Deciding;
using Seal.Domain.Seals;

namespace Seal.Domain.Certificates;

/// <summary>Ends one certificate for good; its holder claims the seal anew or resets the PIN to get another.</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="Reason">Why (RFC 5280 §5.3.1).</param>
public sealed record RevokeCertificate(CertificateId Certificate, RevocationReason Reason) : ICommand<RevokeCertificate>
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
    public static Decision Decide(RevokeCertificate command, States states, Facts facts)
    {
        var certificate = states.Get<Certificate>(command.Certificate.Stream);
        if (command.Reason is RevocationReason.CaCompromise or RevocationReason.AaCompromise)
        {
            return CertificateRejections.ReasonNotApplicable;
        }

        if (certificate.Status == CertificateStatus.Revoked)
        {
            return CertificateRejections.CertificateRevoked;
        }

        var decision = Decision.Of(command.Certificate.Stream, new CertificateRevoked(command.Reason))
            .And(certificate.ToPair(states, new CertificateRevoked(command.Reason), CertificateStatus.Active, CertificateStatus.Suspended));
        if (certificate.Seal.Stream.IsNone)
        {
            return decision;
        }

        var signers = states.Get<ElectronicSeal>(certificate.Seal.Stream).Signers;
        return signers.TryGetValue(certificate.Holding.Value, out var listed) && listed == command.Certificate
            ? decision.And(certificate.Seal.Stream, new SignerRemoved(certificate.Holding))
            : decision;
    }
}
