using System.Collections.Concurrent;
using System.Security.Cryptography;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Service.Keys;
using Seal.Service.Vault;

namespace Seal.Service.Pki;

/// <summary>
/// The keys that answer by OCSP, one under each issuing authority, made when first asked for: whoever asks makes a key sign,
/// and that is never to be the authority's own.
/// </summary>
public sealed class OcspResponders(Authorities authorities, ResponderKeys keys, VaultStore vault, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(90);
    private static readonly TimeSpan LeftAtLeast = TimeSpan.FromDays(15);

    private readonly SemaphoreSlim _one = new(1);
    private readonly ConcurrentDictionary<string, OcspResponder> _responders = new();

    /// <summary>The responder under a chain's issuing authority.</summary>
    public async ValueTask<OcspResponder> GetAsync(AuthorityChain chain, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(chain);
        if (_responders.TryGetValue(chain.IssuingName, out var known) && IsFresh(known.Certificate))
        {
            return known;
        }

        await _one.WaitAsync(cancellation);
        try
        {
            return _responders[chain.IssuingName] = _responders.TryGetValue(chain.IssuingName, out known) && IsFresh(known.Certificate)
                ? known
                : await OpenAsync(chain, cancellation);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private bool IsFresh(Certificate certificate) => clock.GetUtcNow() is var now && now >= certificate.NotBefore && now < certificate.NotAfter - LeftAtLeast;

    private async Task<OcspResponder> OpenAsync(AuthorityChain chain, CancellationToken cancellation)
    {
        var issuer = chain.Issuing.Certificate;
        var name = chain.IssuingName.Replace("ca-issuing", "ocsp", StringComparison.Ordinal);
        var key = await keys.Of(chain.Issuing.Algorithm).GetAsync(name, chain.Issuing.Algorithm, cancellation);
        var row = $"authority:{name}";
        if (await vault.FindAsync(row, cancellation) is { } der && Certificate.Parse(der) is var stored && IsFresh(stored) && stored.IsSignedBy(issuer)
            && stored.SubjectPublicKeyInfo.Span.SequenceEqual(key.SubjectPublicKeyInfo.Span))
        {
            return new OcspResponder(issuer, stored, key);
        }

        var now = clock.GetUtcNow();
        var made = chain.Issuing.Issue(new IssueRequest
        {
            Profile = CertificateProfile.OcspResponder,
            Subject = DistinguishedName.Of(new(NameAttributeTypes.Country, "CN"), new(NameAttributeTypes.Organization, "Seal"), new(NameAttributeTypes.CommonName, "Seal OCSP")),
            SubjectPublicKeyInfo = key.SubjectPublicKeyInfo,
            NotBefore = now.AddHours(-1),
            NotAfter = now + Life < issuer.NotAfter ? now + Life : issuer.NotAfter,
            SerialNumber = RandomNumberGenerator.GetBytes(IssueRequest.SerialNumberSize),
            CaIssuerUrls = authorities.CaIssuerUrls(chain),
            FurtherExtensions = [OcspResponder.NoCheck],
        });
        await vault.PutAsync(row, "certificate", null, made.RawData, cancellation);
        return new OcspResponder(issuer, made, key);
    }
}

/// <summary>Where keys lie: in the token where it can do the algorithm, in the vault where not.</summary>
/// <param name="Token">Keys of RSA and ECDSA.</param>
/// <param name="Vault">The others.</param>
public sealed record ResponderKeys(IServiceKeys Token, IServiceKeys Vault)
{
    /// <summary>Where keys of an algorithm lie.</summary>
    public IServiceKeys Of(SignatureAlgorithm algorithm) => algorithm == SignatureAlgorithm.Sm2Sm3 ? Vault : Token;
}
