using Seal.Domain.CertificateOrders;
using Seal.Domain.Holdings;

namespace Seal.Domain.CertificateKinds;

/// <summary>A kind of certificate as the file of kinds has it: who gets it, what stands in it, how it is ordered 证书类型.</summary>
public sealed record CertificateKind
{
    /// <summary>The kind of the certificates that seals come with.</summary>
    public const string OfSeals = "organisation-individual";

    /// <summary>Its name in orders and events, kebab case.</summary>
    public required string Name { get; init; }

    /// <summary>Its name in Chinese.</summary>
    public required string TitleZh { get; init; }

    /// <summary>Its name in English.</summary>
    public required string TitleEn { get; init; }

    /// <summary>Whose it is.</summary>
    public required CertificateHolder Holder { get; init; }

    /// <summary>What the subject's name is made of, in order.</summary>
    public required IReadOnlyList<SubjectField> Subject { get; init; }

    /// <summary>The keys that are certified.</summary>
    public required IReadOnlyList<KeyAlgorithm> Keys { get; init; }

    /// <summary>What the key may be used for, by the names of RFC 5280 §4.2.1.3.</summary>
    public required IReadOnlyList<string> KeyUsage { get; init; }

    /// <summary>Purposes as object identifiers; none leaves the extension out.</summary>
    public required IReadOnlyList<string> ExtendedKeyUsage { get; init; }

    /// <summary>Whether one who does not know the purposes must refuse.</summary>
    public bool ExtendedKeyUsageCritical { get; init; }

    /// <summary>The policies it is issued under, as object identifiers (RFC 5280 §4.2.1.4).</summary>
    public IReadOnlyList<string> Policies { get; init; } = [];

    /// <summary>Years that it holds.</summary>
    public required int Years { get; init; }

    /// <summary>Years that it holds at the very most, whatever is left of the one that it goes on from.</summary>
    public required int LongestYears { get; init; }

    /// <summary>When it can be renewed.</summary>
    public required RenewalWindow Renewal { get; init; }

    /// <summary>The papers that an order needs.</summary>
    public required IReadOnlyDictionary<OrderBusiness, IReadOnlyList<MaterialKind>> Materials { get; init; }

    /// <summary>Working days within which an order is reviewed.</summary>
    public required int ReviewDays { get; init; }

    /// <summary>Working days after the approval within which the certificate is delivered.</summary>
    public required int DeliveryDays { get; init; }

    /// <summary>The authorities that issue it, by their names in the settings; none named: all of them.</summary>
    public IReadOnlyList<string> Authorities { get; init; } = [];

    /// <summary>
    /// What the key of an encryption certificate beside it may be used for; <c>null</c> when there is none. Its key is made by the authority,
    /// which keeps it, and handed over under the holder's signing key (GB/T 20518: a pair of certificates).
    /// </summary>
    public IReadOnlyList<string>? EncryptionUsage { get; init; }

    /// <summary>Whether a person is in it.</summary>
    public bool NamesPerson => Holder != CertificateHolder.Organisation;
}

/// <summary>Whose a certificate is.</summary>
public enum CertificateHolder
{
    /// <summary>An organisation's.</summary>
    Organisation,

    /// <summary>A person's, in the name of an organisation.</summary>
    PersonOfOrganisation,

    /// <summary>A person's own.</summary>
    Person,
}

/// <summary>One attribute of the subject's name.</summary>
/// <param name="Attribute">Object identifier of the attribute, such as 2.5.4.3.</param>
/// <param name="Source">Where its text comes from.</param>
/// <param name="Text">The text itself, or what stands before the one that comes from elsewhere.</param>
/// <param name="Longest">Characters at the most; what is longer is cut off there.</param>
public sealed record SubjectField(string Attribute, SubjectSource Source, string Text, int Longest);

/// <summary>Where the text of an attribute comes from.</summary>
public enum SubjectSource
{
    /// <summary>It is always the same.</summary>
    Fixed,

    /// <summary>The organisation's name in the registry.</summary>
    OrganisationName,

    /// <summary>The organisation's unified social credit code.</summary>
    OrganisationCode,

    /// <summary>The person's name, from the vault.</summary>
    PersonName,

    /// <summary>The number by which the platform knows the person.</summary>
    PersonNumber,
}

/// <summary>When a certificate can be renewed.</summary>
/// <param name="DaysBefore">So many days before its end, at the earliest.</param>
/// <param name="DaysAfter">So many days after its end, at the latest.</param>
public sealed record RenewalWindow(int DaysBefore, int DaysAfter);
