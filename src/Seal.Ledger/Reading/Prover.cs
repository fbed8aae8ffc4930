using Seal.Ledger.Merkle;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Reading;

/// <summary>Makes inclusion and consistency proofs of this log.</summary>
internal sealed class Prover(IDatabaseReads database, EventRows events)
{
    private readonly TileHashes _tiles = new(database);

    public async Task<IReadOnlyList<InclusionProof>> InclusionsAsync(IReadOnlyList<long> positions, long treeSize, CancellationToken ct)
    {
        await RequireSizeAsync(treeSize, ct);
        var leaves = await _tiles.LeavesAsync(positions, ct);
        var proofs = await _tiles.FillAsync([.. positions.Select(p => MerkleProof.PlanInclusion(p, treeSize))], ct);
        return [.. positions.Select((p, i) => new InclusionProof(p, treeSize, leaves[i], proofs[i]))];
    }

    public async Task<ConsistencyProof> ConsistencyAsync(long from, long to, CancellationToken ct)
    {
        var plan = MerkleProof.PlanConsistency(from, to);
        await RequireSizeAsync(to, ct);
        return new ConsistencyProof(from, to, (await _tiles.FillAsync([plan], ct))[0]);
    }

    private async Task RequireSizeAsync(long treeSize, CancellationToken ct)
    {
        var size = await events.SizeAsync(ct);
        if (treeSize > size)
        {
            throw new ArgumentOutOfRangeException(nameof(treeSize), treeSize, $"The log has only {size} events.");
        }
    }
}
