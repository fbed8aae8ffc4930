using Seal.Ledger.Projections;

namespace Seal.Ledger.Appending;

/// <summary>The rows that a batch names, as read and as changed by the appends accepted since.</summary>
internal sealed class KnownRows
{
    public Dictionary<string, StreamState> Streams { get; } = new(StringComparer.Ordinal);

    public Dictionary<(string Scope, string Key), StoredRequest> Requests { get; } = [];

    public ProjectionRows Rows { get; } = new();

    /// <summary>Brings the rows up to date with a batch that was committed after they were read.</summary>
    public void Overlay(BatchDecision committed)
    {
        foreach (var name in committed.ChangedStreams)
        {
            Streams[name] = committed.State.Streams[name];
        }

        foreach (var (key, request) in committed.NewRequests)
        {
            // Its events are in the log, like those of any other request that was made before.
            Requests[key] = request with { Events = null };
        }

        Rows.Overlay(committed.State.Rows);
    }
}
