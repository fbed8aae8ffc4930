using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Seal.Ledger.Witnessing;

/// <summary>What a witness said of a checkpoint.</summary>
/// <param name="Witness">The witness's name.</param>
/// <param name="KeyId">The id of its key.</param>
/// <param name="Size">Entries of the log that it saw.</param>
/// <param name="At">When.</param>
public sealed record Cosignature(string Witness, uint KeyId, long Size, DateTimeOffset At)
{
    private const int TimestampLength = 8;

    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>Reads a signature line.</summary>
    /// <param name="line">A line of a checkpoint; its signature must have been verified.</param>
    /// <param name="size">The checkpoint's size.</param>
    /// <param name="cosignature">What it says.</param>
    /// <returns>False if it is no cosignature.</returns>
    internal static bool TryRead(NoteSignature line, long size, [NotNullWhen(true)] out Cosignature? cosignature)
    {
        cosignature = null;
        if (line.Signature.Length <= TimestampLength)
        {
            return false;
        }

        var seconds = BinaryPrimitives.ReadInt64BigEndian(line.Signature.Span);
        if (seconds < 0 || seconds > Latest)
        {
            return false;
        }

        cosignature = new Cosignature(line.Name, line.KeyId, size, DateTimeOffset.FromUnixTimeSeconds(seconds));
        return true;
    }
}
