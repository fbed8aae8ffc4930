using System.Security.Cryptography;
using Seal.Cryptography.Certificates;
using Seal.Domain.CertificateOrders;
using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Organisations;
using Seal.Domain.Persons;
using Seal.Domain.Seals;
using Seal.Ledger;
using Seal.Service.CertificateSources;
using Seal.Service.Commands;
using Seal.Service.Problems;
using Seal.Service.Vault;
using Certificate = Seal.Cryptography.Certificates.Certificate;

namespace Seal.Service.Keys;

/// <summary>Issues the certificates of seal holders and keeps them.</summary>
public sealed class CertificateDesk(Authorities authorities, IssuerFollower follower, EmbeddedSource embedded, VaultStore vault, StreamLoader loader, DomainSettings rules)
{
    /// <summary>Issues a certificate for a holding's key and keeps it; it goes again if the work comes to nothing.</summary>
    public async Task<Certificate> IssueAsync(
        HoldingId holding, SealId seal, OrganisationId organisation, KeyAlgorithm algorithm, ReadOnlyMemory<byte> subjectPublicKeyInfo,
        DateTimeOffset notAfter, Work work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        var states = await loader.LoadAsync([organisation.Stream, seal.Stream], States.None, ReadUntil.All, cancellation);
        var owner = states.Get<Organisation>(organisation.Stream);
        var subject = DistinguishedName.Of(
            new(NameAttributeTypes.Country, "CN"),
            new(NameAttributeTypes.Organization, owner.Name),
            new(NameAttributeTypes.OrganizationIdentifier, $"NTRCN-{organisation.Value}"),
            new(NameAttributeTypes.OrganizationalUnit, Shorten(states.Get<ElectronicSeal>(seal.Stream).Name)),
            new(NameAttributeTypes.SerialNumber, Shorten(holding.Value)),
            new(NameAttributeTypes.CommonName, Shorten(owner.Name)));
        try
        {
            await follower.FollowAsync(cancellation);
            var certificate = embedded.Issue(authorities.For(algorithm), HolderProfiles.ProfileOf(rules.CertificateKinds.OfSeals), subject, subjectPublicKeyInfo, notAfter);
            await KeepAsync(certificate, null, work, cancellation);
            return certificate;
        }
        catch (CertificateNotIssuedException failed)
        {
            throw new ProblemException(Problem.From(IssuingRejections.Of(failed.Code, failed.Message)));
        }
    }

    /// <summary>Keeps a certificate that was issued; it goes again if the work comes to nothing.</summary>
    /// <exception cref="CertificateNotIssuedException">There is one with the same serial number.</exception>
    public async Task KeepAsync(Certificate certificate, PersonId? person, Work work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(work);
        var id = IdOf(certificate);
        if (await vault.FindAsync(KeyOf(id), cancellation) is not null || await IsRecordedAsync(id, cancellation))
        {
            throw new CertificateNotIssuedException(IssuingRejections.SerialNumberTaken.Code, id.Value);
        }

        work.OnDiscard(() => new ValueTask(vault.DeleteAsync(KeyOf(id), CancellationToken.None)));
        await vault.PutAsync(KeyOf(id), "certificate", person?.Value, certificate.RawData, cancellation);
    }

    /// <summary>A certificate that was issued; <c>null</c> when there is none.</summary>
    public async Task<Certificate?> FindAsync(CertificateId id, CancellationToken cancellation) =>
        await vault.FindAsync(KeyOf(id), cancellation) is { } der ? Certificate.Parse(der) : null;

    /// <summary>A certificate that must be there.</summary>
    public async Task<Certificate> GetAsync(CertificateId id, CancellationToken cancellation) =>
        Certificate.Parse(await vault.GetAsync(KeyOf(id), cancellation));

    /// <summary>Who issued a certificate, by the published name; <c>null</c> for the first authority of its algorithm.</summary>
    public string? IssuerOf(Certificate certificate) => authorities.IssuerOf(certificate) is { Generation: > 1 } chain ? chain.IssuingName : null;

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

    // One that was erased with its person is still a number that is taken.
    private async Task<bool> IsRecordedAsync(CertificateId id, CancellationToken cancellation) =>
        (await loader.LoadAsync([id.Stream], States.None, ReadUntil.All, cancellation)).VersionOf(id.Stream) > 0;

    private static string KeyOf(CertificateId id) => $"certificate:{id.Value}";

    // RFC 5280 appendix A: ub-common-name and ub-organizational-unit-name are 64 characters.
    internal static string Shorten(string name) => name.Length <= 64 ? name : name[..64];
}
