namespace Seal.Domain.CertificateKinds;

/// <summary>Reads what the subject's name of a kind is made of.</summary>
internal static class SubjectReader
{
    private const string Country = "2.5.4.6";
    private const string SerialNumber = "2.5.4.5";
    private const string CommonName = "2.5.4.3";

    // X.520, and the upper bounds of RFC 5280 appendix A.1.
    private static readonly Dictionary<string, (string Type, int Longest)> Attributes = new()
    {
        ["C"] = (Country, 2),
        ["ST"] = ("2.5.4.8", 128),
        ["L"] = ("2.5.4.7", 128),
        ["O"] = ("2.5.4.10", 64),
        ["OU"] = ("2.5.4.11", 64),
        ["CN"] = (CommonName, 64),
        ["serialNumber"] = (SerialNumber, 64),
        ["organizationIdentifier"] = ("2.5.4.97", 256),
    };

    public static IReadOnlyList<SubjectField> Read(LocatedJson value, CertificateHolder holder)
    {
        List<SubjectField> fields = [.. value.Items().Select(item => Field(item, holder))];
        return fields.Count(field => field.Attribute == CommonName) == 1 ? fields : throw value.Wrong("there has to be one CN, and one only");
    }

    private static SubjectField Field(LocatedJson value, CertificateHolder holder)
    {
        value.RequireMembers("attribute", "from", "prefix", "value", "longest");
        var (type, longest) = Attribute(value.Need("attribute"));
        longest = value.Find("longest")?.Number(1, longest) ?? longest;
        if (value.Find("value") is { } written)
        {
            var clash = value.Find("from") ?? value.Find("prefix");
            return clash is null ? new SubjectField(type, SubjectSource.Fixed, Fixed(written, type, longest), longest) : throw clash.Wrong("this does not go with a value that is always the same");
        }

        var from = value.Find("from") ?? throw value.Wrong("either a value or from is needed");
        var source = KindReader.Choice<SubjectSource>(from);
        var prefix = value.Find("prefix")?.Text(longest) ?? "";
        return source switch
        {
            SubjectSource.Fixed => throw from.Wrong("what is always the same stands in value"),
            _ when type == Country => throw from.Wrong("a country is written into value, with two letters"),
            SubjectSource.PersonName or SubjectSource.PersonNumber when holder == CertificateHolder.Organisation => throw from.Wrong("there is no person in a certificate of an organisation"),
            SubjectSource.OrganisationName or SubjectSource.OrganisationCode when holder == CertificateHolder.Person => throw from.Wrong("there is no organisation in a certificate of a person"),
            SubjectSource.OrganisationName or SubjectSource.PersonName when type == SerialNumber => throw from.Wrong("a serialNumber has letters, digits and a few signs only (PrintableString); a name can have others"),
            _ when prefix.Length >= longest => throw value.Need("prefix").Wrong("the prefix leaves no room for what follows it"),
            _ => new SubjectField(type, source, prefix, longest),
        };
    }

    private static (string Type, int Longest) Attribute(LocatedJson value)
    {
        var name = value.Text();
        return Attributes.TryGetValue(name, out var known) ? known
            : char.IsAsciiDigit(name[0]) ? Attributes.Values.FirstOrDefault(one => one.Type == name) is { Type: not null } same ? same : (KindReader.Identifier(value), 256)
            : throw value.Wrong($"'{name}' is none of {string.Join(", ", Attributes.Keys)}, and no object identifier");
    }

    private static string Fixed(LocatedJson value, string type, int longest)
    {
        var text = value.Text(longest);
        return type switch
        {
            Country when text.Length != 2 || !text.All(char.IsAsciiLetterUpper) => throw value.Wrong("a country has two capital letters (ISO 3166)"),
            SerialNumber when !text.All(c => char.IsAsciiLetterOrDigit(c) || " '()+,-./:=?".Contains(c)) => throw value.Wrong("a serialNumber has letters, digits and a few signs only (PrintableString)"),
            _ => text,
        };
    }
}
