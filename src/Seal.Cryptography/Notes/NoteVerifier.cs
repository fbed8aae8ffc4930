using Seal.Cryptography.Keys;

namespace Seal.Cryptography.Notes;

/// <summary>
/// The public half of a signed-note key (C2SP signed-note). As text it is
/// <c>name+keyid+base64(type ‖ public key)</c>, the key id in eight hexadecimal digits.
/// </summary>
public sealed class NoteVerifier
{
    private readonly SignatureAlgorithm _algorithm;
    private readonly ReadOnlyMemory<byte> _subjectPublicKeyInfo;
    private readonly byte[] _encodedKey;

    /// <summary>The verifier of a key that signs under a name.</summary>
    /// <param name="name">Key name: not empty, no white space, no plus sign; best an address without a scheme.</param>
    /// <param name="algorithm">Ed25519 or SM2.</param>
    /// <param name="subjectPublicKeyInfo">The public key, DER.</param>
    public NoteVerifier(string name, SignatureAlgorithm algorithm, ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        Name = NoteKeyText.RequireName(name);
        _algorithm = algorithm;
        _subjectPublicKeyInfo = subjectPublicKeyInfo;
        _encodedKey = NoteSignatureType.Encode(algorithm, subjectPublicKeyInfo);
        KeyId = NoteKeyText.KeyId(name, _encodedKey);
    }

    /// <summary>The key name.</summary>
    public string Name { get; }

    /// <summary>First four bytes, big-endian, of SHA-256(name ‖ 0x0A ‖ type ‖ public key).</summary>
    public uint KeyId { get; }

    /// <summary>Reads the text form.</summary>
    /// <exception cref="FormatException">It is none, or its key id is not that of name and key.</exception>
    public static NoteVerifier Parse(string text)
    {
        var (name, encoded) = NoteKeyText.Parse(text);
        var (algorithm, publicKey) = NoteSignatureType.Decode(encoded);
        return new NoteVerifier(name, algorithm, publicKey);
    }

    /// <summary>Whether the key made this signature (without the key id in front) over the note text.</summary>
    public bool Verify(ReadOnlySpan<byte> note, ReadOnlySpan<byte> signature) =>
        Signatures.Verify(_algorithm, _subjectPublicKeyInfo, note, signature);

    /// <summary>The text form.</summary>
    public override string ToString() => NoteKeyText.Format(Name, _encodedKey);
}
