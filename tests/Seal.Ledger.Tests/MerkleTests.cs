using System.Globalization;
using System.Text;
using Seal.Ledger.Merkle;

namespace Seal.Ledger.Tests;

public sealed class MerkleTests
{
    private static readonly byte[][] Leaves = [.. Enumerable.Range(0, 300).Select(i => MerkleHash.Leaf(Encoding.UTF8.GetBytes(i.ToString(CultureInfo.InvariantCulture))))];

    [Fact]
    public void Short_texts_are_hashed_as_the_base_library_hashes_them()
    {
        foreach (var length in Enumerable.Range(0, 300).Concat([4_095, 65_536]))
        {
            var text = new byte[length];
            new Random(length).NextBytes(text);
            ShortHash.Compute(text).ShouldBe(System.Security.Cryptography.SHA256.HashData(text));
        }
    }

    [Fact]
    public void The_root_is_what_the_recursive_definition_of_RFC_6962_gives()
    {
        for (var size = 0; size <= 70; size++)
        {
            Root(size).ShouldBe(Definition(0, size));
        }
    }

    [Fact]
    public void Each_leaf_of_each_tree_has_a_proof_that_holds_for_it_and_for_no_other()
    {
        foreach (var size in new[] { 1, 2, 3, 5, 8, 13, 31, 32, 33, 100, 255, 256, 257 })
        {
            var root = Root(size);
            for (var i = 0; i < size; i++)
            {
                var proof = MerkleProof.Fill(MerkleProof.PlanInclusion(i, size), HashOf);
                MerkleVerifier.VerifyInclusion(Leaves[i], i, size, proof, root).ShouldBeTrue();
                MerkleVerifier.VerifyInclusion(Leaves[i], i + 1, size, proof, root).ShouldBeFalse();
                MerkleVerifier.VerifyInclusion(Leaves[(i + 1) % 300], i, size, proof, root).ShouldBeFalse();
            }
        }
    }

    [Fact]
    public void Any_two_trees_of_one_log_have_a_proof_and_trees_of_two_logs_have_none()
    {
        for (var newer = 0; newer <= 66; newer++)
        {
            for (var older = 1; older <= newer; older++)
            {
                var proof = MerkleProof.Fill(MerkleProof.PlanConsistency(older, newer), HashOf);
                MerkleVerifier.VerifyConsistency(older, newer, proof, Root(older), Root(newer)).ShouldBeTrue($"{older} → {newer}");
                MerkleVerifier.VerifyConsistency(older, newer, proof, Root(older + 1), Root(newer)).ShouldBeFalse($"{older} → {newer}");
            }
        }
    }

    [Fact]
    public void A_restored_range_goes_on_where_it_was()
    {
        var range = new CompactRange();
        for (var i = 0; i < 99; i++)
        {
            range.Append(Leaves[i]);
            range = new CompactRange(range.Size, range.ToBytes());
        }

        range.Root().ShouldBe(Root(99));
        Should.Throw<ArgumentException>(() => new CompactRange(3, new byte[32]));
    }

    [Theory]
    [InlineData(0, 0, 256, "tile/0/000")]
    [InlineData(0, 1234067, 256, "tile/0/x001/x234/067")]
    [InlineData(2, 5, 17, "tile/2/005.p/17")]
    [InlineData(1, 1000, 1, "tile/1/x001/000.p/1")]
    public void Tile_paths_are_those_of_tlog_tiles(int level, long index, int width, string path) => new HashTile(level, index).Path(width).ShouldBe(path);

    [Fact]
    public void A_tree_of_70000_leaves_has_the_tiles_that_the_specification_counts()
    {
        new HashTile(0, 272).WidthAt(70_000).ShouldBe(256);
        new HashTile(0, 273).WidthAt(70_000).ShouldBe(112);
        new HashTile(1, 0).WidthAt(70_000).ShouldBe(256);
        new HashTile(1, 1).WidthAt(70_000).ShouldBe(17);
        new HashTile(2, 0).WidthAt(70_000).ShouldBe(1);
        new HashTile(2, 1).WidthAt(70_000).ShouldBe(0);
        new HashTile(8, 0).WidthAt(long.MaxValue).ShouldBe(0);
    }

    private static byte[] Root(int size) => MerkleHash.Root(Leaves.Take(size).Select(l => (ReadOnlyMemory<byte>)l));

    private static ReadOnlyMemory<byte> HashOf(MerkleNode node) =>
        MerkleHash.Root(Leaves.Skip((int)(node.Index << node.Height)).Take(1 << node.Height).Select(l => (ReadOnlyMemory<byte>)l));

    /// <summary>MTH of RFC 6962 section 2.1, word for word.</summary>
    private static byte[] Definition(int from, int to)
    {
        var n = to - from;
        if (n == 0)
        {
            return MerkleHash.EmptyRoot.ToArray();
        }

        if (n == 1)
        {
            return Leaves[from];
        }

        var k = 1;
        while (k * 2 < n)
        {
            k *= 2;
        }

        return MerkleHash.Node(Definition(from, from + k), Definition(from + k, to));
    }
}
