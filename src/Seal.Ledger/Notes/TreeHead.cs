using System.Globalization;
using Seal.Ledger.Merkle;

namespace Seal.Ledger;

/// <summary>Size and root of the Merkle tree over the first <paramref name="Size"/> events.</summary>
/// <param name="Size">Number of events.</param>
/// <param name="Root">RFC 6962 root, 32 bytes.</param>
public sealed record TreeHead(long Size, ReadOnlyMemory<byte> Root)
{
    /// <summary>The text of a C2SP tlog-checkpoint: origin, size, root.</summary>
    /// <param name="origin">The log's name.</param>
    /// <returns>Three lines, each with its newline.</returns>
    public string ToCheckpointText(string origin) =>
        string.Create(CultureInfo.InvariantCulture, $"{origin}\n{Size}\n{Convert.ToBase64String(Root.Span)}\n");

    /// <summary>Reads the text of a C2SP tlog-checkpoint; extension lines are passed over.</summary>
    /// <param name="text">The text of the note.</param>
    /// <returns>Origin and tree head.</returns>
    /// <exception cref="FormatException">Not a checkpoint.</exception>
    public static (string Origin, TreeHead Head) ParseCheckpointText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = text.Split('\n');
        if (lines.Length < 4 || lines[^1].Length > 0 || lines[..^1].Any(line => line.Length == 0))
        {
            throw new FormatException("A checkpoint has at least three lines, none of them empty.");
        }

        if (!long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size) || (lines[1][0] == '0' && lines[1].Length > 1))
        {
            throw new FormatException("A checkpoint's second line is the tree size in decimal digits.");
        }

        var root = Convert.FromBase64String(lines[2]);
        if (root.Length != MerkleHash.Size || Convert.ToBase64String(root) != lines[2])
        {
            throw new FormatException("A checkpoint's third line is the root, 32 bytes in base64.");
        }

        return (lines[0], new TreeHead(size, root));
    }

    /// <inheritdoc/>
    public bool Equals(TreeHead? other) => other is not null && Size == other.Size && Root.Span.SequenceEqual(other.Root.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => Size.GetHashCode();
}
