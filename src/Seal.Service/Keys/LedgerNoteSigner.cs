using Seal.Cryptography.Notes;
using Seal.Ledger;

namespace Seal.Service.Keys;

/// <summary>Signs the ledger's checkpoints with a note key.</summary>
public sealed class LedgerNoteSigner(NoteKey key) : INoteSigner
{
    /// <inheritdoc/>
    public string Name => key.Name;

    /// <inheritdoc/>
    public uint KeyId => key.KeyId;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Sign(ReadOnlySpan<byte> note) => key.Sign(note);
}
