using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Organisations;

namespace Seal.Domain.Seals;

// What happens to a seal by way of its application or its holdings; what one command alone does stands beside that command.

/// <summary>A seal was asked for.</summary>
/// <param name="Application">In which application.</param>
/// <param name="Organisation">For which organisation.</param>
/// <param name="Kind">What kind of seal.</param>
/// <param name="Name">Its name.</param>
/// <param name="EnglishName">The English name on a bilingual seal.</param>
[EventName("seal.applied")]
public sealed record SealApplied(ApplicationId Application, OrganisationId Organisation, SealKind Kind, string Name, string? EnglishName = null) : IEvent;

/// <summary>A seal may be made.</summary>
[EventName("seal.approved")]
public sealed record SealApproved : IEvent;

/// <summary>The application came to nothing for this seal.</summary>
[EventName("seal.dropped")]
public sealed record SealDropped : IEvent;

/// <summary>The first holder claimed the seal: it is in use.</summary>
[EventName("seal.activated")]
public sealed record SealActivated : IEvent;

/// <summary>The maker signed an edition of the seal data 印章数据 (GB/T 38540).</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Digest">SHA-256 (hex) of the seal data (DER).</param>
/// <param name="Signers">The certificates it lists, by the key of their holding.</param>
[EventName("seal.edition-made")]
public sealed record EditionMade(int Number, string Digest, IReadOnlyDictionary<string, CertificateId> Signers) : IEvent;

/// <summary>A holding signs no more; the next edition does not list it. The present one stays as it is: the certificate is revoked.</summary>
/// <param name="Holding">The holding.</param>
[EventName("seal.signer-removed")]
public sealed record SignerRemoved(HoldingId Holding) : IEvent;
