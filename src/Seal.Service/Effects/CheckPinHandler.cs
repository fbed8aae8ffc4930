using Seal.Domain.Deciding;
using Seal.Domain.Signings;
using Seal.Service.Commands;
using Seal.Service.Keys;

namespace Seal.Service.Effects;

/// <summary>Finds out whether a PIN is right by opening the holder's key with it; the open key serves the rest of the command.</summary>
public sealed class CheckPinHandler(HolderKeys keys, PinGate gate) : EffectHandler<CheckPin>
{
    /// <inheritdoc/>
    protected override async Task<IOutcome> PerformAsync(CheckPin effect, Work work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(effect);
        ArgumentNullException.ThrowIfNull(work);
        await gate.EnterAsync(effect.Holding, work, cancellation);
        var key = await keys.OpenAsync(effect.Holding, effect.Key, effect.Pin, cancellation);
        if (key is not null)
        {
            work.Unlock(key);
        }

        return new PinChecked(key is not null, effect.Key);
    }
}
