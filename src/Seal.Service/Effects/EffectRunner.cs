using Seal.Domain.Deciding;
using Seal.Service.Commands;

namespace Seal.Service.Effects;

/// <summary>Performs one kind of effect.</summary>
public interface IEffectHandler
{
    /// <summary>The kind of effect.</summary>
    Type Effect { get; }

    /// <summary>Performs it; what it makes is put under <paramref name="work"/> until the events are committed.</summary>
    Task<IOutcome> PerformAsync(IEffect effect, Work work, CancellationToken cancellation);
}

/// <summary>Performs one kind of effect.</summary>
/// <typeparam name="TEffect">The kind.</typeparam>
public abstract class EffectHandler<TEffect> : IEffectHandler where TEffect : class, IEffect
{
    /// <inheritdoc/>
    public Type Effect => typeof(TEffect);

    /// <inheritdoc/>
    public Task<IOutcome> PerformAsync(IEffect effect, Work work, CancellationToken cancellation) => PerformAsync((TEffect)effect, work, cancellation);

    /// <summary>Performs it.</summary>
    protected abstract Task<IOutcome> PerformAsync(TEffect effect, Work work, CancellationToken cancellation);
}

/// <summary>Finds who performs an effect.</summary>
public sealed class EffectRunner(IEnumerable<IEffectHandler> handlers)
{
    private readonly Dictionary<Type, IEffectHandler> _handlers = handlers.ToDictionary(handler => handler.Effect);

    /// <summary>Performs an effect.</summary>
    public Task<IOutcome> PerformAsync(IEffect effect, Work work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(effect);
        return _handlers[effect.GetType()].PerformAsync(effect, work, cancellation);
    }
}
