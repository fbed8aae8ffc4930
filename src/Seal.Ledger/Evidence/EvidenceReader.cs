using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace Seal.Ledger.Evidence;

/// <summary>One line of an evidence file as it was read.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Record">What it says; null if it is no record of this format.</param>
/// <param name="Before">SHA-256 of all bytes before this line; only with an <see cref="EvidenceEnd"/>.</param>
internal readonly record struct EvidenceLine(long Number, EvidenceRecord? Record, ReadOnlyMemory<byte> Before);

/// <summary>Reads an evidence file line by line; no more than one line is in memory.</summary>
internal static class EvidenceReader
{
    // A list of revoked certificates may be long; nothing else is.
    private const int LongestLine = 256 << 20;

    private static readonly JsonSerializerOptions Options = new(EvidenceRecord.Json) { AllowOutOfOrderMetadataProperties = true };

    public static async IAsyncEnumerable<EvidenceLine> ReadAsync(Stream file, [EnumeratorCancellation] CancellationToken ct)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var reader = PipeReader.Create(file, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
        for (long number = 1; ; number++)
        {
            var read = await LineAsync(reader, ct);
            if (read is not { } line)
            {
                break;
            }

            var record = Parse(line);
            yield return new EvidenceLine(number, record, record is EvidenceEnd ? digest.GetCurrentHash() : default);
            foreach (var part in line)
            {
                digest.AppendData(part.Span);
            }

            reader.AdvanceTo(line.End);
        }

        await reader.CompleteAsync();
    }

    /// <summary>The next line with its newline, if it has one; null at the end.</summary>
    private static async Task<ReadOnlySequence<byte>?> LineAsync(PipeReader reader, CancellationToken ct)
    {
        // Looked at once only: a long line comes in thousands of pieces.
        for (long seen = 0; ;)
        {
            var result = await reader.ReadAsync(ct);
            var buffer = result.Buffer;
            if (buffer.Slice(seen).PositionOf((byte)'\n') is { } end)
            {
                return buffer.Slice(0, buffer.GetPosition(1, end));
            }

            if (result.IsCompleted || buffer.Length > LongestLine)
            {
                return buffer.Length is 0 or > LongestLine ? null : buffer;
            }

            seen = buffer.Length;
            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private static EvidenceRecord? Parse(ReadOnlySequence<byte> line)
    {
        try
        {
            var json = new Utf8JsonReader(line);
            return JsonSerializer.Deserialize<EvidenceRecord>(ref json, Options);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or FormatException)
        {
            return null;
        }
    }
}
