namespace Seal.Cryptography.Certificates;

/// <summary>Object identifiers of the attributes that names are made of (X.520).</summary>
public static class NameAttributeTypes
{
    /// <summary>commonName.</summary>
    public const string CommonName = "2.5.4.3";

    /// <summary>serialNumber of the subject (a code of the entity, not of the certificate).</summary>
    public const string SerialNumber = "2.5.4.5";

    /// <summary>countryName, two letters.</summary>
    public const string Country = "2.5.4.6";

    /// <summary>localityName.</summary>
    public const string Locality = "2.5.4.7";

    /// <summary>stateOrProvinceName.</summary>
    public const string StateOrProvince = "2.5.4.8";

    /// <summary>organizationName.</summary>
    public const string Organization = "2.5.4.10";

    /// <summary>organizationalUnitName.</summary>
    public const string OrganizationalUnit = "2.5.4.11";

    /// <summary>organizationIdentifier (a registration number with its scheme, ETSI EN 319 412-1).</summary>
    public const string OrganizationIdentifier = "2.5.4.97";

    /// <summary>The short name RFC 4514 gives the type, or the identifier itself.</summary>
    public static string ShortName(string type) => type switch
    {
        CommonName => "CN",
        Country => "C",
        Locality => "L",
        StateOrProvince => "ST",
        Organization => "O",
        OrganizationalUnit => "OU",
        SerialNumber => "serialNumber",
        OrganizationIdentifier => "organizationIdentifier",
        _ => type,
    };
}
