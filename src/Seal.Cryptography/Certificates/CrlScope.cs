using Seal.Cryptography.Asn1;

namespace Seal.Cryptography.Certificates;

/// <summary>For which of an issuer's certificates a partitioned list speaks (RFC 5280 §5.2.5).</summary>
internal sealed record CrlScope(IReadOnlyList<string> Urls, bool OnlyUsers, bool OnlyAuthorities, bool IsPartial)
{
    public static CrlScope Read(ReadOnlyMemory<byte> value)
    {
        var point = Der.Read(value).ReadSequence();
        IReadOnlyList<string> urls = [];
        bool users = false, authorities = false, partial = false;
        if (Der.TryReadExplicit(point, Der.Context0) is { } name)
        {
            urls = ExtensionReader.DistributionPointName(name);
            partial = urls.Count == 0; // named in a way we do not compare: which certificates it covers is not known
        }

        while (point.HasData)
        {
            var tag = point.PeekTag();
            switch (tag.TagValue)
            {
                case 1:
                    users = point.ReadBoolean(tag);
                    break;
                case 2:
                    authorities = point.ReadBoolean(tag);
                    break;
                default: // only some reasons, indirect, only attribute certificates: not relied upon
                    point.ReadEncodedValue();
                    partial = true;
                    break;
            }
        }

        return new CrlScope(urls, users, authorities, partial);
    }

    /// <summary>Whether two lists speak for the same certificates.</summary>
    public static bool AreSame(CrlScope? left, CrlScope? right) => (left, right) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        _ => left.Urls.SequenceEqual(right.Urls) && left.OnlyUsers == right.OnlyUsers && left.OnlyAuthorities == right.OnlyAuthorities && left.IsPartial == right.IsPartial,
    };

    /// <summary>Whether a certificate's state may be read off the list.</summary>
    public bool Covers(Certificate certificate)
    {
        var isAuthority = certificate.BasicConstraints is { IsAuthority: true };
        return !IsPartial
               && !(OnlyUsers && isAuthority)
               && !(OnlyAuthorities && !isAuthority)
               && (Urls.Count == 0 || Urls.Intersect(certificate.CrlDistributionPoints).Any());
    }
}
