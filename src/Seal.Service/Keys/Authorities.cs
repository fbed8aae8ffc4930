using System.Globalization;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Domain.CertificateOrders;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Issuers;
using Seal.Service.Vault;

namespace Seal.Service.Keys;

/// <summary>One chain of the certificate authority: a root, and the authority under it that issues.</summary>
/// <param name="RootName">The root's name in published addresses.</param>
/// <param name="Root">The root.</param>
/// <param name="IssuingName">The issuing authority's name in published addresses.</param>
/// <param name="Issuing">The issuing authority.</param>
public sealed record AuthorityChain(string RootName, CertificateAuthority Root, string IssuingName, CertificateAuthority Issuing)
{
    /// <summary>The number of the generation: 1 for the one there was from the start.</summary>
    public int Generation { get; init; } = 1;

    /// <summary>The certificate that the former root issued for this one; <c>null</c> when there is no former root.</summary>
    public Certificate? Cross { get; init; }

    /// <summary>What the root's list says of the issuing authority; <c>null</c> while it is in force.</summary>
    public CrlEntry? Revoked { get; init; }

    /// <summary>Why it issues nothing at a time (UTC): its own certificate is not valid then, or it is revoked; <c>null</c> when it does issue.</summary>
    public Rejection? WhyNotIssuing(DateTimeOffset now) =>
        WhyNotValid(now) ?? (Revoked is null ? null : IssuerRejections.IssuerRevoked.With("why", IssuingName));

    /// <summary>Why nothing can hold that the issuing authority signs at a time (UTC): its own certificate is not valid then; <c>null</c> when it is.</summary>
    public Rejection? WhyNotValid(DateTimeOffset now) => WhyNotValid(IssuingName, Issuing, now);

    /// <summary>Why its root certifies no other authority at a time (UTC); <c>null</c> when it does.</summary>
    public Rejection? WhyNotFollowed(DateTimeOffset now) => WhyNotValid(RootName, Root, now);

    private static Rejection? WhyNotValid(string name, CertificateAuthority authority, DateTimeOffset now)
    {
        var own = authority.Certificate;
        return now >= own.NotBefore && now < own.NotAfter ? null : IssuingRejections.IssuerNotValid.With(
            "why", string.Create(CultureInfo.InvariantCulture, $"{name}: {own.NotBefore:yyyy-MM-dd HH:mm:ss}Z – {own.NotAfter:yyyy-MM-dd HH:mm:ss}Z; {now:yyyy-MM-dd HH:mm:ss}Z"));
    }

    /// <summary>The certificates that go into a signature besides the signer's.</summary>
    public IReadOnlyList<Certificate> Certificates => Cross is null ? [Issuing.Certificate, Root.Certificate] : [Issuing.Certificate, Cross, Root.Certificate];
}

/// <summary>
/// The service's certificate authority: a chain each in RSA, ECDSA and SM2, in all its generations. The keys of the first two lie in the token.
/// </summary>
public sealed class Authorities
{
    private const string StoredRow = "authority:certificates";
    private const string Kind = "certificate";

    private readonly EmbeddedAuthority _authority;
    private volatile IReadOnlyList<AuthorityChain> _chains;

    private Authorities(EmbeddedAuthority authority, IReadOnlyList<AuthorityChain> chains) => (_authority, _chains) = (authority, chains);

    /// <summary>All chains, former generations first.</summary>
    public IReadOnlyList<AuthorityChain> Chains => _chains;

    /// <summary>The roots: what this service trusts by itself.</summary>
    public IReadOnlyList<Certificate> Roots => [.. Chains.Select(chain => chain.Root.Certificate).Distinct()];

    /// <summary>The issuing authorities' certificates, and those that former roots issued for their successors.</summary>
    public IReadOnlyList<Certificate> Intermediates => [.. Chains.SelectMany(chain => chain.Certificates).Except(Roots)];

    /// <summary>The chain that certifies holders' keys of one kind: the newest.</summary>
    public AuthorityChain For(KeyAlgorithm algorithm) => Chains.Last(chain => chain.Issuing.Algorithm == HolderKeys.AlgorithmOf(algorithm));

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
            : certificate.Issuer.Length == 0 ? Chains.First(chain => chain.Issuing.Algorithm == HolderKeys.AlgorithmOf(certificate.Algorithm))
            : Chains.FirstOrDefault(chain => chain.IssuingName == certificate.Issuer);
    }

    /// <summary>Makes the next generation of a chain; nothing issues with it before it is taken in.</summary>
    /// <param name="algorithm">Whose keys it certifies.</param>
    /// <param name="generation">Its number.</param>
    /// <param name="withRoot">Whether it has a root of its own.</param>
    /// <param name="keyOf">The key of a name.</param>
    public async Task<AuthorityChain> MakeAsync(KeyAlgorithm algorithm, int generation, bool withRoot, Func<string, SignatureAlgorithm, Task<ISigner>> keyOf)
    {
        ArgumentNullException.ThrowIfNull(keyOf);
        var signing = HolderKeys.AlgorithmOf(algorithm);
        var present = For(algorithm);
        var name = EmbeddedAuthority.NameOf(EmbeddedAuthority.IssuingName(signing), generation);
        var rootName = withRoot ? EmbeddedAuthority.NameOf(EmbeddedAuthority.RootName(signing), generation) : present.RootName;
        var made = _authority.MakeGeneration(
            generation, present.Root, present.RootName, await keyOf(name, signing), rootName, withRoot ? await keyOf(rootName, signing) : null);
        return new AuthorityChain(rootName, made.Root, name, made.Issuing) { Generation = generation, Cross = made.Cross };
    }

    /// <summary>Takes a chain up again from its certificates and keys.</summary>
    public AuthorityChain Open(string rootName, Certificate root, string name, Certificate issuing, Certificate? cross, int generation, ISigner rootKey, ISigner issuingKey) =>
        new(rootName, _authority.Take(root, rootKey), name, _authority.Take(issuing, issuingKey)) { Generation = generation, Cross = cross };

    /// <summary>Takes a chain in: from now on it issues.</summary>
    public void TakeIn(AuthorityChain chain)
    {
        ArgumentNullException.ThrowIfNull(chain);
        if (Chains.All(known => known.IssuingName != chain.IssuingName))
        {
            _chains = [.. Chains, chain];
        }
    }

    /// <summary>Takes note that a root revoked an issuing authority: from now on it issues nothing.</summary>
    /// <param name="issuingName">Its published name.</param>
    /// <param name="at">Since when (UTC).</param>
    /// <param name="reason">Why.</param>
    public void Revoke(string issuingName, DateTimeOffset at, RevocationReason reason) =>
        _chains = [.. Chains.Select(chain => chain.IssuingName == issuingName ? chain with { Revoked = new CrlEntry(chain.Issuing.Certificate.SerialNumber, at, reason) } : chain)];

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

        return new Authorities(
            authority,
            [
                .. options.Algorithms.Select(algorithm => new AuthorityChain(
                    EmbeddedAuthority.RootName(algorithm), authority.Root(algorithm), EmbeddedAuthority.IssuingName(algorithm), authority.Issuing(algorithm))),
            ]);
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
}
