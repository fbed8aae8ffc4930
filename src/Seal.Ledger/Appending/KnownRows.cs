using Seal.Ledger.Projections;

namespace Seal.Ledger.Appending;

/// <summary>The rows that a batch names, as read and as changed by the appends accepted since.</summary>
internal sealed class KnownRows
{
    public Dictionary<string, StreamState> Streams { get; } = new(StringComparer.Ordinal);

    public Dictionary<(string Scope, string Key), StoredRequest> Requests { get; } = [];

    public ProjectionRows Rows { get; } = new();

    /// <summary>Brings the rows up to date with a batch that was being committed when they were read.</summary>
    public void Overlay(BatchDecision underWay)
    {
        foreach (var name in underWay.ChangedStreams)
        {
            Streams[name] = underWay.State.Streams[name];
        }

        foreach (var (key, request) in underWay.NewRequests)
        {
            // Its events are in the log, like those of any other request that was made before.
            Requests[key] = request with { Events = null };
        }

        Rows.Overlay(underWay.State.Rows);
    }
}
