using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Asn1;

namespace Seal.Cryptography.Keys;

/// <summary>
/// An SM2 key pair on its way to whoever has another SM2 key: SM2EnvelopedKey of GM/T 0009-2012 §7.4. The private key is under SM4 (ECB), and
/// that one's key, used once, under the recipient's public key. It is how an authority hands over encryption keys.
/// </summary>
public static class Sm2EnvelopedKey
{
    private const int ScalarSize = 32;

    // ENVELOPEDKEYBLOB of GM/T 0016 §6.4.10; its arrays have room for 512 bits, numbers stand at their end.
    private const int BlobField = 64;
    private const uint BlobVersion = 1;
    private const uint SgdSm4Ecb = 0x0000_0401;

    /// <summary>Puts a key into an envelope.</summary>
    /// <param name="key">The SM2 key.</param>
    /// <param name="recipient">SubjectPublicKeyInfo (DER) of the SM2 key that can open it.</param>
    /// <returns>SM2EnvelopedKey, DER.</returns>
    /// <exception cref="CryptographicException">One of the two is no SM2 key.</exception>
    public static byte[] Seal(SoftwareKey key, ReadOnlySpan<byte> recipient)
    {
        ArgumentNullException.ThrowIfNull(key);
        using var to = EvpKey.ImportPublic(recipient, sm2: true);
        var pkcs8 = key.ExportPkcs8();
        var once = RandomNumberGenerator.GetBytes(Sm4Ecb.BlockSize);
        byte[] scalar = [];
        try
        {
            scalar = Scalar(pkcs8);
            var encrypted = Sm4Ecb.Transform(once, scalar, encrypt: true);
            var wrapped = to.Encrypt(once);
            return Der.Encode(writer =>
            {
                using var sequence = writer.PushSequence();
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(Oids.Sm4Ecb);
                }

                writer.WriteEncodedValue(wrapped);
                writer.WriteBitString(Point(key.SubjectPublicKeyInfo));
                writer.WriteBitString(encrypted);
            });
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
            CryptographicOperations.ZeroMemory(once);
            CryptographicOperations.ZeroMemory(scalar);
        }
    }

    /// <summary>Takes a key out of an envelope.</summary>
    /// <exception cref="DerFormatException">It is no envelope.</exception>
    /// <exception cref="CryptographicException">It was made for another recipient, or was changed.</exception>
    public static SoftwareKey Open(ReadOnlyMemory<byte> envelope, SoftwareKey recipient)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        var parts = Parts.Read(envelope);
        var own = recipient.ExportPkcs8();
        byte[] once = [], scalar = [], pkcs8 = [];
        try
        {
            using var opener = EvpKey.ImportPkcs8(own, sm2: true);
            once = opener.Decrypt(parts.Wrapped.Span);
            scalar = Sm4Ecb.Transform(once, parts.Encrypted, encrypt: false);
            pkcs8 = Pkcs8(scalar);
            var key = SoftwareKey.ImportPkcs8(pkcs8, SignatureAlgorithm.Sm2Sm3);
            if (Point(key.SubjectPublicKeyInfo).AsSpan().SequenceEqual(parts.Point))
            {
                return key;
            }

            key.Dispose();
            throw new CryptographicException("The private key in the envelope does not belong to the public key beside it.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(own);
            CryptographicOperations.ZeroMemory(once);
            CryptographicOperations.ZeroMemory(scalar);
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    /// <summary>The public key of the pair in an envelope: its point, uncompressed (04, x, y), 65 bytes.</summary>
    /// <exception cref="DerFormatException">It is no envelope.</exception>
    public static byte[] PointOf(ReadOnlyMemory<byte> envelope) => Parts.Read(envelope).Point;

    /// <summary>The same envelope as smart keys take it: ENVELOPEDKEYBLOB (GM/T 0016), little-endian, for SKF_ImportECCKeyPair.</summary>
    /// <exception cref="DerFormatException">It is no envelope.</exception>
    public static byte[] ToBlob(ReadOnlyMemory<byte> envelope)
    {
        var parts = Parts.Read(envelope);
        var cipher = new AsnReader(parts.Wrapped, AsnEncodingRules.DER).ReadSequence();
        var (x, y) = (cipher.ReadInteger(), cipher.ReadInteger());
        var (hash, text) = (cipher.ReadOctetString(), cipher.ReadOctetString());
        using var blob = new MemoryStream();
        Number(BlobVersion);
        Number(SgdSm4Ecb);
        Number(ScalarSize * 8);
        Field(parts.Encrypted);
        Number(ScalarSize * 8);
        Field(parts.Point.AsSpan(1, ScalarSize));
        Field(parts.Point.AsSpan(1 + ScalarSize));
        Field(x.ToByteArray(isUnsigned: true, isBigEndian: true));
        Field(y.ToByteArray(isUnsigned: true, isBigEndian: true));
        blob.Write(hash);
        Number((uint)text.Length);
        blob.Write(text);
        return blob.ToArray();

        void Number(uint value)
        {
            Span<byte> bytes = stackalloc byte[sizeof(uint)];
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
            blob.Write(bytes);
        }

        void Field(ReadOnlySpan<byte> value)
        {
            Span<byte> field = stackalloc byte[BlobField];
            field.Clear();
            value.CopyTo(field[(BlobField - value.Length)..]);
            blob.Write(field);
        }
    }

    private static byte[] Point(ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        var info = Der.Read(subjectPublicKeyInfo).ReadSequence();
        info.ReadEncodedValue();
        return info.ReadBitString(out _);
    }

    // ECPrivateKey of RFC 5915 within PrivateKeyInfo of RFC 5958.
    private static byte[] Scalar(byte[] pkcs8)
    {
        var info = new AsnReader(pkcs8, AsnEncodingRules.BER).ReadSequence();
        info.ReadInteger();
        info.ReadEncodedValue();
        var key = new AsnReader(info.ReadOctetString(), AsnEncodingRules.BER).ReadSequence();
        key.ReadInteger();
        var scalar = key.ReadOctetString();
        return scalar.Length == ScalarSize ? scalar : throw new CryptographicException("The key is no SM2 key.");
    }

    private static byte[] Pkcs8(byte[] scalar) => Der.Encode(writer =>
    {
        using var info = writer.PushSequence();
        writer.WriteInteger(BigInteger.Zero);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Oids.EcPublicKey);
            writer.WriteObjectIdentifier(Oids.Sm2Curve);
        }

        using var octets = writer.PushOctetString();
        using var key = writer.PushSequence();
        writer.WriteInteger(BigInteger.One);
        writer.WriteOctetString(scalar);
    });

    private sealed record Parts(ReadOnlyMemory<byte> Wrapped, byte[] Point, byte[] Encrypted)
    {
        public static Parts Read(ReadOnlyMemory<byte> envelope) => Der.Parse("SM2EnvelopedKey", envelope, static der =>
        {
            var outer = Der.Read(der);
            var sequence = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            if (sequence.ReadSequence().ReadObjectIdentifier() != Oids.Sm4Ecb)
            {
                throw new AsnContentException("The private key is not under SM4.");
            }

            var parts = new Parts(sequence.ReadEncodedValue(), Der.ReadBits(sequence).ToArray(), Der.ReadBits(sequence).ToArray());
            sequence.ThrowIfNotEmpty();
            var cipher = new AsnReader(parts.Wrapped, AsnEncodingRules.DER).ReadSequence();
            var fits = cipher.ReadIntegerBytes().Length <= ScalarSize + 1 && cipher.ReadIntegerBytes().Length <= ScalarSize + 1 && cipher.ReadOctetString().Length == ScalarSize && cipher.ReadOctetString().Length == Sm4Ecb.BlockSize;
            cipher.ThrowIfNotEmpty();
            return fits && parts.Point.Length == 1 + (2 * ScalarSize) && parts.Encrypted.Length == ScalarSize ? parts : throw new AsnContentException("A part of the envelope has another length.");
        });
    }
}
