using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Service.Commands;
using Seal.Service.Keys;

namespace Seal.Service.Effects;

/// <summary>Makes a holder's key under the PIN, a certificate for it, and the edition of the seal that lists it.</summary>
public sealed class IssueHoldingHandler(HolderKeys keys, CertificateDesk certificates, Editions editions) : EffectHandler<IssueHolding>
{
    /// <inheritdoc/>
    protected override async Task<IOutcome> PerformAsync(IssueHolding effect, Work work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(effect);
        var (reference, publicKey) = await keys.MakeAsync(effect.Holding, effect.Algorithm, effect.Pin, work, cancellation);
        var certificate = await certificates.IssueAsync(
            effect.Holding, effect.Seal, effect.Organisation, effect.Algorithm, publicKey, effect.NotAfter, work, cancellation);
        var edition = await editions.MakeAsync(effect.Seal, effect.Edition, effect.NotAfter, [certificate], effect.OtherSigners.Values, work, cancellation);
        return new HoldingIssued(reference, CertificateDesk.IdOf(certificate), CertificateDesk.DigestOf(certificate), certificate.NotAfter, edition, certificates.IssuerOf(certificate));
    }
}
