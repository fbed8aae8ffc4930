using Seal.Cryptography.Keys;
using Seal.Cryptography.Notes;
using Seal.Ledger;

namespace Seal.Benchmarks.Ledger;

/// <summary>An Ed25519 key for checkpoints.</summary>
internal sealed class BenchNoteKey(string name) : INoteSigner
{
    private readonly NoteKey _key = new(name, SoftwareKey.Generate(SignatureAlgorithm.Ed25519));

    public string Name => _key.Name;

    public uint KeyId => _key.KeyId;

    public ReadOnlyMemory<byte> Sign(ReadOnlySpan<byte> note) => _key.Sign(note);
}
