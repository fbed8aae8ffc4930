using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Organisations;

namespace Seal.Domain.Seals;

/// <summary>Issue new certificates for the same keys, and sign an edition of the seal data that lists them.</summary>
/// <param name="Seal">The seal.</param>
/// <param name="Organisation">Its owner.</param>
/// <param name="Signers">The certificates to renew, by the key of their holding.</param>
/// <param name="NotAfter">Until when the new ones must hold (UTC).</param>
/// <param name="Edition">The number of the edition to make.</param>
public sealed record RenewCertificates(
    SealId Seal, OrganisationId Organisation, IReadOnlyDictionary<string, CertificateId> Signers, DateTimeOffset NotAfter, int Edition) : IEffect;

/// <summary>The certificates and the edition are made.</summary>
/// <param name="Certificates">One for every certificate asked for.</param>
/// <param name="EditionDigest">SHA-256 (hex) of the seal data (DER).</param>
public sealed record CertificatesRenewed(IReadOnlyList<RenewedCertificate> Certificates, string EditionDigest) : IOutcome;

/// <summary>One certificate in place of another.</summary>
/// <param name="Holding">Whose it is.</param>
/// <param name="Old">The one until now.</param>
/// <param name="New">The new one.</param>
/// <param name="Digest">SHA-256 (hex) of the new one (DER).</param>
/// <param name="NotAfter">Until when the new one holds (UTC).</param>
/// <param name="Issuer">Who issued the new one, by the published name; <c>null</c> for the first authority of its algorithm.</param>
public sealed record RenewedCertificate(HoldingId Holding, CertificateId Old, CertificateId New, string Digest, DateTimeOffset NotAfter, string? Issuer = null);
