namespace Seal.Ledger;

/// <summary>An event as it stands in the log.</summary>
/// <param name="Position">Place in the whole log: gapless, from 0.</param>
/// <param name="Stream">Text <c>type/key</c>.</param>
/// <param name="Version">Place in its stream: gapless, from 1.</param>
/// <param name="Type">Stable wire name and version, such as <c>seal.frozen.v1</c>.</param>
/// <param name="RecordedAt">When it was recorded, UTC, whole microseconds; never earlier than the event before.</param>
/// <param name="Metadata">Canonical JSON object, exactly the bytes that were hashed.</param>
/// <param name="Body">Canonical JSON object, exactly the bytes that were hashed.</param>
public sealed record RecordedEvent(
    long Position,
    string Stream,
    long Version,
    string Type,
    DateTimeOffset RecordedAt,
    ReadOnlyMemory<byte> Metadata,
    ReadOnlyMemory<byte> Body)
{
    /// <summary>The canonical envelope (RFC 8785 JSON): what a leaf of the Merkle tree is the hash of.</summary>
    /// <returns>UTF-8 bytes, at most 65,535.</returns>
    public byte[] ToLeaf() => EventEnvelope.Write(this);
}
