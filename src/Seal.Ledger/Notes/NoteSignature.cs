namespace Seal.Ledger;

/// <summary>One signature line of a note.</summary>
/// <param name="Name">Key name.</param>
/// <param name="KeyId">Key id; together with the name it identifies the key and its algorithm.</param>
/// <param name="Signature">The signature, without the key id.</param>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Signature);
