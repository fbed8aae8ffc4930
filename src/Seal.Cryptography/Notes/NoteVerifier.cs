using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
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
        if (!IsName(name))
        {
            throw new ArgumentException("A note key's name is not empty and has no spaces and no plus sign.", nameof(name));
        }

        Name = name;
        _algorithm = algorithm;
        _subjectPublicKeyInfo = subjectPublicKeyInfo;
        _encodedKey = NoteSignatureType.Encode(algorithm, subjectPublicKeyInfo);
        KeyId = BinaryPrimitives.ReadUInt32BigEndian(
            SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', .. _encodedKey]));
    }

    /// <summary>The key name.</summary>
    public string Name { get; }

    /// <summary>First four bytes, big-endian, of SHA-256(name ‖ 0x0A ‖ type ‖ public key).</summary>
    public uint KeyId { get; }

    /// <summary>Reads the text form.</summary>
    /// <exception cref="FormatException">It is none, or its key id is not that of name and key.</exception>
    public static NoteVerifier Parse(string text)
    {
        // Base64 may contain plus signs; name and key id may not.
        var parts = text.Split('+', 3);
        if (parts.Length != 3 || !IsName(parts[0]) || parts[1].Length != 8
            || !uint.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var keyId))
        {
            throw new FormatException("A verifier key reads name+keyid+key.");
        }

        (var algorithm, var publicKey) = NoteSignatureType.Decode(Convert.FromBase64String(parts[2]));
        var verifier = new NoteVerifier(parts[0], algorithm, publicKey);
        return verifier.KeyId == keyId
            ? verifier
            : throw new FormatException("The key id does not belong to this name and key.");
    }

    /// <summary>Whether the key made this signature (without the key id in front) over the note text.</summary>
    public bool Verify(ReadOnlySpan<byte> note, ReadOnlySpan<byte> signature) =>
        Signatures.Verify(_algorithm, _subjectPublicKeyInfo, note, signature);

    /// <summary>The text form.</summary>
    public override string ToString() =>
        $"{Name}+{KeyId.ToString("x8", CultureInfo.InvariantCulture)}+{Convert.ToBase64String(_encodedKey)}";

    private static bool IsName(string name) =>
        name.Length > 0 && !name.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '+');
}
