using Seal.Domain.Deciding;

namespace Seal.Domain.CertificateOrders;

/// <summary>Finds an order in order: the certificate may be issued, or the medium unlocked.</summary>
/// <param name="Order">The order.</param>
public sealed record ApproveCertificateOrder(CertificateOrderId Order) : ICommand<ApproveCertificateOrder>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(CertificateOrderId.StreamType, Role.CertificateOfficer) { Unknown = CertificateOrderRejections.CertificateOrderUnknown };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Order.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts) => [];

    /// <inheritdoc/>
    public static Decision Decide(ApproveCertificateOrder command, States states, Facts facts)
    {
        var order = states.Get<CertificateOrder>(command.Order.Stream);
        if (order.WhyNotUnderReview() is { } refused)
        {
            return refused;
        }

        if (order.IsOf(facts.Actor.Person))
        {
            return CertificateOrderRejections.CertificateOrderOfOneself;
        }

        return facts.Settings.CertificateKinds.Find(order.Kind) is { } kind
            ? Decision.Of(command.Order.Stream, new CertificateOrderApproved(WorkingDays.After(facts.Now, kind.DeliveryDays)))
            : CertificateOrderRejections.KindUnknown;
    }
}

/// <summary>An order is approved 已通过.</summary>
/// <param name="DeliverBy">Until when what it asks for is to be delivered (UTC).</param>
[EventName("certificate-order.approved")]
public sealed record CertificateOrderApproved(DateTimeOffset DeliverBy) : IEvent;
