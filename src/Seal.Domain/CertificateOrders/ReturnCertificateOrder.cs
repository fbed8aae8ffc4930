using Seal.Domain.Deciding;

namespace Seal.Domain.CertificateOrders;

/// <summary>Gives an order back to be mended.</summary>
/// <param name="Order">The order.</param>
/// <param name="Opinion">Why, in the officer's own words.</param>
public sealed record ReturnCertificateOrder(CertificateOrderId Order, FreeText Opinion) : ICommand<ReturnCertificateOrder>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(CertificateOrderId.StreamType, Role.CertificateOfficer) { Unknown = CertificateOrderRejections.CertificateOrderUnknown };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Order.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts) => [];

    /// <inheritdoc/>
    public static Decision Decide(ReturnCertificateOrder command, States states, Facts facts)
    {
        if (!command.Opinion.IsWellFormed)
        {
            return TextRejections.OpinionMissing;
        }

        return states.Get<CertificateOrder>(command.Order.Stream).WhyNotUnderReview() is { } refused
            ? refused
            : Decision.Of(command.Order.Stream, new CertificateOrderReturned(command.Opinion.Commitment));
    }
}

/// <summary>An order is back with whoever handed it in 已退回.</summary>
/// <param name="Opinion">Commitment to the officer's opinion.</param>
[EventName("certificate-order.returned")]
public sealed record CertificateOrderReturned(Commitment Opinion) : IEvent;
