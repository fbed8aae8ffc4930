using Seal.Domain.Deciding;
using Seal.Service.Start;

namespace Seal.Service.Settings;

/// <summary>Settings of a certificate authority outside, which orders can choose beside the embedded one. docs/certificates.md has the protocol.</summary>
public sealed record CertificateAuthoritySettings
{
    private const int LongestName = 40;

    /// <summary>Its name in orders: small letters, digits and hyphens.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its address; <c>/certificates</c> is added to it.</summary>
    public string Url { get; init; } = "";

    /// <summary>The file that holds the bearer token to show it; empty: none is shown.</summary>
    public string TokenFile { get; init; } = "";

    /// <summary>The file with its roots (PEM): what it issues has to lie under one of them.</summary>
    public string Roots { get; init; } = "";

    /// <summary>How long it may take to answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Finds what is wrong with a list of them.</summary>
    /// <exception cref="StartupException">Something is, and how to mend it.</exception>
    public static void Require(IReadOnlyList<CertificateAuthoritySettings> all)
    {
        ArgumentNullException.ThrowIfNull(all);
        foreach (var one in all)
        {
            if (one.Name.Length is 0 or > LongestName || !one.Name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') || one.Name == DomainSettings.EmbeddedAuthority)
            {
                throw new StartupException($"'{one.Name}' cannot name an authority in Seal:CertificateAuthorities: write 1 to {LongestName} small letters, digits and hyphens, and not {DomainSettings.EmbeddedAuthority}.");
            }

            if (!Uri.TryCreate(one.Url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            {
                throw new StartupException($"'{one.Url}' is no address of the certificate authority {one.Name}: write https://ca.example/ or the like into its Url.");
            }

            if (one.Timeout <= TimeSpan.Zero)
            {
                throw new StartupException($"The Timeout of the certificate authority {one.Name} must be longer than nothing.");
            }

            if (one.Roots.Length == 0)
            {
                throw new StartupException($"The certificate authority {one.Name} needs the file with its roots (PEM) in Roots: what it issues is believed only under one of them.");
            }
        }

        if (all.GroupBy(one => one.Name).FirstOrDefault(same => same.Count() > 1) is { Key: var twice })
        {
            throw new StartupException($"Two authorities in Seal:CertificateAuthorities are called {twice}.");
        }
    }
}
