using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Seal.Documents.Tests.Judging;

/// <summary>A timestamp authority of the tests: makes RFC 3161 tokens for any time.</summary>
public static class TestTimestamp
{
    private const string Sha256 = "2.16.840.1.101.3.4.2.1";
    private static readonly Asn1Tag Tag0 = new(TagClass.ContextSpecific, 0);

    public static byte[] Token(TestSigner authority, byte[] imprint, DateTimeOffset time)
    {
        var info = Write(writer =>
        {
            using var outer = writer.PushSequence();
            writer.WriteInteger(1);
            writer.WriteObjectIdentifier("1.2.3.4");
            using (writer.PushSequence())
            {
                WriteAlgorithm(writer, Sha256);
                writer.WriteOctetString(imprint);
            }

            writer.WriteInteger(77);
            writer.WriteGeneralizedTime(time, omitFractionalSeconds: true);
        });
        var attributes = Write(writer =>
        {
            using var set = writer.PushSetOf();
            WriteAttribute(writer, "1.2.840.113549.1.9.3", value => value.WriteObjectIdentifier("1.2.840.113549.1.9.16.1.4"));
            WriteAttribute(writer, "1.2.840.113549.1.9.4", value => value.WriteOctetString(SHA256.HashData(info)));
            WriteAttribute(writer, "1.2.840.113549.1.9.16.2.47", value => WriteSigningCertificate(value, authority));
        });
        return Write(writer => WriteSignedData(writer, authority, info, attributes));
    }

    private static void WriteSignedData(AsnWriter writer, TestSigner authority, byte[] info, byte[] attributes)
    {
        using var contentInfo = writer.PushSequence();
        writer.WriteObjectIdentifier("1.2.840.113549.1.7.2");
        using var content = writer.PushSequence(Tag0);
        using var signedData = writer.PushSequence();
        writer.WriteInteger(3);
        using (writer.PushSetOf())
        {
            WriteAlgorithm(writer, Sha256);
        }

        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("1.2.840.113549.1.9.16.1.4");
            using (writer.PushSequence(Tag0))
            {
                writer.WriteOctetString(info);
            }
        }

        using (writer.PushSetOf(Tag0))
        {
            writer.WriteEncodedValue(authority.Certificate.RawData.Span);
        }

        using (writer.PushSetOf())
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            using (writer.PushSequence())
            {
                writer.WriteEncodedValue(authority.Certificate.Issuer.RawData.Span);
                writer.WriteInteger(authority.Certificate.SerialNumber.Span);
            }

            WriteAlgorithm(writer, Sha256);
            writer.WriteEncodedValue([0xA0, .. attributes.AsSpan(1)]);
            WriteAlgorithm(writer, "1.2.840.10045.4.3.2");
            writer.WriteOctetString(authority.Key.Sign(attributes));
        }
    }

    private static void WriteAttribute(AsnWriter writer, string oid, Action<AsnWriter> value)
    {
        using var attribute = writer.PushSequence();
        writer.WriteObjectIdentifier(oid);
        using var values = writer.PushSetOf();
        value(writer);
    }

    private static void WriteSigningCertificate(AsnWriter writer, TestSigner authority)
    {
        using var signingCertificate = writer.PushSequence();
        using var list = writer.PushSequence();
        using var identifier = writer.PushSequence();
        writer.WriteOctetString(SHA256.HashData(authority.Certificate.RawData.Span));
    }

    private static void WriteAlgorithm(AsnWriter writer, string oid)
    {
        using var sequence = writer.PushSequence();
        writer.WriteObjectIdentifier(oid);
    }

    private static byte[] Write(Action<AsnWriter> write)
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        write(writer);
        return writer.Encode();
    }
}
