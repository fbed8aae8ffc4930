using System.Security.Cryptography;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Cryptography.Timestamps;
using Seal.Service.Keys;
using Seal.Service.Settings;
using Seal.Service.Start;
using Seal.Service.Vault;

namespace Seal.Service.Timestamps;

/// <summary>The service's own time-stamping unit: its key, in the token where that can do the algorithm, and a certificate by the embedded authority.</summary>
public static class TimestampUnit
{
    // A stamp must be able to outlive the document's certificates: the unit's own certificate is long, and replaced well before its end.
    private const int Years = 9;
    private const int YearsLeftAtLeast = 1;

    /// <summary>Loads the unit, or sets it up on first use.</summary>
    /// <param name="settings">How it stamps.</param>
    /// <param name="authorities">Who certifies it.</param>
    /// <param name="tokenKeys">Keys of RSA and ECDSA.</param>
    /// <param name="vaultKeys">Keys that the token cannot hold.</param>
    /// <param name="vault">Where its certificate is kept.</param>
    /// <param name="clock">The time.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="StartupException">A setting is none.</exception>
    public static async Task<TimestampAuthority> OpenAsync(
        TimestampSettings settings, Authorities authorities, IServiceKeys tokenKeys, IServiceKeys vaultKeys, VaultStore vault, TimeProvider clock, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(authorities);
        ArgumentNullException.ThrowIfNull(tokenKeys);
        ArgumentNullException.ThrowIfNull(vaultKeys);
        ArgumentNullException.ThrowIfNull(vault);
        ArgumentNullException.ThrowIfNull(clock);
        var chain = authorities.For(settings.Algorithm);
        var algorithm = chain.Issuing.Algorithm;
        var name = chain.IssuingName.Replace("ca-issuing", "timestamps", StringComparison.Ordinal);
        var key = await (algorithm == SignatureAlgorithm.Sm2Sm3 ? vaultKeys : tokenKeys).GetAsync(name, algorithm, cancellation);

        var row = $"authority:{name}";
        var now = clock.GetUtcNow();
        var certificate = await vault.FindAsync(row, cancellation) is { } der ? Certificate.Parse(der) : null;
        if (certificate is null || now.AddYears(YearsLeftAtLeast) > certificate.NotAfter || !certificate.IsSignedBy(chain.Issuing.Certificate)
            || !certificate.SubjectPublicKeyInfo.Span.SequenceEqual(key.SubjectPublicKeyInfo.Span))
        {
            certificate = Issue(authorities, chain, key, now);
            await vault.PutAsync(row, "certificate", null, certificate.RawData, cancellation);
        }

        try
        {
            return new TimestampAuthority(certificate, key, chain.Certificates, new TimestampOptions { Policy = settings.Policy, Accuracy = settings.Accuracy });
        }
        catch (ArgumentException wrong)
        {
            throw new StartupException($"Seal:Timestamps cannot be followed: {wrong.Message}", wrong);
        }
    }

    private static Certificate Issue(Authorities authorities, AuthorityChain chain, ISigner key, DateTimeOffset now)
    {
        var end = now.AddYears(Years);
        return chain.Issuing.Issue(new IssueRequest
        {
            Profile = CertificateProfile.TimeStamp,
            Subject = DistinguishedName.Of(new(NameAttributeTypes.Country, "CN"), new(NameAttributeTypes.Organization, "Seal"), new(NameAttributeTypes.CommonName, "Seal Time Stamps")),
            SubjectPublicKeyInfo = key.SubjectPublicKeyInfo,
            NotBefore = now.AddHours(-1),
            NotAfter = end < chain.Issuing.Certificate.NotAfter ? end : chain.Issuing.Certificate.NotAfter,
            SerialNumber = RandomNumberGenerator.GetBytes(IssueRequest.SerialNumberSize),
            CrlUrls = authorities.CrlUrls(chain),
            CaIssuerUrls = authorities.CaIssuerUrls(chain),
            OcspUrls = authorities.OcspUrls(chain),
        });
    }
}
