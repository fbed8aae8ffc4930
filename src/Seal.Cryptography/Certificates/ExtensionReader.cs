using System.Formats.Asn1;
using Seal.Cryptography.Asn1;

namespace Seal.Cryptography.Certificates;

/// <summary>Takes apart the extensions of RFC 5280 §4.2 that this platform acts on.</summary>
internal static class ExtensionReader
{
    public static IReadOnlyList<CertificateExtension> ReadAll(AsnReader list)
    {
        var extensions = new List<CertificateExtension>();
        while (list.HasData)
        {
            var extension = list.ReadSequence();
            var oid = extension.ReadObjectIdentifier();
            // An explicit FALSE is not DER, but vendors write it.
            var critical = Der.Has(extension, Asn1Tag.Boolean) && extension.ReadBoolean();
            extensions.Add(new CertificateExtension(oid, critical, Der.ReadOctets(extension)));
        }

        return extensions.DistinctBy(static extension => extension.Oid).Count() == extensions.Count
            ? extensions
            : throw new AsnContentException("An extension occurs twice (RFC 5280 §4.2).");
    }

    public static KeyUsages KeyUsage(ReadOnlyMemory<byte> value)
    {
        // Read bit by bit: trailing zero bits, which DER forbids in a named list, do occur.
        var bits = Der.Read(value).ReadBitString(out var unused);
        var usage = KeyUsages.None;
        for (var bit = 0; bit < Math.Min(9, (bits.Length * 8) - unused); bit++)
        {
            if ((bits[bit / 8] & (0x80 >> (bit % 8))) != 0)
            {
                usage |= (KeyUsages)(1 << bit);
            }
        }

        return usage;
    }

    public static BasicConstraints BasicConstraints(ReadOnlyMemory<byte> value)
    {
        var constraints = Der.Read(value).ReadSequence();
        var isAuthority = Der.Has(constraints, Asn1Tag.Boolean) && constraints.ReadBoolean();
        int? pathLength = null;
        if (constraints.HasData)
        {
            pathLength = constraints.TryReadInt32(out var length) && length >= 0
                ? length
                : throw new AsnContentException("pathLenConstraint is not a small non-negative number.");
        }

        return new BasicConstraints(isAuthority, pathLength);
    }

    public static IReadOnlyList<string> ExtendedKeyUsage(ReadOnlyMemory<byte> value)
    {
        var list = Der.Read(value).ReadSequence();
        var purposes = new List<string>();
        while (list.HasData)
        {
            purposes.Add(list.ReadObjectIdentifier());
        }

        return purposes;
    }

    public static ReadOnlyMemory<byte> SubjectKeyIdentifier(ReadOnlyMemory<byte> value) =>
        Der.ReadOctets(Der.Read(value));

    /// <summary>keyIdentifier of the authority key identifier, or null if it names the key another way.</summary>
    public static ReadOnlyMemory<byte>? AuthorityKeyIdentifier(ReadOnlyMemory<byte> value)
    {
        var identifier = Der.Read(value).ReadSequence();
        var tag = Der.Context(0, constructed: false);
        return Der.Has(identifier, tag) ? Der.ReadOctets(identifier, tag) : null;
    }

    /// <summary>The addresses of all full names of distribution points.</summary>
    public static IReadOnlyList<string> CrlDistributionPoints(ReadOnlyMemory<byte> value)
    {
        var points = Der.Read(value).ReadSequence();
        var addresses = new List<string>();
        while (points.HasData)
        {
            var point = points.ReadSequence();
            if (Der.TryReadExplicit(point, Der.Context0) is { } name)
            {
                addresses.AddRange(DistributionPointName(name));
            }
        }

        return addresses;
    }

    /// <summary>The addresses in a DistributionPointName: fullName [0] GeneralNames; nameRelativeToCRLIssuer is passed over.</summary>
    public static IReadOnlyList<string> DistributionPointName(AsnReader name) =>
        Der.TryReadExplicit(name, Der.Context0) is { } fullName ? Addresses(fullName) : [];

    public static IReadOnlyList<string> AccessDescriptions(ReadOnlyMemory<byte> value, string method)
    {
        var list = Der.Read(value).ReadSequence();
        var addresses = new List<string>();
        while (list.HasData)
        {
            var description = list.ReadSequence();
            if (description.ReadObjectIdentifier() == method)
            {
                addresses.AddRange(Addresses(description));
            }
        }

        return addresses;
    }

    private static List<string> Addresses(AsnReader generalNames)
    {
        var uniformResourceIdentifier = Der.Context(6, constructed: false);
        var addresses = new List<string>();
        while (generalNames.HasData)
        {
            if (Der.Has(generalNames, uniformResourceIdentifier))
            {
                addresses.Add(generalNames.ReadCharacterString(UniversalTagNumber.IA5String, uniformResourceIdentifier));
            }
            else
            {
                generalNames.ReadEncodedValue();
            }
        }

        return addresses;
    }
}
