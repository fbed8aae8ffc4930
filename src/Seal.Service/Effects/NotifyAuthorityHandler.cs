using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Service.CertificateSources;
using Seal.Service.Commands;

namespace Seal.Service.Effects;

/// <summary>Tells an outside authority how a certificate of its own stands here.</summary>
public sealed class NotifyAuthorityHandler(IEnumerable<ICertificateSource> sources) : EffectHandler<NotifyAuthority>
{
    /// <inheritdoc/>
    protected override async Task<IOutcome> PerformAsync(NotifyAuthority effect, Work work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(effect);
        return sources.OfType<OutsideSource>().FirstOrDefault(one => one.Name == effect.Authority) is { } source
            ? await source.TellAsync(effect, cancellation)
            : new AuthorityAnswered(effect.Status, NoticeAnswer.NotReached, $"{effect.Authority} is not among Seal:CertificateAuthorities");
    }
}
