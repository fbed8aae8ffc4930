using System.Diagnostics.CodeAnalysis;
using Seal.Ledger.Merkle;
using Seal.Ledger.Projections;

namespace Seal.Ledger.Appending;

/// <summary>An accepted event with what its row needs beside it.</summary>
internal readonly record struct AcceptedEvent(RecordedEvent Recorded, long StreamId, byte[] LeafHash);

/// <summary>
/// Accepts or refuses the appends of a batch, one after the other, each by itself; a later one sees what the earlier
/// ones of the batch did. Pure: it reads and writes nothing but the state it was given.
/// </summary>
/// <param name="state">The log.</param>
/// <param name="recordedAt">The batch's time.</param>
/// <param name="idempotencyLifetime">How long requests are remembered.</param>
/// <param name="isForeseen">Whether the state was read without the lock: then nothing is true of it before it is found to be so under the lock.</param>
internal sealed class BatchDecision(LogState state, DateTimeOffset recordedAt, TimeSpan idempotencyLifetime, bool isForeseen)
{
    private readonly List<(PendingAppend Append, AppendAnswer? Answer, Exception? Refusal)> _answers = [];

    public LogState State { get; } = state;

    public DateTimeOffset RecordedAt { get; } = recordedAt;

    public List<AcceptedEvent> Events { get; } = [];

    public HashSet<string> ChangedStreams { get; } = new(StringComparer.Ordinal);

    public Dictionary<(string Scope, string Key), StoredRequest> NewRequests { get; } = [];

    /// <summary>The size of the log before the batch.</summary>
    public long FirstPosition { get; } = state.Range.Size;

    /// <summary>The root of the log before the batch.</summary>
    public byte[] FirstRoot { get; } = state.Range.Root();

    /// <summary>Whether the log before the batch is only foreseen: then its root is to be compared under the lock.</summary>
    public bool IsForeseen { get; } = isForeseen;

    /// <summary>Ids from here on are those of streams that this batch begins.</summary>
    public long FirstNewStream { get; } = state.NextStream;

    /// <summary>Keys that were remembered from long ago and are used anew.</summary>
    public List<(string Scope, string Key)> ExpiredRequests { get; } = [];

    /// <summary>Indexes of the tiles of leaf hashes that are full now, of those whose first hashes are not known.</summary>
    public List<long> FullLeafTiles { get; } = [];

    /// <summary>What comes to the tiles above the leaves, and tiles of leaf hashes that are full now and known as a whole.</summary>
    public Dictionary<HashTile, List<byte[]>> NewTileHashes { get; } = [];

    /// <summary>Whether an append was refused.</summary>
    public bool Refuses => _answers.Exists(a => a.Refusal is not null);

    /// <summary>Whether there is anything to commit: a batch may consist of refusals and replays.</summary>
    public bool WritesNothing => Events.Count == 0 && NewRequests.Count == 0;

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever an append's projection throws is that append's refusal and no other's.")]
    public void Take(PendingAppend append)
    {
        try
        {
            _answers.Add((append, Replay(append) ?? Accept(append), null));
        }
        catch (LedgerException refusal)
        {
            _answers.Add((append, null, refusal));
        }
        catch (Exception e)
        {
            _answers.Add((append, null, new AppendRefusedException("An inline projection could not fold the event: " + e.Message, e)));
        }
    }

    /// <summary>Answers every caller. Only to be called when what the answers say is true, that is, after the commit.</summary>
    public void AnswerAll()
    {
        foreach ((var append, var answer, var refusal) in _answers)
        {
            if (answer is not null)
            {
                append.Complete(answer);
            }
            else
            {
                append.Refuse(refusal!);
            }
        }
    }

    private AppendAnswer? Replay(PendingAppend append)
    {
        if (append.Idempotency is not { } key || !State.Requests.TryGetValue((key.Scope, key.Key), out var known) || known.ExpiresAt <= RecordedAt)
        {
            return null;
        }

        return known.Digest.Span.SequenceEqual(key.RequestDigest.Span)
            ? new AppendAnswer(known.Events, known.FirstPosition, known.Count, Replayed: true, known.Outcome)
            : throw new IdempotencyConflictException(key.Scope, key.Key);
    }

    private AppendAnswer Accept(PendingAppend append)
    {
        foreach (var write in append.Writes)
        {
            var actual = State.VersionOf(write.Stream);
            if (actual != write.ExpectedVersion)
            {
                throw new ConcurrencyException(write.Stream, write.ExpectedVersion, actual);
            }
        }

        foreach (var condition in append.Conditions)
        {
            Require(condition);
        }

        // Nothing of the state changes before the last thing that can fail.
        var events = Number(append);
        var rows = Project(append, events);
        var first = State.Range.Size;
        Keep(append, events);
        State.Rows.Keep(rows);
        List<RecordedEvent> recorded = [.. events.Select(e => e.Recorded)];
        if (append.Idempotency is { } key)
        {
            var request = new StoredRequest(key.RequestDigest, key.Outcome, first, events.Count, RecordedAt + idempotencyLifetime, recorded);
            if (State.Requests.TryGetValue((key.Scope, key.Key), out var known) && known.Events is null)
            {
                ExpiredRequests.Add((key.Scope, key.Key));
            }

            State.Requests[(key.Scope, key.Key)] = request;
            NewRequests[(key.Scope, key.Key)] = request;
        }

        return new AppendAnswer(recorded, first, events.Count, Replayed: false, append.Idempotency?.Outcome);
    }

    private void Require(AppendCondition condition)
    {
        switch (condition)
        {
            case AppendCondition.StreamAt at when State.VersionOf(at.Stream) != at.Version:
                throw new ConditionFailedException(at, State.VersionOf(at.Stream), actualTime: null);
            case AppendCondition.RecordedBefore before when RecordedAt >= before.Time:
                throw new ConditionFailedException(before, actualVersion: null, RecordedAt);
        }
    }

    private List<(RecordedEvent Recorded, byte[] LeafHash)> Number(PendingAppend append)
    {
        var events = new List<(RecordedEvent, byte[])>();
        foreach (var write in append.Writes)
        {
            var version = write.ExpectedVersion;
            foreach (var prepared in write.Events)
            {
                var recorded = new RecordedEvent(
                    State.Range.Size + events.Count, write.Stream, ++version, prepared.Type, RecordedAt, append.Metadata, prepared.Body);
                var leaf = recorded.ToLeaf();
                if (leaf.Length > EventEnvelope.MaximumLength)
                {
                    throw new EventTooLargeException(write.Stream, prepared.Type, leaf.Length);
                }

                events.Add((recorded, MerkleHash.Leaf(leaf)));
            }
        }

        return events;
    }

    private Dictionary<ProjectionTarget, ProjectedRow> Project(PendingAppend append, List<(RecordedEvent Recorded, byte[] LeafHash)> events)
    {
        var staged = new Dictionary<ProjectionTarget, ProjectedRow>();
        var i = 0;
        foreach (var prepared in append.Writes.SelectMany(w => w.Events))
        {
            var recorded = events[i++].Recorded;
            foreach (var target in prepared.Targets)
            {
                State.Rows.Stage(target, recorded, staged);
            }
        }

        return staged;
    }

    private void Keep(PendingAppend append, List<(RecordedEvent Recorded, byte[] LeafHash)> events)
    {
        foreach (var write in append.Writes)
        {
            ChangedStreams.Add(write.Stream);
            if (!State.Streams.ContainsKey(write.Stream))
            {
                State.Streams[write.Stream] = new StreamState(State.NextStream++, 0, FirstPosition: -1, LastPosition: -1);
            }
        }

        foreach ((var recorded, var leafHash) in events)
        {
            var stream = State.Streams[recorded.Stream];
            State.Streams[recorded.Stream] = stream with
            {
                Version = recorded.Version,
                FirstPosition = stream.FirstPosition < 0 ? recorded.Position : stream.FirstPosition,
                LastPosition = recorded.Position,
            };
            State.Range.Append(leafHash, KeepTileHash);
            Events.Add(new AcceptedEvent(recorded, stream.Id, leafHash));
        }
    }

    private void KeepTileHash(MerkleNode node, byte[] hash)
    {
        if (node.Height == 0)
        {
            State.LeafTail.Add(node.Index, hash);
        }

        if (node.Height == 0 || node.Height % HashTile.Height != 0)
        {
            return;
        }

        if (node.Height == HashTile.Height)
        {
            KeepFullLeafTile(node.Index);
        }

        var tile = HashTile.Holding(node);
        if (!NewTileHashes.TryGetValue(tile, out var hashes))
        {
            NewTileHashes.Add(tile, hashes = []);
        }

        hashes.Add(hash);
    }

    private void KeepFullLeafTile(long index)
    {
        if (State.LeafTail.Take() is { } hashes)
        {
            NewTileHashes.Add(new HashTile(0, index), hashes);
        }
        else
        {
            FullLeafTiles.Add(index);
        }
    }
}
