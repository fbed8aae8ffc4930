using Seal.Ledger.Merkle;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Reading;

/// <summary>Computes the tree head from the events alone.</summary>
internal sealed class Recomputation(EventRows events)
{
    public async Task<TreeHead> RunAsync(CancellationToken ct)
    {
        var range = new CompactRange();
        await foreach (var recorded in events.AllAsync(0, await events.SizeAsync(ct), types: null, ct))
        {
            if (recorded.Position != range.Size)
            {
                throw new LedgerCorruptException($"The event at position {range.Size} is missing; the next is at {recorded.Position}.");
            }

            range.Append(MerkleHash.Leaf(recorded.ToLeaf()));
        }

        return new TreeHead(range.Size, range.Root());
    }
}
