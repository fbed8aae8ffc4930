namespace Seal.Domain.Deciding;

/// <summary>What folding one stream of events gives.</summary>
/// <typeparam name="TSelf">The state itself.</typeparam>
public interface IState<TSelf> where TSelf : IState<TSelf>
{
    /// <summary>The type of the streams that fold to this state.</summary>
    static abstract string StreamType { get; }

    /// <summary>The state before anything happened.</summary>
    static abstract TSelf Initial { get; }

    /// <summary>The state after one more event; an event of no consequence leaves it as it is.</summary>
    TSelf Apply(IEvent happened);
}
