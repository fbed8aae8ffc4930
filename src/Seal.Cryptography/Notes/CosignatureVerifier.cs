using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Seal.Cryptography.Keys;

namespace Seal.Cryptography.Notes;

/// <summary>
/// The public half of a witness's key (C2SP tlog-cosignature, Ed25519, <c>cosignature/v1</c>). As text it is
/// <c>name+keyid+base64(0x04 ‖ public key)</c>. It is another type than <see cref="NoteVerifier"/> because what it signs says
/// something else: not "this is my log" but "I saw this log grow, and at that time it was so long".
/// </summary>
public sealed class CosignatureVerifier
{
    /// <summary>Signature type of timestamped Ed25519 cosignatures.</summary>
    private const byte Type = 0x04;

    private const int TimestampLength = 8;
    private const int SignatureLength = 64;

    private readonly byte[] _subjectPublicKeyInfo;
    private readonly byte[] _encodedKey;

    /// <summary>The verifier of a witness's key.</summary>
    /// <param name="name">Key name: not empty, no white space, no plus sign; best an address without a scheme.</param>
    /// <param name="algorithm">Ed25519.</param>
    /// <param name="subjectPublicKeyInfo">The public key, DER.</param>
    /// <exception cref="ArgumentException">Not a name, or not Ed25519.</exception>
    public CosignatureVerifier(string name, SignatureAlgorithm algorithm, ReadOnlyMemory<byte> subjectPublicKeyInfo)
        : this(
            NoteKeyText.RequireName(name),
            algorithm == SignatureAlgorithm.Ed25519
                ? [Type, .. NoteSignatureType.Encode(algorithm, subjectPublicKeyInfo).AsSpan(1)]
                : throw new ArgumentException("Witnesses cosign with Ed25519.", nameof(algorithm)))
    {
    }

    private CosignatureVerifier(string name, byte[] encodedKey)
    {
        (Name, _encodedKey) = (name, encodedKey);
        KeyId = NoteKeyText.KeyId(name, encodedKey);
        _subjectPublicKeyInfo = NoteSignatureType.Ed25519Key(encodedKey.AsSpan(1));
    }

    /// <summary>The key name.</summary>
    public string Name { get; }

    /// <summary>First four bytes, big-endian, of SHA-256(name ‖ 0x0A ‖ 0x04 ‖ public key).</summary>
    public uint KeyId { get; }

    /// <summary>Reads the text form.</summary>
    /// <exception cref="FormatException">It is none, or not that of a witness, or its key id is not that of name and key.</exception>
    public static CosignatureVerifier Parse(string text)
    {
        var (name, encoded) = NoteKeyText.Parse(text);
        return encoded is [Type, ..] && encoded.Length == 1 + 32
            ? new CosignatureVerifier(name, encoded)
            : throw new FormatException("Not the key of a witness: an Ed25519 key of signature type 4 is wanted.");
    }

    /// <summary>Whether the witness cosigned this note text.</summary>
    /// <param name="note">The note text, its final line feed included.</param>
    /// <param name="signature">Time (8 bytes, big-endian POSIX seconds) and Ed25519 signature (64 bytes), without the key id in front.</param>
    public bool Verify(ReadOnlySpan<byte> note, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != TimestampLength + SignatureLength)
        {
            return false;
        }

        var seconds = BinaryPrimitives.ReadUInt64BigEndian(signature);
        return seconds <= long.MaxValue
            && Signatures.Verify(SignatureAlgorithm.Ed25519, _subjectPublicKeyInfo, Message((long)seconds, note), signature[TimestampLength..]);
    }

    /// <summary>The text form.</summary>
    public override string ToString() => NoteKeyText.Format(Name, _encodedKey);

    /// <summary>What is signed: two lines that name the format and the time, then the note text.</summary>
    internal static byte[] Message(long seconds, ReadOnlySpan<byte> note) =>
        [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {seconds}\n")), .. note];
}
