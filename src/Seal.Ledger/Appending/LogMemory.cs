using Seal.Ledger.Merkle;

namespace Seal.Ledger.Appending;

/// <summary>
/// What this process knows of the log without asking: the head as its last batch leaves it, and the streams that recent batches read
/// or wrote. All of it is true of the log with that root and of no other, and whoever decides on it asks for the lock with that root.
/// </summary>
/// <param name="clock">The process's clock.</param>
internal sealed class LogMemory(TimeProvider clock)
{
    /// <summary>So many streams make a generation; the one before the last is forgotten.</summary>
    private const int GenerationSize = 1 << 13;

    /// <summary>How long the database's clock is believed to go like this process's before it is read again.</summary>
    private static readonly TimeSpan LongestExtrapolation = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Dictionary<string, StreamState> _young = new(StringComparer.Ordinal);
    private Dictionary<string, StreamState> _old = new(StringComparer.Ordinal);
    private Head? _head;

    /// <summary>Keeps what a batch knew and made; what was known of a log that the batch does not continue is forgotten.</summary>
    /// <param name="decision">The batch, on its way to the database.</param>
    public void Keep(BatchDecision decision)
    {
        var state = decision.State;
        lock (_gate)
        {
            if (_head is null || !_head.Root.AsSpan().SequenceEqual(decision.FirstRoot))
            {
                ForgetStreams();
            }

            _head = new Head(
                state.Range.Size,
                state.Range.Root(),
                state.Range.ToBytes(),
                decision.Events.Count > 0 ? decision.RecordedAt : state.LastRecordedAt,
                state.NextStream,
                state.Projections,
                state.DatabaseTime,
                state.ReadAt,
                state.LeafTail.Copy());
            foreach (var (name, stream) in state.Streams)
            {
                _young[name] = stream;
            }

            if (_young.Count >= GenerationSize)
            {
                (_old, _young) = (_young, new(StringComparer.Ordinal));
            }
        }
    }

    /// <summary>A batch did not come to what it was sent for.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _head = null;
            ForgetStreams();
        }
    }

    /// <summary>
    /// The state to decide appends on without reading anything. What is not known is taken for new: a stream that is expected not to
    /// be there, an idempotency key. The database refuses both with a unique violation where they are there after all.
    /// </summary>
    /// <param name="appends">The appends.</param>
    /// <param name="underWay">The batch that is being written; null if none is.</param>
    /// <returns>Null where something must be read.</returns>
    public LogState? Recall(IReadOnlyList<PendingAppend> appends, BatchDecision? underWay)
    {
        lock (_gate)
        {
            if (_head is not { } head || clock.GetElapsedTime(head.ReadAt) > LongestExtrapolation)
            {
                return null;
            }

            var known = new KnownRows();
            foreach (var append in appends)
            {
                if (IsRepeated(append, underWay) || !append.Writes.All(w => CanDo(w, known)) || !append.Conditions.OfType<AppendCondition.StreamAt>().All(c => Knows(c.Stream, known)))
                {
                    return null;
                }
            }

            return new LogState
            {
                Range = new CompactRange(head.Size, head.Range),
                LastRecordedAt = head.LastRecordedAt,
                DatabaseTime = head.DatabaseTime,
                ReadAt = head.ReadAt,
                Projections = head.Projections,
                NextStream = head.NextStream,
                IsRecalled = true,
                LeafTail = head.LeafTail.Copy(),
                Known = known,
            };
        }
    }

    /// <summary>Whether a request is made anew that is part of the batch under way.</summary>
    public static bool IsRepeated(PendingAppend append, BatchDecision? underWay) =>
        append.Idempotency is { } key && underWay?.NewRequests.ContainsKey((key.Scope, key.Key)) == true;

    private bool CanDo(PreparedWrite write, KnownRows known) =>
        (Knows(write.Stream, known) || write.ExpectedVersion == 0) && write.Events.All(e => e.Targets.Count == 0);

    private bool Knows(string name, KnownRows known)
    {
        if (!_young.TryGetValue(name, out var stream) && !_old.TryGetValue(name, out stream))
        {
            return false;
        }

        known.Streams[name] = stream;
        return true;
    }

    private void ForgetStreams()
    {
        _young.Clear();
        _old.Clear();
    }

    private sealed record Head(
        long Size, byte[] Root, byte[] Range, DateTimeOffset? LastRecordedAt, long NextStream, string Projections, DateTimeOffset DatabaseTime, long ReadAt, LeafTail LeafTail);
}
