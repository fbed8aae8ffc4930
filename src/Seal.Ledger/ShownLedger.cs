using System.Runtime.CompilerServices;
using Seal.Ledger.Reading;
using Seal.Ledger.Storage;

namespace Seal.Ledger;

/// <summary>
/// Reads for showing: from the replica, where there is one that has replayed all that is in the log when the read comes, else
/// from the database itself. What decides something is read through <see cref="EventLedger"/>.
/// </summary>
public sealed class ShownLedger
{
    private readonly EventRows _events;
    private readonly Prover _prover;

    internal ShownLedger(ProjectionReader projections, EventRows events, Prover prover) => (Projections, _events, _prover) = (projections, events, prover);

    /// <summary>Reads the inline projections.</summary>
    public ProjectionReader Projections { get; }

    /// <inheritdoc cref="EventLedger.ReadStreamAsync"/>
    public IAsyncEnumerable<RecordedEvent> ReadStreamAsync(string stream, ReadUntil until, CancellationToken ct) => _events.StreamAsync(stream, until, ct);

    /// <inheritdoc cref="EventLedger.ReadStreamsAsync"/>
    public Task<IReadOnlyDictionary<string, IReadOnlyList<RecordedEvent>>> ReadStreamsAsync(
        IReadOnlyCollection<string> streams, ReadUntil until, CancellationToken ct) => _events.StreamsAsync(streams, until, ct);

    /// <inheritdoc cref="EventLedger.ReadAllAsync"/>
    public async IAsyncEnumerable<RecordedEvent> ReadAllAsync(
        long fromPosition, IReadOnlyCollection<string>? types, [EnumeratorCancellation] CancellationToken ct)
    {
        var end = await _events.SizeAsync(ct);
        await foreach (var recorded in _events.AllAsync(fromPosition, end, types, ct))
        {
            yield return recorded;
        }
    }

    /// <inheritdoc cref="EventLedger.FindAsync"/>
    public async Task<RecordedEvent?> FindAsync(long position, CancellationToken ct) => (await _events.RangeAsync(position, position + 1, ct)).SingleOrDefault();

    /// <inheritdoc cref="EventLedger.ProveInclusionAsync"/>
    public async Task<InclusionProof> ProveInclusionAsync(long position, long treeSize, CancellationToken ct) =>
        (await ProveInclusionsAsync([position], treeSize, ct))[0];

    /// <inheritdoc cref="EventLedger.ProveInclusionsAsync"/>
    public Task<IReadOnlyList<InclusionProof>> ProveInclusionsAsync(IReadOnlyList<long> positions, long treeSize, CancellationToken ct) =>
        _prover.InclusionsAsync(positions, treeSize, ct);

    /// <inheritdoc cref="EventLedger.ProveConsistencyAsync"/>
    public Task<ConsistencyProof> ProveConsistencyAsync(long from, long to, CancellationToken ct) => _prover.ConsistencyAsync(from, to, ct);
}
