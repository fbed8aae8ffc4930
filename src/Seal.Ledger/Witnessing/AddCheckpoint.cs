using System.Globalization;
using System.Text;
using Seal.Ledger.Merkle;

namespace Seal.Ledger.Witnessing;

/// <summary>What a log asks of a witness: the request <c>add-checkpoint</c> of C2SP tlog-witness.</summary>
/// <param name="OldSize">Size of the checkpoint that the witness cosigned last; 0 if none.</param>
/// <param name="Proof">Consistency proof from there to the checkpoint, 32 bytes each.</param>
/// <param name="Checkpoint">The checkpoint, a signed note.</param>
public sealed record AddCheckpoint(long OldSize, IReadOnlyList<ReadOnlyMemory<byte>> Proof, string Checkpoint)
{
    /// <summary>The most hashes of a proof.</summary>
    public const int MaximumProof = 63;

    /// <summary>The most bytes of a request: room for the longest proof and a note with 16 signatures of algorithms that resist quantum computers.</summary>
    public const int MaximumLength = 128 * 1024;

    private const string OldSizePrefix = "old ";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a request's body.</summary>
    /// <param name="body">The body.</param>
    /// <returns>The request; whether its note is a checkpoint is not known yet.</returns>
    /// <exception cref="FormatException">It is none.</exception>
    public static AddCheckpoint Parse(ReadOnlySpan<byte> body)
    {
        var text = Decode(body);
        var blank = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (blank < 0)
        {
            throw new FormatException("A request is the line of the old size, the lines of the proof, an empty line and a checkpoint.");
        }

        var lines = text[..blank].Split('\n');
        if (lines.Length - 1 > MaximumProof)
        {
            throw new FormatException($"A consistency proof has at most {MaximumProof} lines.");
        }

        return new AddCheckpoint(ParseOldSize(lines[0]), [.. lines.Skip(1).Select(ParseHash)], text[(blank + 2)..]);
    }

    /// <summary>The body.</summary>
    /// <returns>UTF-8.</returns>
    public byte[] ToBody()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{OldSizePrefix}{OldSize}\n");
        foreach (var hash in Proof)
        {
            text.Append(Convert.ToBase64String(hash.Span)).Append('\n');
        }

        return StrictUtf8.GetBytes(text.Append('\n').Append(Checkpoint).ToString());
    }

    private static string Decode(ReadOnlySpan<byte> body)
    {
        try
        {
            return StrictUtf8.GetString(body);
        }
        catch (DecoderFallbackException e)
        {
            throw new FormatException("The request is not UTF-8.", e);
        }
    }

    private static long ParseOldSize(string line) =>
        line.StartsWith(OldSizePrefix, StringComparison.Ordinal)
        && line.AsSpan(OldSizePrefix.Length) is var digits
        && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
        && (digits[0] != '0' || digits.Length == 1)
            ? size
            : throw new FormatException("The first line is 'old', a space and the old size in decimal digits.");

    private static ReadOnlyMemory<byte> ParseHash(string line)
    {
        var hash = new byte[MerkleHash.Size];
        // The one way to write it: the base library's reader passes over white space and stray bits.
        return Convert.TryFromBase64String(line, hash, out var length) && length == hash.Length && Convert.ToBase64String(hash) == line
            ? hash
            : throw new FormatException("A line of the proof is a hash of 32 bytes in base64.");
    }
}
