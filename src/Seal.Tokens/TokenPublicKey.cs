using System.Formats.Asn1;
using System.Numerics;
using Seal.Cryptography.Keys;
using Seal.Tokens.Pkcs11;

namespace Seal.Tokens;

/// <summary>Between the forms of PKCS#11 and those of X.509.</summary>
internal static class TokenPublicKey
{
    private const string RsaEncryption = "1.2.840.113549.1.1.1";
    private const string EcPublicKey = "1.2.840.10045.2.1";

    /// <summary>The SM2 curve's object identifier 1.2.156.10197.1.301, DER.</summary>
    public static readonly byte[] Sm2Curve = Encode(static writer => writer.WriteObjectIdentifier("1.2.156.10197.1.301"));

    /// <summary>CKA_EC_PARAMS: the curve's object identifier, DER.</summary>
    public static byte[] CurveOf(SignatureAlgorithm algorithm) => Encode(writer => writer.WriteObjectIdentifier(algorithm switch
    {
        SignatureAlgorithm.EcdsaP256Sha256 => "1.2.840.10045.3.1.7",
        SignatureAlgorithm.EcdsaP384Sha384 => "1.3.132.0.34",
        _ => throw new ArgumentException("Not a curve of ECDSA.", nameof(algorithm)),
    }));

    /// <summary>The DER SubjectPublicKeyInfo of a public key object.</summary>
    public static byte[] Read(TokenSession session, nuint handle)
    {
        var keyType = session.Get(handle, Ck.Attribute.KeyType);
        return keyType[0] == (byte)Ck.KeyType.Rsa
            ? Rsa(session.Get(handle, Ck.Attribute.Modulus), session.Get(handle, Ck.Attribute.PublicExponent))
            : Ec(session.Get(handle, Ck.Attribute.EcParams), session.Get(handle, Ck.Attribute.EcPoint));
    }

    /// <summary>r ‖ s of equal lengths, as CKM_ECDSA and SKF give them, to DER SEQUENCE { r, s }.</summary>
    public static byte[] DerSignature(ReadOnlySpan<byte> concatenated)
    {
        var both = concatenated.ToArray();
        return Encode(writer =>
        {
            using var _ = writer.PushSequence();
            writer.WriteInteger(Unsigned(both[..(both.Length / 2)]));
            writer.WriteInteger(Unsigned(both[(both.Length / 2)..]));
        });
    }

    /// <summary>The DER SubjectPublicKeyInfo of CKA_EC_PARAMS and CKA_EC_POINT.</summary>
    public static byte[] Ec(byte[] parameters, byte[] point) => Encode(writer =>
    {
        using var info = writer.PushSequence();
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(EcPublicKey);
            writer.WriteEncodedValue(parameters);
        }

        // The standard wraps the point in an OCTET STRING; some tokens give it bare, and some leave out its own 04.
        // Only the length tells these apart: each of them can begin with 04 and a byte that could be a length.
        var bare = point.Length is 66 or 67 or 98 or 99 ? point[2..] : point;
        writer.WriteBitString(bare.Length is 64 or 96 ? [0x04, .. bare] : bare);
    });

    /// <summary>The DER SubjectPublicKeyInfo of a point on the SM2 curve.</summary>
    /// <param name="coordinates">x ‖ y, 32 bytes each.</param>
    public static byte[] Sm2(ReadOnlySpan<byte> coordinates) => Ec(Sm2Curve, [0x04, .. coordinates]);

    private static byte[] Rsa(byte[] modulus, byte[] exponent) => Encode(writer =>
    {
        using var info = writer.PushSequence();
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(RsaEncryption);
            writer.WriteNull();
        }

        writer.WriteBitString(Encode(key =>
        {
            using var _ = key.PushSequence();
            key.WriteInteger(Unsigned(modulus));
            key.WriteInteger(Unsigned(exponent));
        }));
    });

    private static BigInteger Unsigned(byte[] bigEndian) => new(bigEndian, isUnsigned: true, isBigEndian: true);

    private static byte[] Encode(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        write(writer);
        return writer.Encode();
    }
}
