namespace Seal.Ledger;

/// <summary>An event to be appended.</summary>
/// <param name="Type">Stable wire name and version, such as <c>seal.frozen.v1</c>.</param>
/// <param name="Body">A JSON object in UTF-8; the ledger canonicalises it (RFC 8785).</param>
public sealed record EventData(string Type, ReadOnlyMemory<byte> Body);
