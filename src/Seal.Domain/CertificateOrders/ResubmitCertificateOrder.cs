using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Persons;

namespace Seal.Domain.CertificateOrders;

/// <summary>Hands a returned order in again, with other papers or another certification request.</summary>
/// <param name="Order">The order.</param>
/// <param name="Materials">All the papers, not only the new ones.</param>
/// <param name="Request">The PKCS#10 certification request (RFC 2986), DER in base64; for a certificate.</param>
public sealed record ResubmitCertificateOrder(CertificateOrderId Order, IReadOnlyList<OrderMaterial> Materials, string? Request = null) : ICommand<ResubmitCertificateOrder>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(CertificateOrderId.StreamType, Role.OwnerSide | Role.Oneself)
    {
        NeedsProof = true,
        Unknown = CertificateOrderRejections.CertificateOrderUnknown,
    };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Order.Stream;

    /// <inheritdoc/>
    public StreamId Oneself(States states, Facts facts) => states.Get<CertificateOrder>(Order.Stream).Alone;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts) => [known.Get<CertificateOrder>(Order.Stream).Organisation.Stream];

    /// <inheritdoc/>
    public static Decision Decide(ResubmitCertificateOrder command, States states, Facts facts)
    {
        var order = states.Get<CertificateOrder>(command.Order.Stream);
        var refused = order.Status switch
        {
            CertificateOrderStatus.Returned => null,
            CertificateOrderStatus.UnderReview => CertificateOrderRejections.CertificateOrderNotReturned,
            _ => CertificateOrderRejections.CertificateOrderClosed,
        };
        if (refused is not null)
        {
            return refused;
        }

        if (facts.Settings.CertificateKinds.Find(order.Kind) is not { } kind)
        {
            return CertificateOrderRejections.KindUnknown;
        }

        refused = Examination.JudgeRequest(order.Business, command.Request) ?? OrderMaterial.Judge(command.Materials, order.Business, kind);
        return refused is not null
            ? refused
            : Examination.Of(new ExamineOrder(command.Order, facts.Actor.Person, order.Organisation.Stream.IsNone ? order.Person : null, command.Request, command.Materials), kind, facts, examined => Decision.Of(
                command.Order.Stream,
                new CertificateOrderResubmitted(examined.Materials, WorkingDays.After(facts.Now, kind.ReviewDays), examined.Algorithm, examined.RequestDigest, facts.Actor.Person)));
    }
}

/// <summary>An order is under review again.</summary>
/// <param name="Materials">The papers handed in.</param>
/// <param name="ReviewBy">Until when it is to be reviewed (UTC).</param>
/// <param name="Algorithm">The algorithm of the key to be certified.</param>
/// <param name="RequestDigest">SHA-256 (hex) of the certification request (DER).</param>
/// <param name="By">Who handed it in again; <c>null</c> in events from before this was told.</param>
[EventName("certificate-order.resubmitted")]
public sealed record CertificateOrderResubmitted(
    IReadOnlyList<RecordedMaterial> Materials, DateTimeOffset ReviewBy, KeyAlgorithm? Algorithm = null, string? RequestDigest = null, PersonId? By = null) : IEvent;
