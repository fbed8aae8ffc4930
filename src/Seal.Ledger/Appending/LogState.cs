using Seal.Ledger.Merkle;
using Seal.Ledger.Projections;

namespace Seal.Ledger.Appending;

/// <summary>A stream as it stands in the batch.</summary>
internal readonly record struct StreamState(long Id, long Version, long FirstPosition, long LastPosition);

/// <summary>A remembered request. Its events are at hand if it was accepted in this very batch.</summary>
internal sealed record StoredRequest(
    ReadOnlyMemory<byte> Digest, string Outcome, long FirstPosition, int Count, DateTimeOffset ExpiresAt, IReadOnlyList<RecordedEvent>? Events);

/// <summary>All that deciding a batch needs, as read under the head's lock and as changed by the appends accepted since.</summary>
internal sealed class LogState
{
    public required CompactRange Range { get; init; }

    /// <summary>Time of the last event; null if the log is empty.</summary>
    public required DateTimeOffset? LastRecordedAt { get; init; }

    public required DateTimeOffset DatabaseTime { get; init; }

    public required string Projections { get; init; }

    public required long NextStream { get; set; }

    public KnownRows Known { get; set; } = new();

    public Dictionary<string, StreamState> Streams => Known.Streams;

    public Dictionary<(string Scope, string Key), StoredRequest> Requests => Known.Requests;

    public ProjectionRows Rows => Known.Rows;

    public long VersionOf(string stream) => Streams.TryGetValue(stream, out var state) ? state.Version : 0;
}
