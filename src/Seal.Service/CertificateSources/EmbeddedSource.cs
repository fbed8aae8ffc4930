using Seal.Cryptography.Certificates;
using Seal.Domain.Deciding;
using Seal.Service.Keys;

namespace Seal.Service.CertificateSources;

/// <summary>The certificate authority inside the service.</summary>
public sealed class EmbeddedSource(Authorities authorities, IssuerFollower follower, TimeProvider clock) : ICertificateSource
{
    /// <inheritdoc/>
    public string Name => DomainSettings.EmbeddedAuthority;

    /// <inheritdoc/>
    public async Task<SourcedCertificate> IssueAsync(OrderedCertificate ordered, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ordered);
        await follower.FollowAsync(cancellation);
        var chain = authorities.For(ordered.Algorithm);
        return new SourcedCertificate(Issue(chain, HolderProfiles.ProfileOf(ordered.Kind), ordered.Subject, ordered.Request.SubjectPublicKeyInfo, ordered.NotAfter), chain.IssuingName);
    }

    /// <summary>Issues a certificate that holds from now on, and no longer than its issuer's.</summary>
    /// <exception cref="CertificateNotIssuedException">The issuer's own certificate is not valid now, or revoked.</exception>
    public Certificate Issue(AuthorityChain chain, CertificateProfile profile, DistinguishedName subject, ReadOnlyMemory<byte> subjectPublicKeyInfo, DateTimeOffset notAfter)
    {
        ArgumentNullException.ThrowIfNull(chain);
        ArgumentNullException.ThrowIfNull(profile);
        var now = clock.GetUtcNow();
        var issuer = chain.Issuing.Certificate;
        if (chain.WhyNotIssuing(now) is { } why)
        {
            throw new CertificateNotIssuedException(why.Code, why.Values["why"]);
        }

        // A few minutes before now, for verifiers whose clocks are behind.
        var from = now.AddMinutes(-5) > issuer.NotBefore ? now.AddMinutes(-5) : issuer.NotBefore;
        var longest = from + profile.MaximumValidity;
        return chain.Issuing.Issue(new IssueRequest
        {
            Profile = profile,
            Subject = subject,
            SubjectPublicKeyInfo = subjectPublicKeyInfo,
            NotBefore = from,
            NotAfter = new[] { notAfter, issuer.NotAfter, longest }.Min(),
            SerialNumber = System.Security.Cryptography.RandomNumberGenerator.GetBytes(IssueRequest.SerialNumberSize),
            CrlUrls = authorities.CrlUrls(chain),
            CaIssuerUrls = authorities.CaIssuerUrls(chain),
            OcspUrls = authorities.OcspUrls(chain),
        });
    }
}
