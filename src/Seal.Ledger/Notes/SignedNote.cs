using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Seal.Ledger;

/// <summary>A text with signature lines, in the format C2SP signed-note.</summary>
/// <param name="Text">The signed text with its last newline.</param>
/// <param name="Signatures">The signature lines in order.</param>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    /// <summary>Signature lines a reader accepts; the format asks for at least 16.</summary>
    public const int MaximumSignatures = 100;

    /// <summary>Signature type byte of Ed25519.</summary>
    public const byte Ed25519 = 0x01;

    /// <summary>Signature type byte of algorithms without a number of their own; a longer identifier follows it in the key.</summary>
    public const byte Unassigned = 0xff;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The recommended key id: first four bytes of SHA-256(name, newline, type byte, key), big-endian.</summary>
    /// <param name="name">Key name.</param>
    /// <param name="type">Signature type byte, such as <see cref="Ed25519"/>.</param>
    /// <param name="publicKey">For Ed25519 its 32 bytes; for <see cref="Unassigned"/> a longer identifier and then the key.</param>
    /// <returns>The key id.</returns>
    public static uint KeyId(string name, byte type, ReadOnlySpan<byte> publicKey) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', type, .. publicKey]));

    /// <summary>Signs a text with every signer.</summary>
    /// <param name="text">The text; it must end in a newline.</param>
    /// <param name="signers">At least one.</param>
    /// <returns>The note.</returns>
    /// <exception cref="ArgumentException">The text, a key's name or the number of signers breaks the format.</exception>
    public static SignedNote Sign(string text, IReadOnlyCollection<INoteSigner> signers)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        ArgumentNullException.ThrowIfNull(signers);
        if (!text.EndsWith('\n') || text.Any(c => c < ' ' && c != '\n'))
        {
            throw new ArgumentException("A note's text ends in a newline and has no other control characters.", nameof(text));
        }

        if (signers.Count == 0)
        {
            throw new ArgumentException("A note without a signature is none.", nameof(signers));
        }

        foreach (var signer in signers)
        {
            if (!IsKeyName(signer.Name))
            {
                throw new ArgumentException($"'{signer.Name}' cannot name a key of a note.", nameof(signers));
            }
        }

        var signed = StrictUtf8.GetBytes(text);
        return new SignedNote(text, [.. signers.Select(signer => new NoteSignature(signer.Name, signer.KeyId, signer.Sign(signed)))]);
    }

    /// <summary>Reads a note. Its text must not be believed before <see cref="Verify"/>.</summary>
    /// <param name="note">The whole note.</param>
    /// <returns>Its parts.</returns>
    /// <exception cref="FormatException">Not a signed note.</exception>
    public static SignedNote Parse(string note)
    {
        ArgumentNullException.ThrowIfNull(note);
        if (note.Any(c => c < ' ' && c != '\n'))
        {
            throw new FormatException("A note has no control characters but newlines.");
        }

        var blank = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (blank < 0 || !note.EndsWith('\n') || blank + 2 == note.Length)
        {
            throw new FormatException("A note is a text, an empty line and signature lines, each ending in a newline.");
        }

        var lines = note[(blank + 2)..^1].Split('\n');
        if (lines.Length > MaximumSignatures)
        {
            throw new FormatException($"A note with {lines.Length} signatures is not read; the limit is {MaximumSignatures}.");
        }

        return new SignedNote(note[..(blank + 1)], [.. lines.Select(ParseLine)]);
    }

    /// <summary>Checks the note against the keys one trusts. Lines of other keys are ignored, as the format demands.</summary>
    /// <param name="trusted">Trusted keys.</param>
    /// <returns>The trusted signatures found; never empty.</returns>
    /// <exception cref="CryptographicException">No trusted key signed, or a trusted key's signature is wrong.</exception>
    public IReadOnlyList<NoteSignature> Verify(IReadOnlyCollection<INoteVerifier> trusted)
    {
        ArgumentNullException.ThrowIfNull(trusted);
        var signed = StrictUtf8.GetBytes(Text);
        var found = new List<NoteSignature>();
        foreach (var signature in Signatures)
        {
            var key = trusted.FirstOrDefault(k => k.Name == signature.Name && k.KeyId == signature.KeyId);
            if (key is null)
            {
                continue;
            }

            if (!key.Verify(signed, signature.Signature.Span))
            {
                throw new CryptographicException($"The signature of '{signature.Name}' on the note is wrong.");
            }

            found.Add(signature);
        }

        return found.Count > 0 ? found : throw new CryptographicException("No trusted key signed the note.");
    }

    /// <summary>The whole note as it is published.</summary>
    /// <returns>Text, empty line, signature lines.</returns>
    public override string ToString() => Text + '\n' + SignatureLines();

    /// <summary>The signature lines alone.</summary>
    /// <returns>The lines, each with its newline.</returns>
    public string SignatureLines()
    {
        var lines = new StringBuilder();
        foreach (var signature in Signatures)
        {
            var bytes = new byte[4 + signature.Signature.Length];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, signature.KeyId);
            signature.Signature.Span.CopyTo(bytes.AsSpan(4));
            lines.Append("— ").Append(signature.Name).Append(' ').Append(Convert.ToBase64String(bytes)).Append('\n');
        }

        return lines.ToString();
    }

    private static NoteSignature ParseLine(string line)
    {
        var parts = line.Split(' ');
        if (parts.Length != 3 || parts[0] != "—" || !IsKeyName(parts[1]))
        {
            throw new FormatException("A signature line is an em dash, a key name and base64, with one space between.");
        }

        var bytes = Convert.FromBase64String(parts[2]);
        if (bytes.Length < 5)
        {
            throw new FormatException("A signature holds four bytes of key id and at least one more.");
        }

        return new NoteSignature(parts[1], BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(4));
    }

    private static bool IsKeyName(string name) => name.Length > 0 && !name.Any(c => char.IsWhiteSpace(c) || c == '+' || c < ' ');
}
