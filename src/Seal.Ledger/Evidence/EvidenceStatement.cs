using System.Globalization;

namespace Seal.Ledger.Evidence;

/// <summary>
/// What the log signs of an evidence file: four lines, so that it can never be taken for a checkpoint, whose second line is
/// a number.
/// </summary>
/// <param name="Origin">The log's name.</param>
/// <param name="About">The stream that the file is about.</param>
/// <param name="Size">Size of the tree under which it is complete.</param>
/// <param name="Digest">SHA-256 of every byte before the last line, 32 bytes.</param>
public sealed record EvidenceStatement(string Origin, string About, long Size, ReadOnlyMemory<byte> Digest)
{
    private const string Title = "/evidence/1";

    /// <summary>The text that is signed.</summary>
    /// <returns>Four lines, each with its newline.</returns>
    public string ToText() => string.Create(CultureInfo.InvariantCulture, $"{Origin}{Title}\nabout {About}\nsize {Size}\nsha256 {Convert.ToBase64String(Digest.Span)}\n");
}
