using Seal.Cryptography.Asn1;
using Seal.Cryptography.Keys;

namespace Seal.Cryptography.Notes;

/// <summary>How a key is told apart and written in signed notes (C2SP signed-note, "Signature types").</summary>
internal static class NoteSignatureType
{
    private const byte Ed25519 = 0x01;
    private const byte Unassigned = 0xff;

    /// <summary>
    /// The longer identifier that the specification recommends after 0xff. Its public key is the
    /// uncompressed point (04 ‖ x ‖ y, 65 bytes), its signature DER SEQUENCE { r, s } with the default identity.
    /// </summary>
    private static ReadOnlySpan<byte> Sm2Name => "sm2-sm3"u8;

    /// <summary>Signature type followed by the encoded public key.</summary>
    public static byte[] Encode(SignatureAlgorithm algorithm, ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        var info = Der.Read(subjectPublicKeyInfo).ReadSequence();
        info.ReadEncodedValue();
        var bits = info.ReadBitString(out _);
        return algorithm switch
        {
            SignatureAlgorithm.Ed25519 => [Ed25519, .. bits],
            SignatureAlgorithm.Sm2Sm3 => [Unassigned, .. Sm2Name, .. bits],
            _ => throw new ArgumentException("Notes are signed with Ed25519 or SM2.", nameof(algorithm)),
        };
    }

    /// <summary>The reverse of <see cref="Encode"/>.</summary>
    /// <exception cref="FormatException">An unknown type, or a key of the wrong length.</exception>
    public static (SignatureAlgorithm Algorithm, byte[] SubjectPublicKeyInfo) Decode(ReadOnlySpan<byte> encoded)
    {
        if (encoded is [Ed25519, ..] && encoded.Length == 1 + 32)
        {
            return (SignatureAlgorithm.Ed25519, Ed25519Key(encoded[1..]));
        }

        var prefix = 1 + Sm2Name.Length;
        if (encoded is [Unassigned, ..] && encoded[1..].StartsWith(Sm2Name)
            && encoded.Length == prefix + 65 && encoded[prefix] == 0x04)
        {
            return (SignatureAlgorithm.Sm2Sm3, Key(encoded[prefix..].ToArray(), Oids.EcPublicKey, Oids.Sm2Curve));
        }

        throw new FormatException("Not the key of a known note signature type.");
    }

    /// <summary>The SubjectPublicKeyInfo of an Ed25519 public key of 32 bytes (RFC 8410).</summary>
    public static byte[] Ed25519Key(ReadOnlySpan<byte> publicKey) => Key(publicKey.ToArray(), Oids.Ed25519, null);

    private static byte[] Key(byte[] bits, string algorithm, string? curve) => Der.Encode(writer =>
    {
        using var info = writer.PushSequence();
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(algorithm);
            if (curve is not null)
            {
                writer.WriteObjectIdentifier(curve);
            }
        }

        writer.WriteBitString(bits);
    });
}
