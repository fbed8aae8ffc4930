using System.Globalization;
using Seal.Ledger.Merkle;

namespace Seal.Ledger.Tests;

/// <summary>The vectors that existing verifiers of RFC 6962 trees agree on, the wrong proofs included.</summary>
public sealed class MerkleVectorTests
{
    [Fact]
    public void Every_inclusion_vector_is_judged_as_published()
    {
        var wrong = Lines("inclusion.tsv")
            .Where(v => MerkleVerifier.VerifyInclusion(Hex(v[4]), Number(v[2]), Number(v[3]), Proof(v[6]), Hex(v[5])) != (v[1] == "yes"))
            .Select(v => v[0]);
        wrong.ShouldBeEmpty();
        Lines("inclusion.tsv").Count.ShouldBe(98);
    }

    [Fact]
    public void Every_consistency_vector_is_judged_as_published()
    {
        var wrong = Lines("consistency.tsv")
            .Where(v => MerkleVerifier.VerifyConsistency(Number(v[2]), Number(v[3]), Proof(v[6]), Hex(v[4]), Hex(v[5])) != (v[1] == "yes"))
            .Select(v => v[0]);
        wrong.ShouldBeEmpty();
        Lines("consistency.tsv").Count.ShouldBe(98);
    }

    private static List<string[]> Lines(string name)
    {
        using var reader = new StreamReader(typeof(MerkleVectorTests).Assembly.GetManifestResourceStream(name)!);
        return [.. reader.ReadToEnd().Split('\n').Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split('\t'))];
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static byte[] Hex(string text) => text == "-" ? [] : Convert.FromHexString(text);

    private static ReadOnlyMemory<byte>[] Proof(string text) => text.Length == 0 ? [] : [.. text.Split(',').Select(h => (ReadOnlyMemory<byte>)Hex(h))];
}
