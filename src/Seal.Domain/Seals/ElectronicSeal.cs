using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Organisations;

namespace Seal.Domain.Seals;

/// <summary>One electronic seal 电子印章 as its events have it.</summary>
public sealed record ElectronicSeal : IState<ElectronicSeal>
{
    /// <inheritdoc/>
    public static string StreamType => SealId.StreamType;

    /// <inheritdoc/>
    public static ElectronicSeal Initial { get; } = new();

    /// <summary>The owner.</summary>
    public OrganisationId Organisation { get; init; }

    /// <summary>The application it was asked for in.</summary>
    public ApplicationId Application { get; init; }

    /// <summary>What kind of seal it is.</summary>
    public SealKind Kind { get; init; }

    /// <summary>Its name, unique in the whole system.</summary>
    public string Name { get; init; } = "";

    /// <summary>The English name on a bilingual legal-name seal.</summary>
    public string? EnglishName { get; init; }

    /// <summary>Where it is in its life.</summary>
    public SealStatus Status { get; init; }

    /// <summary>The 13-digit seal code 印章编码; empty before it is made.</summary>
    public string Code { get; init; } = "";

    /// <summary>SHA-256 (hex) of the impression's vector picture; empty before it is made.</summary>
    public string ImpressionDigest { get; init; } = "";

    /// <summary>The impression's width in millimetres; 0 before it is made.</summary>
    public decimal WidthMm { get; init; }

    /// <summary>The impression's height in millimetres; 0 before it is made.</summary>
    public decimal HeightMm { get; init; }

    /// <summary>From when it is valid (UTC).</summary>
    public DateTimeOffset ValidFrom { get; init; }

    /// <summary>Until when it is valid (UTC).</summary>
    public DateTimeOffset ValidUntil { get; init; }

    /// <summary>Whether the present freeze is an authority's.</summary>
    public bool FrozenByAuthority { get; init; }

    /// <summary>The number of the current edition 印章数据; 0 before the first claim.</summary>
    public int Edition { get; init; }

    /// <summary>The holdings that can sign and the certificate each signs with: what the current edition lists.</summary>
    public ImmutableSortedDictionary<string, CertificateId> Signers { get; init; } = ImmutableSortedDictionary.Create<string, CertificateId>(StringComparer.Ordinal);

    /// <summary>The reservation stream of its name.</summary>
    [JsonIgnore]
    public StreamId NameStream => Reservations.SealName(Name);

    /// <summary>Why the seal cannot be used now; <c>null</c> when it can.</summary>
    public Rejection? WhyNotUsable(DateTimeOffset now) => Status switch
    {
        SealStatus.Active when now < ValidUntil => null,
        SealStatus.Active => SealRejections.SealExpired,
        SealStatus.Frozen => SealRejections.SealFrozen,
        SealStatus.Revoked => SealRejections.SealRevoked,
        _ => SealRejections.SealNotActive,
    };

    /// <summary>Why the seal cannot be claimed or offered to a holder now; <c>null</c> when it can.</summary>
    public Rejection? WhyNotClaimable(DateTimeOffset now) => Status switch
    {
        SealStatus.Issued when now < ValidUntil => null,
        SealStatus.Issued => SealRejections.SealExpired,
        SealStatus.Active or SealStatus.Frozen or SealStatus.Revoked => WhyNotUsable(now),
        _ => SealRejections.SealNotIssued,
    };

    /// <inheritdoc/>
    public ElectronicSeal Apply(IEvent happened) => happened switch
    {
        SealApplied e => this with { Organisation = e.Organisation, Application = e.Application, Kind = e.Kind, Name = e.Name, EnglishName = e.EnglishName, Status = SealStatus.Applied },
        SealApproved => this with { Status = SealStatus.Approved },
        SealDropped => this with { Status = SealStatus.Dropped },
        SealMade e => this with
        {
            Code = e.Code,
            ImpressionDigest = e.ImpressionDigest,
            WidthMm = e.WidthMm,
            HeightMm = e.HeightMm,
            ValidFrom = e.ValidFrom,
            ValidUntil = e.ValidUntil,
            Status = SealStatus.Made,
        },
        SealFiled => this with { Status = SealStatus.Filed },
        SealIssued => this with { Status = SealStatus.Issued },
        EditionMade e => this with { Edition = e.Number, Signers = e.Signers.ToImmutableSortedDictionary(StringComparer.Ordinal) },
        SignerRemoved e => this with { Signers = Signers.Remove(e.Holding.Value) },
        SealActivated => this with { Status = SealStatus.Active },
        SealFrozen e => this with { Status = SealStatus.Frozen, FrozenByAuthority = e.ByAuthority },
        FreezeLifted => this with { Status = SealStatus.Active, FrozenByAuthority = false },
        SealRenewed e => this with { ValidUntil = e.ValidUntil },
        SealRevoked => this with { Status = SealStatus.Revoked, Signers = Signers.Clear() },
        _ => this,
    };
}

/// <summary>Where a seal is in its life.</summary>
public enum SealStatus
{
    /// <summary>No such seal.</summary>
    None,

    /// <summary>Asked for in an application.</summary>
    Applied,

    /// <summary>Approved, waiting to be made 待制章.</summary>
    Approved,

    /// <summary>The application came to nothing.</summary>
    Dropped,

    /// <summary>Made 制作完成.</summary>
    Made,

    /// <summary>Put on record 已备案.</summary>
    Filed,

    /// <summary>Issued, waiting to be claimed 待领取.</summary>
    Issued,

    /// <summary>In use.</summary>
    Active,

    /// <summary>Stopped until the freeze is lifted 已冻结.</summary>
    Frozen,

    /// <summary>Ended for good 已注销.</summary>
    Revoked,
}
