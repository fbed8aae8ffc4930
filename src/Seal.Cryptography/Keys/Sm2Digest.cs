using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Asn1;

namespace Seal.Cryptography.Keys;

/// <summary>
/// What SM2 signs: e = SM3(Z ‖ message), where Z binds the signer's identity and public key (GB/T 32918.2 §5.5,
/// §6.1). For devices that sign a digest and leave the hashing to the caller.
/// </summary>
public static class Sm2Digest
{
    private const int CoordinateSize = 32;

    /// <summary>The identity GM/T 0009-2012 gives to signers that have agreed on no other (16 bytes of ASCII).</summary>
    public static ReadOnlySpan<byte> DefaultIdentity => EvpKey.DefaultIdentity;

    /// <summary>a ‖ b ‖ xG ‖ yG of the curve (GB/T 32918.5 §2), as Z takes them.</summary>
    private static ReadOnlySpan<byte> CurveParameters =>
    [
        0xFF, 0xFF, 0xFF, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFC,
        0x28, 0xE9, 0xFA, 0x9E, 0x9D, 0x9F, 0x5E, 0x34, 0x4D, 0x5A, 0x9E, 0x4B, 0xCF, 0x65, 0x09, 0xA7,
        0xF3, 0x97, 0x89, 0xF5, 0x15, 0xAB, 0x8F, 0x92, 0xDD, 0xBC, 0xBD, 0x41, 0x4D, 0x94, 0x0E, 0x93,
        0x32, 0xC4, 0xAE, 0x2C, 0x1F, 0x19, 0x81, 0x19, 0x5F, 0x99, 0x04, 0x46, 0x6A, 0x39, 0xC9, 0x94,
        0x8F, 0xE3, 0x0B, 0xBF, 0xF2, 0x66, 0x0B, 0xE1, 0x71, 0x5A, 0x45, 0x89, 0x33, 0x4C, 0x74, 0xC7,
        0xBC, 0x37, 0x36, 0xA2, 0xF4, 0xF6, 0x77, 0x9C, 0x59, 0xBD, 0xCE, 0xE3, 0x6B, 0x69, 0x21, 0x53,
        0xD0, 0xA9, 0x87, 0x7C, 0xC6, 0x2A, 0x47, 0x40, 0x02, 0xDF, 0x32, 0xE5, 0x21, 0x39, 0xF0, 0xA0,
    ];

    /// <summary>The 32 bytes to be signed, for the default identity.</summary>
    /// <param name="subjectPublicKeyInfo">The signer's SM2 public key, DER.</param>
    /// <param name="message">The message itself.</param>
    /// <exception cref="DerFormatException">The key is not one on the SM2 curve, or its point is compressed.</exception>
    public static byte[] Of(ReadOnlyMemory<byte> subjectPublicKeyInfo, ReadOnlySpan<byte> message)
    {
        using var hash = new Sm3Hash();
        hash.Append(Z(subjectPublicKeyInfo, DefaultIdentity));
        hash.Append(message);
        return hash.Finish();
    }

    /// <summary>Z = SM3(ENTL ‖ identity ‖ a ‖ b ‖ xG ‖ yG ‖ xA ‖ yA), ENTL being the identity's length in bits, big-endian.</summary>
    /// <param name="subjectPublicKeyInfo">The signer's SM2 public key, DER.</param>
    /// <param name="identity">At most 8191 bytes.</param>
    /// <exception cref="DerFormatException">The key is not one on the SM2 curve, or its point is compressed.</exception>
    public static byte[] Z(ReadOnlyMemory<byte> subjectPublicKeyInfo, ReadOnlySpan<byte> identity)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(identity.Length, ushort.MaxValue / 8);
        var bits = (ushort)(identity.Length * 8);
        using var hash = new Sm3Hash();
        hash.Append([(byte)(bits >> 8), (byte)bits]);
        hash.Append(identity);
        hash.Append(CurveParameters);
        hash.Append(Point(subjectPublicKeyInfo).Span[1..]);
        return hash.Finish();
    }

    /// <summary>04 ‖ x ‖ y.</summary>
    private static ReadOnlyMemory<byte> Point(ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        var point = PublicKeyKinds.Read(subjectPublicKeyInfo) == PublicKeyKind.Sm2
            ? Der.Parse("SubjectPublicKeyInfo", subjectPublicKeyInfo, static der =>
            {
                var info = Der.Read(der).ReadSequence();
                info.ReadSequence();
                return Der.ReadBits(info);
            })
            : default;
        return point.Length == 1 + (2 * CoordinateSize) && point.Span[0] == 0x04
            ? point
            : throw new DerFormatException("Not an SM2 public key with an uncompressed point.");
    }
}
