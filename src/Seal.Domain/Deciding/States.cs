namespace Seal.Domain.Deciding;

/// <summary>The streams a decision has read, each at one version, folded when asked for.</summary>
public sealed class States
{
    private readonly Dictionary<StreamId, IReadOnlyList<IEvent>> _streams;

    /// <summary>Nothing read yet.</summary>
    public static States None { get; } = new([]);

    private States(Dictionary<StreamId, IReadOnlyList<IEvent>> streams) => _streams = streams;

    /// <summary>The streams read so far, those that do not exist yet included.</summary>
    public IReadOnlyCollection<StreamId> Streams => _streams.Keys;

    /// <summary>Whether a stream has been read (it may be empty).</summary>
    public bool Has(StreamId stream) => _streams.ContainsKey(stream);

    /// <summary>How many events the stream has; 0 for one that does not exist or was not read.</summary>
    public long VersionOf(StreamId stream) => _streams.TryGetValue(stream, out var events) ? events.Count : 0;

    /// <summary>The folded state of a stream; its initial state when it does not exist or was not read.</summary>
    public TState Get<TState>(StreamId stream) where TState : class, IState<TState> =>
        _streams.TryGetValue(stream, out var events)
            ? events.Aggregate(TState.Initial, (state, happened) => state.Apply(happened))
            : TState.Initial;

    /// <summary>Every state of one type among the streams read.</summary>
    public IEnumerable<TState> All<TState>() where TState : class, IState<TState> =>
        _streams.Keys.Where(stream => stream.Type == TState.StreamType).Select(Get<TState>);

    /// <summary>These states with one stream read in addition, or read anew.</summary>
    public States With(StreamId stream, IReadOnlyList<IEvent> events) =>
        new(new Dictionary<StreamId, IReadOnlyList<IEvent>>(_streams) { [stream] = events });

    /// <summary>These states after more events have happened, in order.</summary>
    public States After(IEnumerable<StreamEvent> happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        var streams = new Dictionary<StreamId, IReadOnlyList<IEvent>>(_streams);
        foreach (var (stream, fact) in happened)
        {
            streams[stream] = streams.TryGetValue(stream, out var earlier) ? [.. earlier, fact] : [fact];
        }

        return new States(streams);
    }
}
