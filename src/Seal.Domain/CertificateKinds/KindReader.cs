using System.Text.Json;
using Seal.Domain.CertificateOrders;
using Seal.Domain.Holdings;

namespace Seal.Domain.CertificateKinds;

/// <summary>Reads one kind of certificate from a file, and finds what is wrong with it.</summary>
internal static class KindReader
{
    private const int LongestName = 40;
    private const int MostYears = 10;
    private const int MostDays = 3660;

    // RFC 5280 §4.2.1.3; what only authorities may, is missing.
    private static readonly string[] Usages = ["digitalSignature", "nonRepudiation", "keyEncipherment", "dataEncipherment", "keyAgreement", "encipherOnly", "decipherOnly"];

    private static readonly string[] EncryptionUsages = Usages[2..];

    private static readonly Dictionary<string, string> Purposes = new()
    {
        ["clientAuth"] = "1.3.6.1.5.5.7.3.2",
        ["emailProtection"] = "1.3.6.1.5.5.7.3.4",
        ["documentSigning"] = "1.3.6.1.5.5.7.3.36", // RFC 9336
    };

    // Purposes of the platform's own services: with one of them a holder could speak for the platform.
    private static readonly string[] ForServices = ["1.3.6.1.5.5.7.3.8", "1.3.6.1.5.5.7.3.9", "2.5.29.37.0"];

    public static CertificateKind Read(LocatedJson kind)
    {
        kind.RequireMembers(
            "name", "title", "holder", "subject", "keys", "keyUsage", "extendedKeyUsage", "extendedKeyUsageCritical", "policies", "years", "longestYears",
            "renewal", "materials", "reviewDays", "deliveryDays", "authorities", "encryption");
        var title = kind.Need("title");
        title.RequireMembers("zh", "en");
        var holder = Choice<CertificateHolder>(kind.Need("holder"));
        var purposes = List(kind.Find("extendedKeyUsage"), Purpose);
        var years = kind.Need("years").Number(1, MostYears);
        var read = new CertificateKind
        {
            Name = Name(kind.Need("name")),
            TitleZh = title.Need("zh").Text(),
            TitleEn = title.Need("en").Text(),
            Holder = holder,
            Subject = SubjectReader.Read(kind.Need("subject"), holder),
            Keys = NotEmpty(kind.Need("keys"), List(kind.Need("keys"), Choice<KeyAlgorithm>)),
            KeyUsage = Usage(kind.Need("keyUsage")),
            ExtendedKeyUsage = purposes,
            ExtendedKeyUsageCritical = kind.Find("extendedKeyUsageCritical") is { } critical && Critical(critical, purposes.Count),
            Policies = List(kind.Find("policies"), Identifier),
            Years = years,
            LongestYears = kind.Find("longestYears")?.Number(years, 2 * MostYears) ?? 2 * years,
            Renewal = Window(kind.Need("renewal")),
            Materials = Materials(kind.Need("materials")),
            ReviewDays = kind.Need("reviewDays").Number(1, MostDays),
            DeliveryDays = kind.Need("deliveryDays").Number(1, MostDays),
            Authorities = List(kind.Find("authorities"), Name),
            EncryptionUsage = kind.Find("encryption") is { } encryption ? Encryption(encryption) : null,
        };
        return read.EncryptionUsage is null || (read.Keys is [KeyAlgorithm.Sm2] && read.Authorities is [Deciding.DomainSettings.EmbeddedAuthority])
            ? read
            : throw kind.Need("encryption").Wrong($"a pair is made for keys [\"sm2\"] by authorities [\"{Deciding.DomainSettings.EmbeddedAuthority}\"] only");
    }

    /// <summary>An object identifier in dots (ITU-T X.660): two arcs at the least, the first 0 to 2, the second below 40 under the first two.</summary>
    public static string Identifier(LocatedJson value)
    {
        var text = value.Text();
        var arcs = text.Split('.');
        var whole = arcs.Length >= 2 && arcs.All(arc => arc.Length > 0 && arc.All(char.IsAsciiDigit) && (arc.Length == 1 || arc[0] != '0'));
        return whole && arcs[0] is "0" or "1" or "2" && (arcs[0] == "2" || (arcs[1].Length <= 2 && int.Parse(arcs[1], System.Globalization.CultureInfo.InvariantCulture) < 40))
            ? text
            : throw value.Wrong($"'{text}' is no object identifier such as 1.3.6.1.5.5.7.3.36");
    }

    public static T Choice<T>(LocatedJson value) where T : struct, Enum
    {
        var text = value.Text();
        var choices = Enum.GetValues<T>().ToDictionary(one => JsonNamingPolicy.KebabCaseLower.ConvertName(one.ToString()));
        return choices.TryGetValue(text, out var chosen) ? chosen : throw value.Wrong($"'{text}' is none of {string.Join(", ", choices.Keys)}");
    }

    private static string Name(LocatedJson value)
    {
        var name = value.Text(LongestName);
        return name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') ? name : throw value.Wrong("a name has small letters, digits and hyphens");
    }

    private static bool Critical(LocatedJson value, int purposes) =>
        value.Flag() && (purposes > 0 ? true : throw value.Wrong("there is no extendedKeyUsage that could be critical"));

    private static List<string> Usage(LocatedJson value)
    {
        var usages = List(value, one => Usages.Contains(one.Text()) ? one.Text() : throw one.Wrong($"'{one.Text()}' is none of {string.Join(", ", Usages)}"));
        return usages.Contains("digitalSignature") || usages.Contains("nonRepudiation")
            ? usages
            : throw value.Wrong("digitalSignature or nonRepudiation has to be among them: the key signs");
    }

    private static List<string> Encryption(LocatedJson value)
    {
        value.RequireMembers("keyUsage");
        var usage = value.Need("keyUsage");
        var usages = List(usage, one => EncryptionUsages.Contains(one.Text()) ? one.Text() : throw one.Wrong($"'{one.Text()}' is none of {string.Join(", ", EncryptionUsages)}"));
        return usages.Contains("keyEncipherment") || usages.Contains("dataEncipherment") || usages.Contains("keyAgreement")
            ? usages
            : throw usage.Wrong("keyEncipherment, dataEncipherment or keyAgreement has to be among them");
    }

    private static string Purpose(LocatedJson value)
    {
        var purpose = Purposes.TryGetValue(value.Text(), out var known) ? known
            : char.IsAsciiDigit(value.Text()[0]) ? Identifier(value)
            : throw value.Wrong($"'{value.Text()}' is none of {string.Join(", ", Purposes.Keys)}, and no object identifier");
        return ForServices.Contains(purpose) ? throw value.Wrong("this purpose is not for holders: it is for services of the platform, or for anything at all") : purpose;
    }

    private static RenewalWindow Window(LocatedJson value)
    {
        value.RequireMembers("daysBefore", "daysAfter");
        return new RenewalWindow(value.Need("daysBefore").Number(0, MostDays), value.Need("daysAfter").Number(0, MostDays));
    }

    private static Dictionary<OrderBusiness, IReadOnlyList<MaterialKind>> Materials(LocatedJson value)
    {
        var every = Enum.GetValues<OrderBusiness>().ToDictionary(one => JsonNamingPolicy.KebabCaseLower.ConvertName(one.ToString()));
        value.RequireMembers([.. every.Keys]);
        return every.ToDictionary(one => one.Value, IReadOnlyList<MaterialKind> (one) => List(value.Need(one.Key), Choice<MaterialKind>));
    }

    private static List<T> NotEmpty<T>(LocatedJson value, List<T> items) => items.Count > 0 ? items : throw value.Wrong("the list is empty; name one at the least");

    private static List<T> List<T>(LocatedJson? value, Func<LocatedJson, T> read)
    {
        List<T> known = [];
        foreach (var item in value?.Items() ?? [])
        {
            var one = read(item);
            if (known.Contains(one))
            {
                throw item.Wrong("this stands in the list twice");
            }

            known.Add(one);
        }

        return known;
    }
}
