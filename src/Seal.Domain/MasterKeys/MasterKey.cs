using Seal.Domain.Deciding;

namespace Seal.Domain.MasterKeys;

/// <summary>One master key of the vault as its events have it.</summary>
public sealed record MasterKey : IState<MasterKey>
{
    /// <inheritdoc/>
    public static string StreamType => MasterKeyId.StreamType;

    /// <inheritdoc/>
    public static MasterKey Initial { get; } = new();

    /// <summary>Whether it was destroyed.</summary>
    public bool IsDestroyed { get; init; }

    /// <inheritdoc/>
    public MasterKey Apply(IEvent happened) => happened is MasterKeyDestroyed ? this with { IsDestroyed = true } : this;
}
