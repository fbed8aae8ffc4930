using Seal.Ledger.Merkle;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Reading;

/// <summary>Makes inclusion and consistency proofs of this log.</summary>
internal sealed class Prover(Database database, EventRows events)
{
    private readonly TileHashes tiles = new(database);

    public async Task<IReadOnlyList<InclusionProof>> InclusionsAsync(IReadOnlyList<long> positions, long treeSize, CancellationToken ct)
    {
        await RequireSizeAsync(treeSize, ct);
        IReadOnlyList<ReadOnlyMemory<byte>> leaves = await tiles.LeavesAsync(positions, ct);
        IReadOnlyList<IReadOnlyList<ReadOnlyMemory<byte>>> proofs = await tiles.FillAsync([.. positions.Select(p => MerkleProof.PlanInclusion(p, treeSize))], ct);
        return [.. positions.Select((p, i) => new InclusionProof(p, treeSize, leaves[i], proofs[i]))];
    }

    public async Task<ConsistencyProof> ConsistencyAsync(long from, long to, CancellationToken ct)
    {
        IReadOnlyList<LeafRange> plan = MerkleProof.PlanConsistency(from, to);
        await RequireSizeAsync(to, ct);
        return new ConsistencyProof(from, to, (await tiles.FillAsync([plan], ct))[0]);
    }

    private async Task RequireSizeAsync(long treeSize, CancellationToken ct)
    {
        long size = await events.SizeAsync(ct);
        if (treeSize > size)
            throw new ArgumentOutOfRangeException(nameof(treeSize), treeSize, $"The log has only {size} events.");
    }
}
