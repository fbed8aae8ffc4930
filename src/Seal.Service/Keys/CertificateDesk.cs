using System.Security.Cryptography;
using Seal.Cryptography.Certificates;
using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Organisations;
using Seal.Domain.Seals;
using Seal.Ledger;
using Seal.Service.Commands;
using Seal.Service.Vault;
using Certificate = Seal.Cryptography.Certificates.Certificate;

namespace Seal.Service.Keys;

/// <summary>Issues the certificates of seal holders and keeps them.</summary>
public sealed class CertificateDesk(Authorities authorities, VaultStore vault, StreamLoader loader, TimeProvider clock)
{
    /// <summary>Issues a certificate for a holding's key and keeps it; it goes again if the work comes to nothing.</summary>
    public async Task<Certificate> IssueAsync(
        HoldingId holding, SealId seal, OrganisationId organisation, KeyAlgorithm algorithm, ReadOnlyMemory<byte> subjectPublicKeyInfo,
        DateTimeOffset notAfter, Work work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        var states = await loader.LoadAsync([organisation.Stream, seal.Stream], States.None, ReadUntil.All, cancellation);
        var owner = states.Get<Organisation>(organisation.Stream);
        var chain = authorities.For(algorithm);
        var certificate = chain.Issuing.Issue(new IssueRequest
        {
            Profile = CertificateProfile.OrganisationIndividual,
            Subject = DistinguishedName.Of(
                new(NameAttributeTypes.Country, "CN"),
                new(NameAttributeTypes.Organization, owner.Name),
                new(NameAttributeTypes.OrganizationIdentifier, $"NTRCN-{organisation.Value}"),
                new(NameAttributeTypes.OrganizationalUnit, Shorten(states.Get<ElectronicSeal>(seal.Stream).Name)),
                new(NameAttributeTypes.SerialNumber, Shorten(holding.Value)),
                new(NameAttributeTypes.CommonName, Shorten(owner.Name))),
            SubjectPublicKeyInfo = subjectPublicKeyInfo,
            NotBefore = clock.GetUtcNow().AddMinutes(-5),
            NotAfter = notAfter,
            SerialNumber = RandomNumberGenerator.GetBytes(IssueRequest.SerialNumberSize),
            CrlUrls = authorities.CrlUrls(chain),
            CaIssuerUrls = authorities.CaIssuerUrls(chain),
            OcspUrls = authorities.OcspUrls(chain),
        });
        var id = IdOf(certificate);
        work.OnDiscard(() => new ValueTask(vault.DeleteAsync(KeyOf(id), CancellationToken.None)));
        await vault.PutAsync(KeyOf(id), "certificate", null, certificate.RawData, cancellation);
        return certificate;
    }

    /// <summary>A certificate that was issued; <c>null</c> when there is none.</summary>
    public async Task<Certificate?> FindAsync(CertificateId id, CancellationToken cancellation) =>
        await vault.FindAsync(KeyOf(id), cancellation) is { } der ? Certificate.Parse(der) : null;

    /// <summary>A certificate that must be there.</summary>
    public async Task<Certificate> GetAsync(CertificateId id, CancellationToken cancellation) =>
        Certificate.Parse(await vault.GetAsync(KeyOf(id), cancellation));

    /// <summary>The key under which the ledger knows a certificate: its serial number.</summary>
    public static CertificateId IdOf(Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return CertificateId.From(Convert.ToHexStringLower(certificate.SerialNumber.Span));
    }

    /// <summary>SHA-256 of a certificate, lower-case hex.</summary>
    public static string DigestOf(Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return Convert.ToHexStringLower(SHA256.HashData(certificate.RawData.Span));
    }

    private static string KeyOf(CertificateId id) => $"certificate:{id.Value}";

    // RFC 5280 appendix A: ub-common-name and ub-organizational-unit-name are 64 characters.
    private static string Shorten(string name) => name.Length <= 64 ? name : name[..64];
}
