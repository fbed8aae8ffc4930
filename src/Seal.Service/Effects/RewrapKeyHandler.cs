using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Service.Commands;
using Seal.Service.Keys;

namespace Seal.Service.Effects;

/// <summary>Puts a holder's key under a new PIN; the old envelope goes once the change is committed.</summary>
public sealed class RewrapKeyHandler(HolderKeys keys, PinGate gate) : EffectHandler<RewrapKey>
{
    /// <inheritdoc/>
    protected override async Task<IOutcome> PerformAsync(RewrapKey effect, Work work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(effect);
        ArgumentNullException.ThrowIfNull(work);
        await gate.EnterAsync(effect.Holding, work, cancellation);
        using var key = await keys.OpenAsync(effect.Holding, effect.Key, effect.Old, cancellation);
        if (key is null)
        {
            return new KeyRewrapped(null);
        }

        var reference = await keys.KeepAsync(effect.Holding, key, effect.New, work, cancellation);
        work.OnCommit(() => keys.DropAsync(effect.Key));
        return new KeyRewrapped(reference);
    }
}
