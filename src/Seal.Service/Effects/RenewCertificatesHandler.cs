using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Seals;
using Seal.Ledger;
using Seal.Service.Commands;
using Seal.Service.Keys;

namespace Seal.Service.Effects;

/// <summary>Gives every holder of a seal a new certificate for the key they have, and makes the edition that lists them.</summary>
public sealed class RenewCertificatesHandler(CertificateDesk certificates, Editions editions, StreamLoader loader) : EffectHandler<RenewCertificates>
{
    /// <inheritdoc/>
    protected override async Task<IOutcome> PerformAsync(RenewCertificates effect, Work work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(effect);
        List<RenewedCertificate> renewed = [];
        List<Cryptography.Certificates.Certificate> issued = [];
        foreach (var (key, old) in effect.Signers)
        {
            var holding = HoldingId.From(key);
            var states = await loader.LoadAsync([holding.Stream], States.None, ReadUntil.All, cancellation);
            var certificate = await certificates.IssueAsync(
                holding, effect.Seal, effect.Organisation, states.Get<Holding>(holding.Stream).Algorithm,
                (await certificates.GetAsync(old, cancellation)).SubjectPublicKeyInfo, effect.NotAfter, work, cancellation);
            issued.Add(certificate);
            renewed.Add(new RenewedCertificate(holding, old, CertificateDesk.IdOf(certificate), CertificateDesk.DigestOf(certificate), certificate.NotAfter, certificates.IssuerOf(certificate)));
        }

        return new CertificatesRenewed(renewed, await editions.MakeAsync(effect.Seal, effect.Edition, effect.NotAfter, issued, [], work, cancellation));
    }
}
