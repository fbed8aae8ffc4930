using System.Formats.Asn1;
using System.Security.Cryptography;
using Seal.Cryptography.Algorithms;

namespace Seal.Documents.Tests.Judging;

/// <summary>A CMS container byte by byte, with whatever is to be wrong or odd about it. ECDSA on P-256 with SHA-256 unless said otherwise.</summary>
public sealed record HandMadeCms(TestSigner Signer)
{
    public const string Data = "1.2.840.113549.1.7.1";
    public const string ContentType = "1.2.840.113549.1.9.3";
    public const string MessageDigest = "1.2.840.113549.1.9.4";
    public const string SigningCertificate = "1.2.840.113549.1.9.16.2.12";
    public const string SigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";
    public const string AlgorithmProtection = "1.2.840.113549.1.9.52";
    public const string Sha256 = "2.16.840.1.101.3.4.2.1";
    public const string EcdsaSha256 = "1.2.840.10045.4.3.2";

    private static readonly Asn1Tag Tag0 = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag Tag1 = new(TagClass.ContextSpecific, 1);

    /// <summary>What lies inside, as the octets of id-data.</summary>
    public byte[]? Enclosed { get; init; }

    /// <summary>What the content type attribute says.</summary>
    public string StatedType { get; init; } = Data;

    /// <summary>Which attribute names the signer's certificate.</summary>
    public string? Naming { get; init; } = SigningCertificateV2;

    /// <summary>The algorithms that CMSAlgorithmProtection states; null leaves it out.</summary>
    public (string Digest, string Signature)? Protection { get; init; }

    /// <summary>Stores the attributes in another order than DER's, which is what is signed.</summary>
    public bool Unsorted { get; init; }

    /// <summary>Writes every constructed element with indefinite length, attributes too.</summary>
    public bool Indefinite { get; init; }

    public int Signers { get; init; } = 1;

    /// <summary>The message digest's algorithm.</summary>
    public string Digest { get; init; } = Sha256;

    /// <summary>The signature's algorithm.</summary>
    public string Algorithm { get; init; } = EcdsaSha256;

    /// <summary>Signs the content itself and leaves the signed attributes out.</summary>
    public bool WithoutAttributes { get; init; }

    public bool WithCertificate { get; init; } = true;

    /// <summary>The container over bytes.</summary>
    public byte[] Over(byte[] content)
    {
        var attributes = Attributes(DigestAlgorithms.FromOid(Digest)!.Value.HashData(Enclosed ?? content));
        var signature = Signer.Key.Sign(WithoutAttributes ? content : Set(attributes.Order(ByteOrder.Instance)));
        var stored = Set(Unsorted ? attributes.OrderDescending(ByteOrder.Instance) : attributes.Order(ByteOrder.Instance));
        stored[0] = 0xA0;
        var der = Write(writer => Write(writer, stored, signature));
        return Indefinite ? ToIndefinite(der) : der;
    }

    private List<byte[]> Attributes(byte[] digest)
    {
        List<byte[]> attributes =
        [
            Attribute(ContentType, value => value.WriteObjectIdentifier(StatedType)),
            Attribute(MessageDigest, value => value.WriteOctetString(digest)),
        ];
        if (Naming is { } naming)
        {
            var der = Signer.Certificate.RawData.ToArray();
            attributes.Add(Attribute(naming, value => WriteNested(value, 3, () => value.WriteOctetString(naming == SigningCertificate ? Sha1(der) : SHA256.HashData(der)))));
        }

        if (Protection is { } protection)
        {
            attributes.Add(Attribute(AlgorithmProtection, value =>
            {
                using var _ = value.PushSequence();
                WriteAlgorithm(value, protection.Digest);
                using var signature = value.PushSequence(Tag1);
                value.WriteObjectIdentifier(protection.Signature);
            }));
        }

        return attributes;
    }

    private void Write(AsnWriter writer, byte[] attributes, byte[] signature)
    {
        using var contentInfo = writer.PushSequence();
        writer.WriteObjectIdentifier("1.2.840.113549.1.7.2");
        using var content = writer.PushSequence(Tag0);
        using var signedData = writer.PushSequence();
        writer.WriteInteger(1);
        using (writer.PushSetOf())
        {
            WriteAlgorithm(writer, Digest);
        }

        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Data);
            if (Enclosed is not null)
            {
                using var enclosed = writer.PushSequence(Tag0);
                writer.WriteOctetString(Enclosed);
            }
        }

        if (WithCertificate)
        {
            using var certificates = writer.PushSetOf(Tag0);
            writer.WriteEncodedValue(Signer.Certificate.RawData.Span);
            writer.WriteEncodedValue(Signer.Authority.Issuing.RawData.Span);
        }

        using var signers = writer.PushSetOf();
        for (var i = 0; i < Signers; i++)
        {
            using var signer = writer.PushSequence();
            writer.WriteInteger(1);
            using (writer.PushSequence())
            {
                writer.WriteEncodedValue(Signer.Certificate.Issuer.RawData.Span);
                writer.WriteInteger(Signer.Certificate.SerialNumber.Span);
            }

            WriteAlgorithm(writer, Digest);
            if (!WithoutAttributes)
            {
                writer.WriteEncodedValue(attributes);
            }

            WriteAlgorithm(writer, Algorithm);
            writer.WriteOctetString(signature);
        }
    }

    private static byte[] Attribute(string oid, Action<AsnWriter> write) => Write(writer =>
    {
        using var attribute = writer.PushSequence();
        writer.WriteObjectIdentifier(oid);
        using var values = writer.PushSetOf();
        write(writer);
    });

    private static void WriteNested(AsnWriter writer, int depth, Action write)
    {
        if (depth == 0)
        {
            write();
            return;
        }

        using var _ = writer.PushSequence();
        WriteNested(writer, depth - 1, write);
    }

    private static byte[] Set(IEnumerable<byte[]> elements)
    {
        byte[] content = [.. elements.SelectMany(element => element)];
        return content.Length < 0x80 ? [0x31, (byte)content.Length, .. content]
            : content.Length < 0x100 ? [0x31, 0x81, (byte)content.Length, .. content]
            : [0x31, 0x82, (byte)(content.Length >> 8), (byte)content.Length, .. content];
    }

    private static byte[] ToIndefinite(ReadOnlyMemory<byte> der)
    {
        AsnReader reader = new(der, AsnEncodingRules.BER);
        var tag = reader.PeekTag();
        if (!tag.IsConstructed)
        {
            return der.ToArray();
        }

        // Certificates stay DER: they are signed as they are.
        List<byte> result = [der.Span[0], 0x80];
        for (AsnReader inner = new(reader.PeekContentBytes(), AsnEncodingRules.BER); inner.HasData;)
        {
            var child = inner.ReadEncodedValue();
            result.AddRange(child.Length > 350 && der.Span[0] == 0xA0 && child.Span[0] == 0x30 && child.Span[1] == 0x82 && child.Span[4] == 0x30 && child.Span[5] == 0x82 ? child.ToArray() : ToIndefinite(child));
        }

        return [.. result, 0, 0];
    }

    private static void WriteAlgorithm(AsnWriter writer, string oid)
    {
        using var _ = writer.PushSequence();
        writer.WriteObjectIdentifier(oid);
    }

    private static byte[] Write(Action<AsnWriter> write)
    {
        AsnWriter writer = new(AsnEncodingRules.BER);
        write(writer);
        return writer.Encode();
    }

    private static byte[] Sha1(byte[] data) => Cryptography.Algorithms.DigestAlgorithms.HashData(Cryptography.Algorithms.DigestAlgorithm.Sha1, data);

    private sealed class ByteOrder : IComparer<byte[]>
    {
        public static ByteOrder Instance { get; } = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}
