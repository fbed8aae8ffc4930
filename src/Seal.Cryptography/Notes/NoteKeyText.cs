using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Seal.Cryptography.Notes;

/// <summary>What all note keys have in common as text: names, key ids, verifier keys and signature lines (C2SP signed-note).</summary>
internal static class NoteKeyText
{
    /// <summary>The name, which must not break a line of a note.</summary>
    /// <exception cref="ArgumentException">It is empty or has white space, control characters or a plus sign.</exception>
    public static string RequireName(string name) => IsName(name)
        ? name
        : throw new ArgumentException("A note key's name is not empty and has no spaces and no plus sign.", nameof(name));

    /// <summary>First four bytes, big-endian, of SHA-256(name ‖ 0x0A ‖ type ‖ public key).</summary>
    public static uint KeyId(string name, ReadOnlySpan<byte> encodedKey) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', .. encodedKey]));

    /// <summary>Reads <c>name+keyid+base64(type ‖ public key)</c>.</summary>
    /// <exception cref="FormatException">It is none, or its key id is not that of name and key.</exception>
    public static (string Name, byte[] EncodedKey) Parse(string text)
    {
        // Base64 may contain plus signs; name and key id may not.
        var parts = text.Split('+', 3);
        if (parts.Length != 3 || !IsName(parts[0]) || parts[1].Length != 8
            || !uint.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var keyId))
        {
            throw new FormatException("A verifier key reads name+keyid+key.");
        }

        var encodedKey = Convert.FromBase64String(parts[2]);
        return KeyId(parts[0], encodedKey) == keyId
            ? (parts[0], encodedKey)
            : throw new FormatException("The key id does not belong to this name and key.");
    }

    /// <summary>The reverse of <see cref="Parse"/>.</summary>
    public static string Format(string name, ReadOnlySpan<byte> encodedKey) =>
        $"{name}+{KeyId(name, encodedKey).ToString("x8", CultureInfo.InvariantCulture)}+{Convert.ToBase64String(encodedKey)}";

    /// <summary>A signature line, line feed included: em dash, name, base64(key id ‖ signature).</summary>
    public static string SignatureLine(string name, uint keyId, ReadOnlySpan<byte> signature)
    {
        var id = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(id, keyId);
        return $"\u2014 {name} {Convert.ToBase64String([.. id, .. signature])}\n";
    }

    private static bool IsName(string name) =>
        name.Length > 0 && !name.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '+');
}
