using Seal.Cryptography.Keys;

namespace Seal.Cryptography.Notes;

/// <summary>A key that signs notes under a name (C2SP signed-note): Ed25519 (type 0x01) or SM2 (type 0xff and a name).</summary>
/// <param name="name">Key name: not empty, no white space, no plus sign; best an address without a scheme.</param>
/// <param name="signer">The key; stays the caller's to dispose.</param>
public sealed class NoteKey(string name, ISigner signer)
{
    /// <summary>The public half.</summary>
    public NoteVerifier Verifier { get; } = new(name, signer.Algorithm, signer.SubjectPublicKeyInfo);

    /// <summary>The key name.</summary>
    public string Name => Verifier.Name;

    /// <summary>The key id, as in <see cref="NoteVerifier.KeyId"/>.</summary>
    public uint KeyId => Verifier.KeyId;

    /// <summary>Signs the note text (its final line feed included); without the key id in front.</summary>
    public byte[] Sign(ReadOnlySpan<byte> note) => signer.Sign(note);

    /// <summary>The signature line for a note text, line feed included: em dash, name, base64(key id ‖ signature).</summary>
    public string SignatureLine(ReadOnlySpan<byte> note) => NoteKeyText.SignatureLine(Name, KeyId, Sign(note));
}
