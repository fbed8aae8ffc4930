using Seal.Domain.Deciding;
using Seal.Domain.MasterKeys;
using Seal.Service.Automations;
using Seal.Service.Commands;
using Seal.Service.Vault;

namespace Seal.Service.Effects;

/// <summary>Makes a master key in the token. Nothing is wrapped by it before its event; after that, everything.</summary>
public sealed class MakeMasterKeyHandler(MasterKeyRing keys, MasterKeyFollower follower, RewrapSignal signal) : EffectHandler<MakeMasterKey>
{
    /// <inheritdoc/>
    protected override Task<IOutcome> PerformAsync(MakeMasterKey effect, Work work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(effect);
        ArgumentNullException.ThrowIfNull(work);
        var key = keys.Find(effect.Key) ?? throw new InvalidOperationException($"'{effect.Key}' is no id of a master key.");
        work.OnDiscard(() =>
        {
            key.Destroy();
            return ValueTask.CompletedTask;
        });
        work.OnCommit(async () =>
        {
            await follower.FollowAsync(CancellationToken.None);
            signal.Give();
        });
        key.Make();
        return Task.FromResult<IOutcome>(new MasterKeyMade());
    }
}
