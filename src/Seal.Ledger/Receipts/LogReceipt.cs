using System.Text.Json;
using Seal.Ledger.Evidence;

namespace Seal.Ledger.Receipts;

/// <summary>
/// A few events with their proofs under one signed checkpoint: what the log says of one thing, for somebody who has neither the
/// log nor a network. As a file it is one JSON object and a newline; <c>docs/evidence.md</c> tells the format.
/// </summary>
/// <param name="Format">Name and version of the format.</param>
/// <param name="About">The stream that it is about, <c>type/key</c>.</param>
/// <param name="Checkpoint">The signed checkpoint, a C2SP signed note, cosignatures included.</param>
/// <param name="Keys">The log's keys, for reference: whoever checks the receipt takes them from elsewhere.</param>
/// <param name="Events">The events, by position.</param>
/// <param name="Materials">Files that the events name by their digests.</param>
public sealed record LogReceipt(
    string Format, string About, string Checkpoint, IReadOnlyList<string> Keys, IReadOnlyList<EvidenceEvent> Events, IReadOnlyList<EvidenceMaterial> Materials)
{
    /// <summary>The one version there is.</summary>
    public const string CurrentFormat = "seal-receipt/1";

    /// <summary>Largest receipt that is read, in bytes; seal data with a picture are the larger part of one.</summary>
    public const int LargestFile = 4 * 1024 * 1024;

    private const int MostEvents = 64;

    /// <summary>The receipt as a file: UTF-8, with its newline.</summary>
    public byte[] ToBytes() => [.. JsonSerializer.SerializeToUtf8Bytes(this, EvidenceRecord.Json), (byte)'\n'];

    /// <summary>Reads a receipt; nothing of it is to be believed before it is checked.</summary>
    /// <param name="file">The file's bytes.</param>
    /// <exception cref="ReceiptException">It is none, or not whole.</exception>
    public static LogReceipt Parse(ReadOnlySpan<byte> file)
    {
        if (file.Length > LargestFile)
        {
            throw new ReceiptException(ReceiptFlaw.Malformed, $"A receipt has at most {LargestFile} bytes.");
        }

        RequireWhole(file);
        try
        {
            var receipt = JsonSerializer.Deserialize<LogReceipt>(file, EvidenceRecord.Json) ?? throw new ReceiptException(ReceiptFlaw.Malformed, "The file says null.");
            return receipt.Format != CurrentFormat ? throw new ReceiptException(ReceiptFlaw.FormatUnknown, $"The format is not {CurrentFormat}.")
                : receipt.Events.Count is 0 or > MostEvents ? throw new ReceiptException(ReceiptFlaw.Malformed, $"A receipt has 1 to {MostEvents} events.")
                : receipt.Events.Any(one => one is null) || receipt.Materials.Any(one => one is null) ? throw new ReceiptException(ReceiptFlaw.Malformed, "An event or a material is null.")
                : receipt;
        }
        catch (Exception unreadable) when (unreadable is JsonException or NotSupportedException or FormatException)
        {
            throw new ReceiptException(ReceiptFlaw.Malformed, "The file is no receipt.", unreadable);
        }
    }

    /// <summary>A file that ends before its JSON does was cut off; one that is no JSON is something else.</summary>
    private static void RequireWhole(ReadOnlySpan<byte> file)
    {
        Utf8JsonReader reader = new(file, isFinalBlock: false, default);
        try
        {
            while (reader.Read())
            {
                if (reader is { CurrentDepth: 0, TokenType: JsonTokenType.EndObject })
                {
                    return;
                }
            }
        }
        catch (JsonException unreadable)
        {
            throw new ReceiptException(ReceiptFlaw.Malformed, "The file is no receipt.", unreadable);
        }

        throw new ReceiptException(ReceiptFlaw.Truncated, "The file breaks off.");
    }
}
