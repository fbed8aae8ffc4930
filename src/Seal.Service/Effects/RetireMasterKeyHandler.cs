using Seal.Domain.Deciding;
using Seal.Domain.MasterKeys;
using Seal.Service.Commands;
using Seal.Service.SignIn;
using Seal.Service.Vault;

namespace Seal.Service.Effects;

/// <summary>Sees to it that nothing is under a master key and nothing can come under it: what little may be left is put under the present one first.</summary>
public sealed class RetireMasterKeyHandler(MasterKeyRing keys, MasterKeyFollower follower, Rewrapping rewrapping, SignInKeys signInKeys, TimeProvider clock) : EffectHandler<RetireMasterKey>
{
    // Whoever waits for the answer does not wait for a whole vault.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <inheritdoc/>
    protected override async Task<IOutcome> PerformAsync(RetireMasterKey effect, Work work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(effect);
        ArgumentNullException.ThrowIfNull(work);
        await follower.FollowAsync(cancellation);
        if (keys.Find(effect.Key)?.IsThere() != true)
        {
            return new MasterKeyRetired(Retirement.Unknown);
        }

        for (var began = clock.GetTimestamp(); clock.GetElapsedTime(began) < Patience;)
        {
            var came = await rewrapping.StepAsync(cancellation);
            if (came == RewrapStep.NothingLeft)
            {
                break;
            }

            if (came == RewrapStep.Elsewhere)
            {
                await Task.Delay(Pause, cancellation);
            }
        }

        signInKeys.Rewrap();
        if (signInKeys.AreUnder(effect.Key))
        {
            return new MasterKeyRetired(Retirement.InUse);
        }

        if (await follower.RetireAsync(effect.Key, cancellation) is { } number)
        {
            work.OnDiscard(() => new ValueTask(follower.TakeInAsync(effect.Key, number, CancellationToken.None)));
        }
        else if (await follower.IsKnownAsync(effect.Key, cancellation))
        {
            return new MasterKeyRetired(Retirement.InUse);
        }

        work.OnCommit(() => new ValueTask(follower.FollowAsync(CancellationToken.None)));
        return new MasterKeyRetired(Retirement.Done);
    }
}
