using Seal.Domain.Deciding;
using Seal.Domain.Issuers;
using Seal.Service.Commands;
using Seal.Service.Keys;
using Seal.Service.Pki;

namespace Seal.Service.Effects;

/// <summary>
/// Makes the next generation of an embedded authority. A key left over from an attempt that came to nothing was never certified, and is
/// taken for the next.
/// </summary>
public sealed class MakeIssuerHandler(Authorities authorities, IssuerFollower follower, ResponderKeys keys) : EffectHandler<MakeIssuer>
{
    /// <inheritdoc/>
    protected override async Task<IOutcome> PerformAsync(MakeIssuer effect, Work work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(effect);
        ArgumentNullException.ThrowIfNull(work);
        await follower.FollowAsync(cancellation);
        var chain = await authorities.MakeAsync(
            effect.Issuer.Algorithm!.Value, effect.Generation, effect.Root, (name, algorithm) => keys.Of(algorithm).GetAsync(name, algorithm, cancellation));
        await follower.KeepAsync(chain, work, cancellation);
        work.OnCommit(() => new ValueTask(follower.FollowAsync(CancellationToken.None)));
        return new IssuerMade(
            chain.IssuingName,
            CertificateDesk.DigestOf(chain.Issuing.Certificate),
            chain.Issuing.Certificate.NotAfter,
            chain.RootName,
            CertificateDesk.DigestOf(chain.Root.Certificate),
            effect.Root ? CertificateDesk.DigestOf(chain.Cross!) : null);
    }
}
