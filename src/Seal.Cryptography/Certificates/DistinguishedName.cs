using System.Formats.Asn1;
using System.Globalization;
using System.Text;
using Seal.Cryptography.Asn1;

namespace Seal.Cryptography.Certificates;

/// <summary>One attribute of a name.</summary>
/// <param name="Type">Object identifier, such as 2.5.4.3 for the common name.</param>
/// <param name="Value">Its text; a value that is no string is shown as # and hexadecimal DER (RFC 4514 §2.4).</param>
public sealed record NameAttribute(string Type, string Value);

/// <summary>An X.501 distinguished name, kept as received.</summary>
public sealed class DistinguishedName
{
    private readonly IReadOnlyList<IReadOnlyList<NameAttribute>> _relativeNames;

    private DistinguishedName(ReadOnlyMemory<byte> rawData, IReadOnlyList<IReadOnlyList<NameAttribute>> relativeNames)
    {
        RawData = rawData;
        _relativeNames = relativeNames;
        Attributes = [.. relativeNames.SelectMany(static relative => relative)];
    }

    /// <summary>The DER as received.</summary>
    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>All attributes in the order of the encoding (country first, common name last, as a rule).</summary>
    public IReadOnlyList<NameAttribute> Attributes { get; }

    /// <summary>The common name (the last one, if there are several), or null.</summary>
    public string? CommonName => Find(NameAttributeTypes.CommonName);

    /// <summary>The organisation, or null.</summary>
    public string? Organization => Find(NameAttributeTypes.Organization);

    /// <summary>Reads a DER Name.</summary>
    /// <exception cref="DerFormatException">It is none.</exception>
    public static DistinguishedName Parse(ReadOnlyMemory<byte> der) => Der.Parse("Name", der, Read);

    /// <summary>Builds a name of single-valued relative names in the order given.</summary>
    public static DistinguishedName Of(params IEnumerable<NameAttribute> attributes)
    {
        var der = Der.Encode(writer =>
        {
            using var name = writer.PushSequence();
            foreach (var attribute in attributes)
            {
                using var relative = writer.PushSetOf();
                using var pair = writer.PushSequence();
                writer.WriteObjectIdentifier(attribute.Type);
                // RFC 5280 appendix A bounds countryName and serialNumber to PrintableString; all else is UTF-8 (§4.1.2.4).
                var type = attribute.Type is NameAttributeTypes.Country or NameAttributeTypes.SerialNumber
                    ? UniversalTagNumber.PrintableString
                    : UniversalTagNumber.UTF8String;
                writer.WriteCharacterString(type, attribute.Value);
            }
        });
        return Parse(der);
    }

    /// <summary>The value of the last attribute of a type, or null.</summary>
    public string? Find(string type) => Attributes.LastOrDefault(attribute => attribute.Type == type)?.Value;

    /// <summary>
    /// Whether both name the same entity: equal bytes, or equal attributes in equal order once case and
    /// inner white space are ignored (RFC 5280 §7.1; issuers re-encode PrintableString as UTF8String).
    /// </summary>
    public bool Matches(DistinguishedName other)
    {
        if (RawData.Span.SequenceEqual(other.RawData.Span))
        {
            return true;
        }

        return _relativeNames.Count == other._relativeNames.Count
               && _relativeNames.Zip(other._relativeNames).All(static pair => SameRelativeName(pair.First, pair.Second));
    }

    /// <summary>The name as text, most specific attribute first (RFC 4514).</summary>
    public override string ToString() =>
        string.Join(",", _relativeNames.Reverse().Select(static relative => string.Join("+", relative.Select(Show))));

    private static bool SameRelativeName(IReadOnlyList<NameAttribute> left, IReadOnlyList<NameAttribute> right) =>
        left.Count == right.Count
        && left.All(attribute => right.Any(candidate =>
            candidate.Type == attribute.Type && Fold(candidate.Value) == Fold(attribute.Value)));

    private static string Fold(string value) =>
        string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .ToLowerInvariant();

    private static DistinguishedName Read(ReadOnlyMemory<byte> der)
    {
        var outer = Der.Read(der);
        var raw = outer.PeekEncodedValue();
        var name = outer.ReadSequence();
        var relativeNames = new List<IReadOnlyList<NameAttribute>>();
        while (name.HasData)
        {
            var set = name.ReadSetOf(skipSortOrderValidation: true);
            var attributes = new List<NameAttribute>();
            while (set.HasData)
            {
                var pair = set.ReadSequence();
                var type = pair.ReadObjectIdentifier();
                attributes.Add(new NameAttribute(type, ReadValue(pair)));
            }

            relativeNames.Add(attributes);
        }

        return new DistinguishedName(raw, relativeNames);
    }

    private static string ReadValue(AsnReader pair)
    {
        var tag = pair.PeekTag();
        var type = (UniversalTagNumber)tag.TagValue;
        var isText = tag.TagClass == TagClass.Universal && type
            is UniversalTagNumber.UTF8String or UniversalTagNumber.PrintableString or UniversalTagNumber.IA5String
            or UniversalTagNumber.BMPString or UniversalTagNumber.T61String or UniversalTagNumber.VisibleString
            or UniversalTagNumber.NumericString;
        var encoded = pair.PeekEncodedValue();
        try
        {
            if (isText)
            {
                return pair.ReadCharacterString(type);
            }
        }
        catch (AsnContentException)
        {
            // Certificates with characters their string type does not allow exist; the bytes are shown instead.
        }

        return "#" + Convert.ToHexString(encoded.Span);
    }

    private static string Show(NameAttribute attribute)
    {
        var text = new StringBuilder(NameAttributeTypes.ShortName(attribute.Type)).Append('=');
        for (var i = 0; i < attribute.Value.Length; i++)
        {
            var c = attribute.Value[i];
            var edgeSpace = c == ' ' && (i == 0 || i == attribute.Value.Length - 1);
            if (c < ' ')
            {
                text.Append('\\').Append(((int)c).ToString("X2", CultureInfo.InvariantCulture));
            }
            else if (edgeSpace || ",+\"\\<>;".Contains(c, StringComparison.Ordinal) || (c == '#' && i == 0))
            {
                text.Append('\\').Append(c);
            }
            else
            {
                text.Append(c);
            }
        }

        return text.ToString();
    }
}
