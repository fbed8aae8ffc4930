using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Seal.Cryptography.Asn1;

/// <summary>The few ASN.1 steps that every structure here repeats.</summary>
internal static class Der
{
    /// <summary>
    /// Real certificates order their SETs carelessly; nothing here depends on the order, and signatures are
    /// checked over the bytes as received.
    /// </summary>
    private static readonly AsnReaderOptions Options = new() { SkipSetSortOrderVerification = true };

    public static readonly Asn1Tag Context0 = Context(0);
    public static readonly Asn1Tag Context1 = Context(1);
    public static readonly Asn1Tag Context2 = Context(2);
    public static readonly Asn1Tag Context3 = Context(3);

    public static Asn1Tag Context(int number, bool constructed = true) =>
        new(TagClass.ContextSpecific, number, constructed);

    public static AsnReader Read(ReadOnlyMemory<byte> der, AsnEncodingRules rules = AsnEncodingRules.DER) =>
        new(der, rules, Options);

    /// <summary>Runs a parser; whatever the base library says about the bytes becomes one exception.</summary>
    public static T Parse<T>(string structure, ReadOnlyMemory<byte> bytes, Func<ReadOnlyMemory<byte>, T> parser)
    {
        try
        {
            return parser(bytes);
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException or ArgumentException
                                      or OverflowException or InvalidOperationException)
        {
            throw new DerFormatException($"Not a well-formed {structure}: {e.Message}", e);
        }
    }

    /// <summary>The next element if it carries this context tag, as its own reader past the tag.</summary>
    public static AsnReader? TryReadExplicit(AsnReader reader, Asn1Tag tag) =>
        Has(reader, tag) ? reader.ReadSequence(tag) : null;

    public static bool Has(AsnReader reader, Asn1Tag tag) =>
        reader.HasData && reader.PeekTag().HasSameClassAndValue(tag);

    /// <summary>The next element copied out of a primitive or constructed OCTET STRING.</summary>
    public static ReadOnlyMemory<byte> ReadOctets(AsnReader reader, Asn1Tag? tag = null) =>
        reader.TryReadPrimitiveOctetString(out var octets, tag)
            ? octets
            : reader.ReadOctetString(tag);

    /// <summary>A BIT STRING of whole bytes, as keys and signatures are.</summary>
    public static ReadOnlyMemory<byte> ReadBits(AsnReader reader)
    {
        var bits = reader.ReadBitString(out var unused);
        return unused == 0 ? bits : throw new AsnContentException("A BIT STRING that must be whole bytes has unused bits.");
    }

    /// <summary>A time as RFC 5280 §4.1.2.5 allows it: UTCTime (two-digit years are 1950–2049) or GeneralizedTime.</summary>
    public static DateTimeOffset ReadTime(AsnReader reader) =>
        reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime)
            ? reader.ReadUtcTime(twoDigitYearMax: 2049)
            : reader.ReadGeneralizedTime();

    /// <summary>Writes a time as RFC 5280 §4.1.2.5 demands: UTCTime through 2049, GeneralizedTime after, no fractions.</summary>
    public static void WriteTime(AsnWriter writer, DateTimeOffset time)
    {
        var utc = time.ToUniversalTime();
        if (utc.Year is >= 1950 and <= 2049)
        {
            writer.WriteUtcTime(utc, twoDigitYearMax: 2049);
        }
        else
        {
            writer.WriteGeneralizedTime(utc, omitFractionalSeconds: true);
        }
    }

    public static byte[] Encode(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        write(writer);
        return writer.Encode();
    }
}
