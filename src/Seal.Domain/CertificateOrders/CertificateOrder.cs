using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Organisations;
using Seal.Domain.Persons;

namespace Seal.Domain.CertificateOrders;

/// <summary>An order for a certificate as its events have it.</summary>
public sealed record CertificateOrder : IState<CertificateOrder>
{
    /// <inheritdoc/>
    public static string StreamType => CertificateOrderId.StreamType;

    /// <inheritdoc/>
    public static CertificateOrder Initial { get; } = new();

    /// <summary>Who orders; its value is null when a person does, for themselves.</summary>
    public OrganisationId Organisation { get; init; }

    /// <summary>Who handed it in, and in again.</summary>
    public IReadOnlyList<PersonId> By { get; init; } = [];

    /// <summary>What is wanted.</summary>
    public OrderBusiness Business { get; init; }

    /// <summary>What kind of certificate it is, by its name in the file of kinds.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The certificate authority chosen, by its name in the settings.</summary>
    public string Authority { get; init; } = "";

    /// <summary>The person in the certificate; <c>null</c> when it is the organisation's.</summary>
    public PersonId? Person { get; init; }

    /// <summary>The certificate that it goes on from, takes the place of, or is about; <c>null</c> for a first one.</summary>
    public CertificateId? Certificate { get; init; }

    /// <summary>The algorithm of the key to be certified; <c>null</c> where none is.</summary>
    public KeyAlgorithm? Algorithm { get; init; }

    /// <summary>SHA-256 (hex) of the certification request (DER); <c>null</c> where there is none.</summary>
    public string? RequestDigest { get; init; }

    /// <summary>The papers handed in.</summary>
    public IReadOnlyList<RecordedMaterial> Materials { get; init; } = [];

    /// <summary>Where it is in its life.</summary>
    public CertificateOrderStatus Status { get; init; }

    /// <summary>Until when it is to be reviewed (UTC).</summary>
    public DateTimeOffset ReviewBy { get; init; }

    /// <summary>Until when it is to be delivered (UTC); <c>null</c> before it is approved.</summary>
    public DateTimeOffset? DeliverBy { get; init; }

    /// <summary>The certificate issued; <c>null</c> before, and for work on a medium.</summary>
    public CertificateId? Issued { get; init; }

    /// <summary>The person who orders for themselves; nobody's stream when an organisation does.</summary>
    internal StreamId Alone => Organisation.Stream.IsNone ? (Person ?? default).Stream : default;

    /// <summary>Whether a person handed it in, or is the one in the certificate: what they ask for somebody else grants.</summary>
    internal bool IsOf(PersonId person) => By.Contains(person) || Person == person;

    /// <summary>Why it cannot be reviewed now; <c>null</c> when it can.</summary>
    internal Rejection? WhyNotUnderReview() => Status switch
    {
        CertificateOrderStatus.UnderReview => null,
        CertificateOrderStatus.Returned => CertificateOrderRejections.CertificateOrderNotUnderReview,
        _ => CertificateOrderRejections.CertificateOrderClosed,
    };

    /// <inheritdoc/>
    public CertificateOrder Apply(IEvent happened) => happened switch
    {
        CertificateOrderSubmitted e => this with
        {
            Organisation = e.Organisation ?? default,
            By = [e.By],
            Business = e.Business,
            Kind = e.Kind,
            Authority = e.Authority,
            Person = e.Person,
            Certificate = e.Certificate,
            Algorithm = e.Algorithm,
            RequestDigest = e.RequestDigest,
            Materials = e.Materials,
            ReviewBy = e.ReviewBy,
            Status = CertificateOrderStatus.UnderReview,
        },
        CertificateOrderResubmitted e => this with
        {
            By = e.By is { } by && !By.Contains(by) ? [.. By, by] : By,
            Algorithm = e.Algorithm,
            RequestDigest = e.RequestDigest,
            Materials = e.Materials,
            ReviewBy = e.ReviewBy,
            Status = CertificateOrderStatus.UnderReview,
        },
        CertificateOrderReturned => this with { Status = CertificateOrderStatus.Returned },
        CertificateOrderApproved e => this with { Status = CertificateOrderStatus.Approved, DeliverBy = e.DeliverBy },
        CertificateOrderRejected => this with { Status = CertificateOrderStatus.Rejected },
        CertificateOrderWithdrawn => this with { Status = CertificateOrderStatus.Withdrawn },
        CertificateOrderIssued e => this with { Status = CertificateOrderStatus.Issued, Issued = e.Certificate },
        CertificateOrderDelivered or MediumUnlocked => this with { Status = CertificateOrderStatus.Delivered },
        _ => this,
    };
}

/// <summary>Where an order is in its life.</summary>
public enum CertificateOrderStatus
{
    /// <summary>No such order.</summary>
    None,

    /// <summary>Waiting for the authority's officer 待审核.</summary>
    UnderReview,

    /// <summary>Returned to be mended 已退回.</summary>
    Returned,

    /// <summary>Approved, the certificate is to be issued, or the medium to be unlocked 已通过.</summary>
    Approved,

    /// <summary>Rejected 不予通过.</summary>
    Rejected,

    /// <summary>Taken back 已撤回.</summary>
    Withdrawn,

    /// <summary>The certificate is issued, to be delivered 已签发.</summary>
    Issued,

    /// <summary>Done 已办结.</summary>
    Delivered,
}
