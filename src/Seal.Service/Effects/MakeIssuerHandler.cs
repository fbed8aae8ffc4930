using Seal.Domain.Deciding;
using Seal.Domain.Issuers;
using Seal.Service.Commands;
using Seal.Service.Keys;
using Seal.Service.Pki;
using Seal.Service.Problems;

namespace Seal.Service.Effects;

/// <summary>
/// Makes the next generation of an embedded authority. A key left over from an attempt that came to nothing was never certified, and is
/// taken for the next.
/// </summary>
public sealed class MakeIssuerHandler(Authorities authorities, IssuerFollower follower, ResponderKeys keys, TimeProvider clock) : EffectHandler<MakeIssuer>
{
    /// <inheritdoc/>
    protected override async Task<IOutcome> PerformAsync(MakeIssuer effect, Work work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(effect);
        ArgumentNullException.ThrowIfNull(work);
        await follower.FollowAsync(cancellation);
        var algorithm = effect.Issuer.Algorithm!.Value;
        if (authorities.For(algorithm).WhyNotFollowed(clock.GetUtcNow()) is { } why)
        {
            throw new ProblemException(Problem.From(why));
        }

        var chain = await authorities.MakeAsync(
            algorithm, effect.Generation, effect.Root, (name, signing) => keys.Of(signing).GetAsync(name, signing, cancellation));
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
