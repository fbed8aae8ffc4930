using Seal.Domain.Deciding;

namespace Seal.Domain.CertificateOrders;

/// <summary>Refuses an order for good.</summary>
/// <param name="Order">The order.</param>
/// <param name="Opinion">Why, in the officer's own words.</param>
public sealed record RejectCertificateOrder(CertificateOrderId Order, FreeText Opinion) : ICommand<RejectCertificateOrder>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(CertificateOrderId.StreamType, Role.CertificateOfficer) { Unknown = CertificateOrderRejections.CertificateOrderUnknown };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Order.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts) => [];

    /// <inheritdoc/>
    public static Decision Decide(RejectCertificateOrder command, States states, Facts facts)
    {
        if (!command.Opinion.IsWellFormed)
        {
            return TextRejections.OpinionMissing;
        }

        return states.Get<CertificateOrder>(command.Order.Stream).WhyNotUnderReview() is { } refused
            ? refused
            : Decision.Of(command.Order.Stream, new CertificateOrderRejected(command.Opinion.Commitment));
    }
}

/// <summary>An order is refused 不予通过.</summary>
/// <param name="Opinion">Commitment to the officer's opinion.</param>
[EventName("certificate-order.rejected")]
public sealed record CertificateOrderRejected(Commitment Opinion) : IEvent;
