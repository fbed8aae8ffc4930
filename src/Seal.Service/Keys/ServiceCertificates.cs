using System.Collections.Concurrent;
using System.Security.Cryptography;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Service.CertificateSources;
using Seal.Service.Pki;
using Seal.Service.Vault;

namespace Seal.Service.Keys;

/// <summary>One of the service's own keys under an issuing authority, and the certificate for it.</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="Key">The key.</param>
public sealed record ServiceIdentity(Certificate Certificate, ISigner Key);

/// <summary>What the service certifies a key of its own for. Under each issuing authority it has another key.</summary>
/// <param name="CommonName">The name in the certificate.</param>
/// <param name="Profile">What the certificate is for.</param>
/// <param name="KeyName">The key's name under an issuing authority.</param>
/// <param name="RowName">The name of the vault's row with the certificate.</param>
/// <param name="End">When a certificate made at a time ends (UTC), if its issuer's does not earlier.</param>
/// <param name="LeftAtLeast">What must be left of a certificate; with less it is replaced by another for the same key.</param>
public sealed record ServiceUse(
    string CommonName, CertificateProfile Profile, Func<AuthorityChain, string> KeyName, Func<AuthorityChain, string> RowName, Func<DateTimeOffset, DateTimeOffset> End, TimeSpan LeftAtLeast)
{
    /// <summary>Signs seal data (GB/T 38540).</summary>
    public static ServiceUse SealMaker { get; } = new(
        "Seal Maker", CertificateProfile.SealMaker, chain => Numbered("seal-maker", chain), chain => Numbered("authority:maker", chain), now => now.AddYears(9), TimeSpan.FromDays(365));

    /// <summary>Stamps time. A stamp must be able to outlive the document's certificates: the unit's own is long, and replaced well before its end.</summary>
    public static ServiceUse Timestamps { get; } = new(
        "Seal Time Stamps", CertificateProfile.TimeStamp, chain => Named("timestamps", chain), chain => $"authority:{Named("timestamps", chain)}", now => now.AddYears(9), TimeSpan.FromDays(365));

    /// <summary>Answers by OCSP. Nobody asks for its own state (RFC 6960 §4.2.2.2.1), so it is short-lived.</summary>
    public static ServiceUse Ocsp { get; } = new(
        "Seal OCSP", CertificateProfile.OcspResponder, chain => Named("ocsp", chain), chain => $"authority:{Named("ocsp", chain)}", now => now.AddDays(90), TimeSpan.FromDays(15));

    private static string Named(string what, AuthorityChain chain) => chain.IssuingName.Replace("ca-issuing", what, StringComparison.Ordinal);

    private static string Numbered(string what, AuthorityChain chain) => chain.Generation == 1 ? what : EmbeddedAuthority.NameOf(what, chain.Generation);
}

/// <summary>The certificates of the service's own keys: made when first needed, replaced before they end, and every one ever made kept by its serial number.</summary>
public sealed class ServiceCertificates(Authorities authorities, ResponderKeys keys, VaultStore vault, TimeProvider clock) : IDisposable
{
    private const string Kind = "certificate";

    private readonly SemaphoreSlim _one = new(1);
    private readonly ConcurrentDictionary<string, ServiceIdentity> _known = new();
    private readonly ConcurrentDictionary<string, DistinguishedName> _own = new();

    /// <summary>The key for a use under a chain, with a certificate that is good now.</summary>
    /// <exception cref="CertificateNotIssuedException">There is none yet, and the issuing authority's own is not valid now.</exception>
    public async ValueTask<ServiceIdentity> GetAsync(ServiceUse use, AuthorityChain chain, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(use);
        ArgumentNullException.ThrowIfNull(chain);
        var name = use.KeyName(chain);
        if (_known.TryGetValue(name, out var known) && IsFresh(known.Certificate, use))
        {
            return known;
        }

        await _one.WaitAsync(cancellation);
        try
        {
            return _known[name] = _known.TryGetValue(name, out known) && IsFresh(known.Certificate, use) ? known : await OpenAsync(use, chain, cancellation);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Whether an issuing authority has certified a key of the service's own under a serial number, now or before.</summary>
    public async Task<bool> IsOwnAsync(AuthorityChain chain, ReadOnlyMemory<byte> serialNumber, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(chain);
        var row = OwnRow(serialNumber);
        if (!_own.TryGetValue(row, out var issuer) && await vault.FindAsync(row, cancellation) is { } der)
        {
            _own[row] = issuer = Certificate.Parse(der).Issuer;
        }

        return issuer is not null && issuer.Matches(chain.Issuing.Certificate.Subject);
    }

    /// <summary>The certificates for a use under all generations of an algorithm's authority, by the names of their keys, the first generation first.</summary>
    public async Task<IReadOnlyList<(string Name, Certificate Certificate)>> AllAsync(ServiceUse use, SignatureAlgorithm algorithm, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(use);
        List<(string Name, Certificate Certificate)> all = [];
        foreach (var chain in authorities.Chains.Where(chain => chain.Issuing.Algorithm == algorithm))
        {
            if (await vault.FindAsync(use.RowName(chain), cancellation) is { } der)
            {
                all.Add((use.KeyName(chain), Certificate.Parse(der)));
            }
        }

        return all;
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private bool IsFresh(Certificate certificate, ServiceUse use) => clock.GetUtcNow() is var now && now >= certificate.NotBefore && now < certificate.NotAfter - use.LeftAtLeast;

    private async Task<ServiceIdentity> OpenAsync(ServiceUse use, AuthorityChain chain, CancellationToken cancellation)
    {
        var issuer = chain.Issuing.Certificate;
        var key = await keys.Of(chain.Issuing.Algorithm).GetAsync(use.KeyName(chain), chain.Issuing.Algorithm, cancellation);
        if (await vault.FindAsync(use.RowName(chain), cancellation) is { } der && Certificate.Parse(der) is var stored
            && stored.IsSignedBy(issuer) && stored.SubjectPublicKeyInfo.Span.SequenceEqual(key.SubjectPublicKeyInfo.Span))
        {
            await KeepAsync(stored, cancellation);

            // A revoked authority makes no other, and one at its end cannot make a longer one.
            if (IsFresh(stored, use) || chain.Revoked is not null || (stored.NotAfter >= issuer.NotAfter && clock.GetUtcNow() < stored.NotAfter))
            {
                return new ServiceIdentity(stored, key);
            }
        }

        var made = Make(use, chain, key);
        await KeepAsync(made, cancellation);
        await vault.PutAsync(use.RowName(chain), Kind, null, made.RawData, cancellation);
        return new ServiceIdentity(made, key);
    }

    private Certificate Make(ServiceUse use, AuthorityChain chain, ISigner key)
    {
        var now = clock.GetUtcNow();
        if (chain.WhyNotValid(now) is { } why)
        {
            throw new CertificateNotIssuedException(why.Code, why.Values["why"]);
        }

        var end = use.End(now);
        var isResponder = use == ServiceUse.Ocsp;
        return chain.Issuing.Issue(new IssueRequest
        {
            Profile = use.Profile,
            Subject = DistinguishedName.Of(new(NameAttributeTypes.Country, "CN"), new(NameAttributeTypes.Organization, "Seal"), new(NameAttributeTypes.CommonName, use.CommonName)),
            SubjectPublicKeyInfo = key.SubjectPublicKeyInfo,
            NotBefore = now.AddHours(-1),
            NotAfter = end < chain.Issuing.Certificate.NotAfter ? end : chain.Issuing.Certificate.NotAfter,
            SerialNumber = RandomNumberGenerator.GetBytes(IssueRequest.SerialNumberSize),
            CrlUrls = isResponder ? [] : authorities.CrlUrls(chain),
            CaIssuerUrls = authorities.CaIssuerUrls(chain),
            OcspUrls = isResponder ? [] : authorities.OcspUrls(chain),
            FurtherExtensions = isResponder ? [OcspResponder.NoCheck] : [],
        });
    }

    private async Task KeepAsync(Certificate certificate, CancellationToken cancellation)
    {
        if (await vault.FindAsync(OwnRow(certificate.SerialNumber), cancellation) is null)
        {
            await vault.PutAsync(OwnRow(certificate.SerialNumber), Kind, null, certificate.RawData, cancellation);
        }
    }

    private static string OwnRow(ReadOnlyMemory<byte> serialNumber) => $"authority:own:{Convert.ToHexStringLower(serialNumber.Span)}";
}
