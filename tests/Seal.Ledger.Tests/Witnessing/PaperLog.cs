using System.Text;
using Seal.Ledger.Merkle;
using Seal.Ledger.Witnessing;

namespace Seal.Ledger.Tests.Witnessing;

/// <summary>A log that is nothing but leaves in memory and a key: it can be made to say anything.</summary>
internal sealed class PaperLog(string origin, EcdsaNoteKey key, string leaves = "leaf")
{
    public TreeHead Head(long size) => new(size, MerkleHash.Root(Leaves(size)));

    public string Checkpoint(long size, params INoteSigner[] others) => SignedNote.Sign(Head(size).ToCheckpointText(origin), [key, .. others]).ToString();

    public AddCheckpoint Request(long from, long to) => new(from, Proof(from, to), Checkpoint(to));

    public IReadOnlyList<ReadOnlyMemory<byte>> Proof(long from, long to) => MerkleProof.Fill(
        MerkleProof.PlanConsistency(from, to),
        node => MerkleHash.Root(Leaves(long.MaxValue, node.Index << node.Height).Take(1 << node.Height)));

    private IEnumerable<ReadOnlyMemory<byte>> Leaves(long to, long from = 0)
    {
        for (var i = from; i < to; i++)
        {
            yield return MerkleHash.Leaf(Encoding.UTF8.GetBytes($"{leaves} {i}"));
        }
    }
}
