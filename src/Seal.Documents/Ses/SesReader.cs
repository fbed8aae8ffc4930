using System.Formats.Asn1;
using System.Security.Cryptography;
using Seal.Cryptography;

namespace Seal.Documents.Ses;

/// <summary>The ASN.1 steps that the structures of this namespace share.</summary>
internal static class SesReader
{
    public static readonly Asn1Tag Context0 = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>Runs a parser; whatever the base library says about the bytes becomes the one documented exception.</summary>
    public static T Parse<T>(string structure, ReadOnlyMemory<byte> bytes, SesReadOptions options, Func<AsnReader, T> parser)
    {
        if (bytes.Length > options.MaximumBytes)
        {
            throw new SesFormatException($"{structure} has {bytes.Length} bytes; at most {options.MaximumBytes} are read.");
        }

        try
        {
            var reader = new AsnReader(bytes, AsnEncodingRules.DER);
            var result = parser(reader);
            reader.ThrowIfNotEmpty();
            return result;
        }
        catch (Exception e) when (e is AsnContentException or DerFormatException or CryptographicException
                                      or ArgumentException or OverflowException or InvalidOperationException)
        {
            throw new SesFormatException($"Not a well-formed {structure}: {e.Message}", e);
        }
    }

    public static bool Has(AsnReader reader, Asn1Tag tag) => reader.HasData && reader.PeekTag().HasSameClassAndValue(tag);

    public static int ReadInt32(AsnReader reader, string field) =>
        reader.TryReadInt32(out var value) ? value : throw new SesFormatException($"{field} is not a number of 32 bits.");

    public static ReadOnlyMemory<byte> ReadOctets(AsnReader reader) =>
        reader.TryReadPrimitiveOctetString(out var octets) ? octets : throw new SesFormatException("A constructed OCTET STRING is not DER.");

    public static ReadOnlyMemory<byte> ReadBits(AsnReader reader, string field) =>
        reader.TryReadPrimitiveBitString(out var unused, out var bits) && unused == 0
            ? bits
            : throw new SesFormatException($"{field} is not a BIT STRING of whole bytes.");

    public static string ReadText(AsnReader reader, UniversalTagNumber type) => reader.ReadCharacterString(type);

    /// <summary>UTCTime in 0031, GeneralizedTime in 38540; either is read in both.</summary>
    public static DateTimeOffset ReadTime(AsnReader reader) =>
        Has(reader, Asn1Tag.UtcTime) ? reader.ReadUtcTime(twoDigitYearMax: 2049) : reader.ReadGeneralizedTime();

    public static int Count(AsnReader sequence)
    {
        var copy = sequence.Clone();
        var count = 0;
        for (; copy.HasData && count < 16; count++)
        {
            copy.ReadEncodedValue();
        }

        return count;
    }

    public static List<T> ReadList<T>(AsnReader sequence, SesReadOptions options, string field, Func<AsnReader, T> read)
    {
        var list = new List<T>();
        while (sequence.HasData)
        {
            if (list.Count == options.MaximumEntries)
            {
                throw new SesFormatException($"{field} has more than {options.MaximumEntries} entries.");
            }

            list.Add(read(sequence));
        }

        return list;
    }

    /// <summary>
    /// extDatas: printed as EXPLICIT without a tag number, but bare in every file that has it in a seal; both are read.
    /// </summary>
    public static IReadOnlyList<SesExtension> ReadExtensions(AsnReader reader, SesReadOptions options)
    {
        if (!reader.HasData)
        {
            return [];
        }

        AsnReader sequence;
        if (Has(reader, Context0))
        {
            var tagged = reader.ReadSequence(Context0);
            sequence = tagged.ReadSequence();
            tagged.ThrowIfNotEmpty();
        }
        else
        {
            sequence = reader.ReadSequence();
        }

        return ReadList(sequence, options, "extDatas", static list =>
        {
            var entry = list.ReadSequence();
            var oid = entry.ReadObjectIdentifier();
            // critical FALSE is the default and must not be written in DER; vendors write it all the same.
            var critical = Has(entry, Asn1Tag.Boolean) && entry.ReadBoolean();
            var value = ReadOctets(entry);
            entry.ThrowIfNotEmpty();
            return new SesExtension(oid, critical, value);
        });
    }
}
