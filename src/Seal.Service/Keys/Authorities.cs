using System.Security.Cryptography;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Service.Vault;

namespace Seal.Service.Keys;

/// <summary>One chain of the certificate authority: a root, and the authority under it that issues.</summary>
/// <param name="RootName">The root's name in published addresses.</param>
/// <param name="Root">The root.</param>
/// <param name="IssuingName">The issuing authority's name in published addresses.</param>
/// <param name="Issuing">The issuing authority.</param>
public sealed record AuthorityChain(string RootName, CertificateAuthority Root, string IssuingName, CertificateAuthority Issuing)
{
    /// <summary>The certificates that go into a signature besides the signer's.</summary>
    public IReadOnlyList<Certificate> Certificates => [Issuing.Certificate, Root.Certificate];
}

/// <summary>
/// The service's certificate authority: a chain each in RSA, ECDSA and SM2, and the seal maker's certificate. The keys of the
/// first two lie in the token.
/// </summary>
public sealed class Authorities
{
    private const string StoredRow = "authority:certificates";
    private const string MakerRow = "authority:maker";
    private const string Kind = "certificate";

    private readonly EmbeddedAuthority _authority;

    private Authorities(EmbeddedAuthority authority, IReadOnlyList<AuthorityChain> chains, ISigner makerKey, Certificate maker)
    {
        (_authority, Chains, MakerKey, Maker) = (authority, chains, makerKey, maker);
    }

    /// <summary>All chains.</summary>
    public IReadOnlyList<AuthorityChain> Chains { get; }

    /// <summary>The seal maker's certificate (SM2).</summary>
    public Certificate Maker { get; }

    /// <summary>The seal maker's key (SM2).</summary>
    public ISigner MakerKey { get; }

    /// <summary>The roots: what this service trusts by itself.</summary>
    public IReadOnlyList<Certificate> Roots => _authority.RootCertificates;

    /// <summary>The issuing authorities' certificates.</summary>
    public IReadOnlyList<Certificate> Intermediates => _authority.IssuingCertificates;

    /// <summary>The chain that certifies holders' keys of one kind.</summary>
    public AuthorityChain For(KeyAlgorithm algorithm) => Chains.First(chain => chain.Issuing.Algorithm == HolderKeys.AlgorithmOf(algorithm));

    /// <summary>The chain that issued a certificate.</summary>
    public AuthorityChain IssuerOf(Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return Chains.First(chain => certificate.Issuer.Matches(chain.Issuing.Certificate.Subject));
    }

    /// <summary>The chain that issued a certificate, as its events have it; <c>null</c> when an outside authority did.</summary>
    public AuthorityChain? IssuerOf(Domain.Certificates.Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return certificate.Authority != DomainSettings.EmbeddedAuthority ? null
            : certificate.Issuer.Length == 0 ? For(certificate.Algorithm)
            : Chains.First(chain => chain.IssuingName == certificate.Issuer);
    }

    /// <summary>Where an issuing authority publishes what changed in its revocation list.</summary>
    public IReadOnlyList<string> DeltaCrlUrls(AuthorityChain chain)
    {
        ArgumentNullException.ThrowIfNull(chain);
        return _authority.CrlUrls(DeltaNameOf(chain.IssuingName));
    }

    /// <summary>The published name of what changed in an issuing authority's revocation list.</summary>
    public static string DeltaNameOf(string issuingName) => $"{issuingName}-delta";

    /// <summary>Where an issuing authority's revocation list is published.</summary>
    public IReadOnlyList<string> CrlUrls(AuthorityChain chain)
    {
        ArgumentNullException.ThrowIfNull(chain);
        return _authority.CrlUrls(chain.IssuingName);
    }

    /// <summary>Where an issuing authority's certificate is published.</summary>
    public IReadOnlyList<string> CaIssuerUrls(AuthorityChain chain)
    {
        ArgumentNullException.ThrowIfNull(chain);
        return _authority.CaIssuerUrls(chain.IssuingName);
    }

    /// <summary>Where the state of an issuing authority's certificates can be asked by OCSP.</summary>
    public IReadOnlyList<string> OcspUrls(AuthorityChain chain)
    {
        ArgumentNullException.ThrowIfNull(chain);
        return _authority.OcspUrls(chain.IssuingName);
    }

    /// <summary>Loads the authority, or sets it up on first use.</summary>
    /// <param name="tokenKeys">Keys of RSA and ECDSA.</param>
    /// <param name="vaultKeys">Keys that the token cannot hold.</param>
    /// <param name="vault">Where certificates are kept.</param>
    /// <param name="publishedAt">The address under which certificates and lists are published.</param>
    /// <param name="clock">The time.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<Authorities> OpenAsync(
        IServiceKeys tokenKeys, IServiceKeys vaultKeys, VaultStore vault, string publishedAt, TimeProvider clock, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(tokenKeys);
        ArgumentNullException.ThrowIfNull(vaultKeys);
        ArgumentNullException.ThrowIfNull(vault);
        var options = new EmbeddedAuthorityOptions { Organization = "Seal", PublishedAt = publishedAt };
        Dictionary<string, ISigner> keys = [];
        foreach (var algorithm in options.Algorithms)
        {
            foreach (var name in new[] { EmbeddedAuthority.RootName(algorithm), EmbeddedAuthority.IssuingName(algorithm) })
            {
                keys[name] = await (algorithm == SignatureAlgorithm.Sm2Sm3 ? vaultKeys : tokenKeys).GetAsync(name, algorithm, cancellation);
            }
        }

        var stored = await LoadAsync(vault, cancellation);
        var authority = EmbeddedAuthority.Establish(options, (name, _) => keys[name], stored, clock);
        if (authority.NewCertificates.Count > 0)
        {
            byte[] all = [.. stored.Concat(authority.NewCertificates).SelectMany(certificate => certificate.RawData.ToArray())];
            await vault.PutAsync(StoredRow, Kind, null, all, cancellation);
        }

        var makerKey = await vaultKeys.GetAsync("seal-maker", SignatureAlgorithm.Sm2Sm3, cancellation);
        var maker = await MakerAsync(authority, makerKey, vault, clock, cancellation);
        return new Authorities(
            authority,
            [
                .. options.Algorithms.Select(algorithm => new AuthorityChain(
                    EmbeddedAuthority.RootName(algorithm), authority.Root(algorithm), EmbeddedAuthority.IssuingName(algorithm), authority.Issuing(algorithm))),
            ],
            makerKey,
            maker);
    }

    private static async Task<IReadOnlyList<Certificate>> LoadAsync(VaultStore vault, CancellationToken cancellation)
    {
        List<Certificate> stored = [];
        for (ReadOnlyMemory<byte> rest = await vault.FindAsync(StoredRow, cancellation) ?? []; rest.Length > 0;)
        {
            System.Formats.Asn1.AsnDecoder.ReadEncodedValue(rest.Span, System.Formats.Asn1.AsnEncodingRules.DER, out _, out _, out var length);
            stored.Add(Certificate.Parse(rest[..length].ToArray()));
            rest = rest[length..];
        }

        return stored;
    }

    private static async Task<Certificate> MakerAsync(EmbeddedAuthority authority, ISigner key, VaultStore vault, TimeProvider clock, CancellationToken cancellation)
    {
        if (await vault.FindAsync(MakerRow, cancellation) is { } der)
        {
            return Certificate.Parse(der);
        }

        var issuing = EmbeddedAuthority.IssuingName(SignatureAlgorithm.Sm2Sm3);
        var now = clock.GetUtcNow();
        var made = authority.Issuing(SignatureAlgorithm.Sm2Sm3).Issue(new IssueRequest
        {
            Profile = CertificateProfile.SealMaker,
            Subject = DistinguishedName.Of(new(NameAttributeTypes.Country, "CN"), new(NameAttributeTypes.Organization, "Seal"), new(NameAttributeTypes.CommonName, "Seal Maker")),
            SubjectPublicKeyInfo = key.SubjectPublicKeyInfo,
            NotBefore = now.AddHours(-1),
            NotAfter = now.AddYears(9),
            SerialNumber = RandomNumberGenerator.GetBytes(IssueRequest.SerialNumberSize),
            CrlUrls = authority.CrlUrls(issuing),
            CaIssuerUrls = authority.CaIssuerUrls(issuing),
            OcspUrls = authority.OcspUrls(issuing),
        });
        await vault.PutAsync(MakerRow, Kind, null, made.RawData, cancellation);
        return made;
    }
}
