using Seal.Ledger.Merkle;
using Seal.Ledger.Projections;

namespace Seal.Ledger.Appending;

/// <summary>A stream as it stands in the batch.</summary>
internal readonly record struct StreamState(long Id, long Version, long FirstPosition, long LastPosition);

/// <summary>A remembered request. Its events are at hand if it was accepted in this very batch.</summary>
internal sealed record StoredRequest(
    ReadOnlyMemory<byte> Digest, string Outcome, long FirstPosition, int Count, DateTimeOffset ExpiresAt, IReadOnlyList<RecordedEvent>? Events);

/// <summary>All that deciding a batch needs, as read under the head's lock or foreseen, and as changed by the appends accepted since.</summary>
internal sealed class LogState
{
    public required CompactRange Range { get; init; }

    /// <summary>Time of the last event; null if the log is empty.</summary>
    public required DateTimeOffset? LastRecordedAt { get; init; }

    /// <summary>The database server's clock when it was read.</summary>
    public required DateTimeOffset DatabaseTime { get; init; }

    /// <summary>Timestamp of this process's clock when <see cref="DatabaseTime"/> was read.</summary>
    public required long ReadAt { get; init; }

    public required string Projections { get; init; }

    /// <summary>Whether nothing was read for it: what it does not know is taken for new, and the database refuses it if it is not.</summary>
    public bool IsRecalled { get; init; }

    public required long NextStream { get; set; }

    /// <summary>The end of the leaf hashes, as far as it is known without being read.</summary>
    public LeafTail LeafTail { get; init; } = new(null);

    public KnownRows Known { get; init; } = new();

    public Dictionary<string, StreamState> Streams => Known.Streams;

    public Dictionary<(string Scope, string Key), StoredRequest> Requests => Known.Requests;

    public ProjectionRows Rows => Known.Rows;

    /// <summary>
    /// What was read without a lock, as it will be when the lock is there: with the batch that this process was writing meanwhile,
    /// which the reader may have seen or not. Whether it came so is asked under the lock, of size and root.
    /// </summary>
    /// <param name="underWay">That batch; null if there was none.</param>
    /// <returns>Null where the log is neither as it was before that batch nor as it is after: somebody else appends.</returns>
    public LogState? After(BatchDecision? underWay)
    {
        if (underWay is null)
        {
            return this;
        }

        var after = underWay.State;
        if (Range.Size != underWay.FirstPosition && Range.Size != after.Range.Size)
        {
            return null;
        }

        Known.Overlay(underWay);
        return new LogState
        {
            Range = new CompactRange(after.Range.Size, after.Range.ToBytes()),
            LastRecordedAt = underWay.Events.Count > 0 ? underWay.RecordedAt : after.LastRecordedAt,
            DatabaseTime = DatabaseTime,
            ReadAt = ReadAt,
            Projections = Projections,
            NextStream = after.NextStream,
            LeafTail = after.LeafTail.Copy(),
            Known = Known,
        };
    }

    public long VersionOf(string stream) => Streams.TryGetValue(stream, out var state) ? state.Version : 0;
}
