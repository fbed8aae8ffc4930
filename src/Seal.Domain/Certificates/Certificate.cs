using System.Text.Json.Serialization;
using Seal.Domain.CertificateKinds;
using Seal.Domain.CertificateOrders;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Organisations;
using Seal.Domain.Persons;
using Seal.Domain.Seals;

namespace Seal.Domain.Certificates;

/// <summary>One holder's certificate as its events have it.</summary>
public sealed record Certificate : IState<Certificate>
{
    /// <inheritdoc/>
    public static string StreamType => CertificateId.StreamType;

    /// <inheritdoc/>
    public static Certificate Initial { get; } = new();

    /// <summary>The seal it signs with; its value is null when it was ordered by itself.</summary>
    public SealId Seal { get; init; }

    /// <summary>The holding it was issued for; its value is null when it was ordered by itself.</summary>
    public HoldingId Holding { get; init; }

    /// <summary>Who ordered it by itself; its value is null when it is a seal's.</summary>
    public OrganisationId Organisation { get; init; }

    /// <summary>What kind of certificate it is.</summary>
    public string Kind { get; init; } = CertificateKind.OfSeals;

    /// <summary>The person in it, where it was ordered by itself; its value is null when nobody is.</summary>
    public PersonId Person { get; init; }

    /// <summary>The other certificate of a pair: the encryption certificate of a signing one, and the other way round; its value is null when there is none.</summary>
    public CertificateId Pair { get; init; }

    /// <summary>Whether it is the encryption certificate of its pair.</summary>
    public bool IsForEncryption { get; init; }

    /// <summary>Of an encryption certificate: those of the pairs that its own goes on from, newest first; their keys go with it.</summary>
    public IReadOnlyList<CertificateId> Former { get; init; } = [];

    /// <summary>The authority that issued it, by its name in the settings.</summary>
    public string Authority { get; init; } = DomainSettings.EmbeddedAuthority;

    /// <summary>The authority of the embedded chain that issued it, by its published name; empty: the first one for its algorithm.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>The algorithm of the key in it, and of its authority's.</summary>
    public KeyAlgorithm Algorithm { get; init; }

    /// <summary>SHA-256 (hex) of the certificate (DER).</summary>
    public string Digest { get; init; } = "";

    /// <summary>Why it was revoked; unspecified before.</summary>
    public RevocationReason Reason { get; init; }

    /// <summary>Whether it holds, apart from its end.</summary>
    public CertificateStatus Status { get; init; }

    /// <summary>Whether the authority's officer suspended it; then only an officer reinstates it.</summary>
    public bool SuspendedByOfficer { get; init; }

    /// <summary>Whether it was suspended when it was revoked: then it counts as revoked from the suspension on (ITU-T X.509 §9.5.3.1).</summary>
    public bool RevokedFromSuspension { get; init; }

    /// <summary>Until when it holds (UTC).</summary>
    public DateTimeOffset NotAfter { get; init; }

    /// <summary>The certificate that took its place in a renewal; its value is null when there is none.</summary>
    public CertificateId Successor { get; init; }

    /// <summary>What the outside authority that issued it has to be told of it; <c>null</c> when there is nothing, and for certificates of the embedded one.</summary>
    public AuthorityNotice? Notice { get; init; }

    /// <summary>Whether it is neither revoked nor over.</summary>
    public bool IsInForce(DateTimeOffset now) => Status == CertificateStatus.Active && now < NotAfter;

    /// <summary>Whether it is in force or could be again: suspended, but neither revoked nor over.</summary>
    public bool IsLive(DateTimeOffset now) => Status is CertificateStatus.Active or CertificateStatus.Suspended && now < NotAfter;

    /// <summary>Why nothing may be signed with it now; <c>null</c> when it may.</summary>
    public Rejection? WhyNotInForce(DateTimeOffset now) => Status switch
    {
        CertificateStatus.Suspended => CertificateRejections.CertificateSuspended,
        not CertificateStatus.Active => CertificateRejections.CertificateRevoked,
        _ when NotAfter <= now => CertificateRejections.CertificateExpired,
        _ => null,
    };

    /// <summary>The streams that tell who answers for it: its seal's and that seal's organisation's.</summary>
    internal IEnumerable<StreamId> Owners(States known) => [Organisation.Stream, Seal.Stream, known.Get<ElectronicSeal>(Seal.Stream).Organisation.Stream, Pair.Stream];

    /// <summary>The person whose own it is, ordered by nobody else; nobody's stream for any other.</summary>
    internal StreamId Alone => Organisation.Stream.IsNone && Seal.Stream.IsNone ? Person.Stream : default;

    /// <summary>What befalls one of a pair befalls the other: the event for the other one, where it is in one of these states.</summary>
    internal IEnumerable<StreamEvent> ToPair(States states, IEvent happened, params ReadOnlySpan<CertificateStatus> when) =>
        !Pair.Stream.IsNone && when.Contains(states.Get<Certificate>(Pair.Stream).Status) ? [new StreamEvent(Pair.Stream, happened)] : [];

    /// <inheritdoc/>
    public Certificate Apply(IEvent happened) => happened switch
    {
        CertificateIssued e => this with { Seal = e.Seal, Holding = e.Holding, Algorithm = e.Algorithm, Digest = e.Digest, NotAfter = e.NotAfter, Issuer = e.Issuer ?? "", Status = CertificateStatus.Active },
        CertificateGranted e => this with
        {
            Organisation = e.Organisation ?? default,
            Person = e.Person ?? default,
            Kind = e.Kind,
            Authority = e.Authority,
            Issuer = e.Issuer,
            Algorithm = e.Algorithm,
            Digest = e.Digest,
            NotAfter = e.NotAfter,
            Pair = e.Encryption ?? default,
            Status = CertificateStatus.Active,
        },
        EncryptionCertificateGranted e => this with
        {
            Organisation = e.Organisation ?? default,
            Person = e.Person ?? default,
            Kind = e.Kind,
            Issuer = e.Issuer,
            Algorithm = e.Algorithm,
            Digest = e.Digest,
            NotAfter = e.NotAfter,
            Pair = e.Signing,
            IsForEncryption = true,
            Former = e.Former,
            Status = CertificateStatus.Active,
        },
        CertificateRenewed e => this with { Successor = e.Successor },
        CertificateSuspended e => this with { Status = CertificateStatus.Suspended, SuspendedByOfficer = e.ByOfficer, Notice = NoticeOf(CertificateStatus.Suspended) },
        CertificateReinstated => this with { Status = CertificateStatus.Active, SuspendedByOfficer = false, Notice = NoticeOf(CertificateStatus.Active) },
        CertificateRevoked e => this with
        {
            Status = CertificateStatus.Revoked,
            Reason = e.Reason,
            RevokedFromSuspension = Status == CertificateStatus.Suspended,
            Notice = NoticeOf(CertificateStatus.Revoked),
        },
        AuthorityConfirmed e => this with { Notice = new(e.Status, NoticeStanding.Confirmed) },
        AuthorityDeclined e => this with { Notice = new(e.Status, NoticeStanding.Declined, Said: e.Said) },
        AuthorityNotReached e => this with { Notice = new(e.Status, NoticeStanding.Due, (Notice?.Attempts ?? 0) + 1, e.RetryAt, e.Said) },
        _ => this,
    };

    // An officer's suspension on top of the owner's is no news to an authority outside.
    private AuthorityNotice? NoticeOf(CertificateStatus status) =>
        Authority == DomainSettings.EmbeddedAuthority ? null : Notice?.Status == status ? Notice : new AuthorityNotice(status, NoticeStanding.Due);
}

/// <summary>Whether a certificate holds.</summary>
public enum CertificateStatus
{
    /// <summary>No such certificate.</summary>
    None,

    /// <summary>In force until its end.</summary>
    Active,

    /// <summary>Stopped until it is reinstated or revoked 已暂停.</summary>
    Suspended,

    /// <summary>Revoked for good.</summary>
    Revoked,
}

/// <summary>Why a certificate was revoked, with the numbers of RFC 5280 §5.3.1; hold and removal from a list are no revocation for good and have no place here.</summary>
public enum RevocationReason
{
    /// <summary>No reason given.</summary>
    Unspecified = 0,

    /// <summary>The key is, or may be, in other hands.</summary>
    KeyCompromise = 1,

    /// <summary>The authority's key is, or may be, in other hands.</summary>
    CaCompromise = 2,

    /// <summary>The subject's name or affiliation changed.</summary>
    AffiliationChanged = 3,

    /// <summary>Another certificate took its place.</summary>
    Superseded = 4,

    /// <summary>It is no longer needed.</summary>
    CessationOfOperation = 5,

    /// <summary>A right that it states was withdrawn.</summary>
    PrivilegeWithdrawn = 9,

    /// <summary>The attribute authority's key is, or may be, in other hands.</summary>
    AaCompromise = 10,
}

/// <summary>A certificate was issued.</summary>
/// <param name="Seal">The seal it signs with.</param>
/// <param name="Holding">The holding it was issued for.</param>
/// <param name="Person">The holder.</param>
/// <param name="Algorithm">The key's algorithm.</param>
/// <param name="Digest">SHA-256 (hex) of the certificate (DER).</param>
/// <param name="NotAfter">Until when it holds (UTC).</param>
/// <param name="Issuer">The authority of the embedded chain that issued it, by its published name; <c>null</c> for the first one of its algorithm.</param>
[EventName("certificate.issued")]
public sealed record CertificateIssued(
    SealId Seal, HoldingId Holding, PersonId Person, KeyAlgorithm Algorithm, string Digest, DateTimeOffset NotAfter, string? Issuer = null) : IEvent;

/// <summary>A certificate that was ordered by itself, for no seal, was issued.</summary>
/// <param name="Order">The order.</param>
/// <param name="Organisation">Who ordered it; <c>null</c> when a person did, for themselves.</param>
/// <param name="Kind">What kind of certificate it is.</param>
/// <param name="Authority">The authority that issued it, by its name in the settings.</param>
/// <param name="Issuer">The authority of the embedded chain, by its published name; empty for an outside one.</param>
/// <param name="Algorithm">The key's algorithm.</param>
/// <param name="Digest">SHA-256 (hex) of the certificate (DER).</param>
/// <param name="NotAfter">Until when it holds (UTC).</param>
/// <param name="Person">The person in it.</param>
/// <param name="Encryption">The encryption certificate that makes a pair with it.</param>
[EventName("certificate.granted")]
public sealed record CertificateGranted(
    [property: JsonPropertyOrder(-2)] CertificateOrderId Order,
    string Kind,
    string Authority,
    string Issuer,
    KeyAlgorithm Algorithm,
    string Digest,
    DateTimeOffset NotAfter,
    PersonId? Person = null,
    [property: JsonPropertyOrder(-1)] OrganisationId? Organisation = null,
    CertificateId? Encryption = null) : IEvent;

/// <summary>The encryption certificate of a pair was issued; its key is made and kept by the authority.</summary>
/// <param name="Order">The order.</param>
/// <param name="Signing">The signing certificate that makes a pair with it; the key is handed over under that one's.</param>
/// <param name="Kind">What kind of certificate it is.</param>
/// <param name="Issuer">The authority of the embedded chain, by its published name.</param>
/// <param name="Algorithm">The key's algorithm.</param>
/// <param name="Digest">SHA-256 (hex) of the certificate (DER).</param>
/// <param name="NotAfter">Until when it holds (UTC).</param>
/// <param name="Former">The encryption certificates of the pairs that it goes on from, newest first.</param>
/// <param name="Organisation">Who ordered it; <c>null</c> when a person did, for themselves.</param>
/// <param name="Person">The person in it.</param>
[EventName("certificate.encryption-granted")]
public sealed record EncryptionCertificateGranted(
    CertificateOrderId Order,
    CertificateId Signing,
    string Kind,
    string Issuer,
    KeyAlgorithm Algorithm,
    string Digest,
    DateTimeOffset NotAfter,
    IReadOnlyList<CertificateId> Former,
    OrganisationId? Organisation = null,
    PersonId? Person = null) : IEvent;

/// <summary>The key of an encryption certificate was handed over anew, under the key of a later signing certificate.</summary>
/// <param name="Order">The order with which it was.</param>
/// <param name="Signing">The signing certificate.</param>
[EventName("certificate.key-recovered")]
public sealed record EncryptionKeyRecovered(CertificateOrderId Order, CertificateId Signing) : IEvent;

/// <summary>Another certificate for the same key took this one's place; this one holds until its end all the same.</summary>
/// <param name="Successor">The other certificate.</param>
[EventName("certificate.renewed")]
public sealed record CertificateRenewed(CertificateId Successor) : IEvent;

/// <summary>A certificate was revoked, for good.</summary>
/// <param name="Reason">Why.</param>
[EventName("certificate.revoked")]
public sealed record CertificateRevoked(RevocationReason Reason) : IEvent;
