using Seal.Cryptography.Notes;
using Seal.Ledger;

namespace Seal.Cli.Witnessing;

/// <summary>Cosigns notes with a witness's key.</summary>
internal sealed class WitnessSigner(CosignatureKey key) : INoteSigner
{
    public string Name => key.Name;

    public uint KeyId => key.KeyId;

    public ReadOnlyMemory<byte> Sign(ReadOnlySpan<byte> note) => key.Sign(note);
}
