using Seal.Cryptography.Certificates;
using Seal.Domain.CertificateKinds;

namespace Seal.Service.CertificateSources;

/// <summary>What certificates of a kind are like, from the file of kinds.</summary>
public static class HolderProfiles
{
    /// <summary>The profile by which the embedded authority issues a kind.</summary>
    public static CertificateProfile ProfileOf(CertificateKind kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return new(kind.Name, UsageOf(kind.KeyUsage), kind.ExtendedKeyUsage, kind.ExtendedKeyUsageCritical, false, null, CertificateProfile.Years(kind.LongestYears)) { Policies = kind.Policies };
    }

    /// <summary>The profile of the encryption certificate beside it, of a kind that has one.</summary>
    public static CertificateProfile EncryptionProfileOf(CertificateKind kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return new($"{kind.Name}-encryption", UsageOf(kind.EncryptionUsage ?? []), [], false, false, null, CertificateProfile.Years(kind.LongestYears)) { Policies = kind.Policies };
    }

    /// <summary>The subject's name of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="textOf">The text that comes from elsewhere.</param>
    public static DistinguishedName SubjectOf(CertificateKind kind, Func<SubjectSource, string> textOf)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(textOf);
        return DistinguishedName.Of(kind.Subject.Select(field => new NameAttribute(field.Attribute, Shorten(field.Source == SubjectSource.Fixed ? field.Text : field.Text + textOf(field.Source), field.Longest))));
    }

    private static KeyUsages UsageOf(IReadOnlyList<string> names) => names.Aggregate(KeyUsages.None, (all, name) => all | Enum.Parse<KeyUsages>(name, ignoreCase: true));

    // Never between the two halves of a character outside the basic plane: rare names have them.
    private static string Shorten(string text, int longest) =>
        text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
}
