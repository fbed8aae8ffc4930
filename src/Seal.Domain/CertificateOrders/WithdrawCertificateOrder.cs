using Seal.Domain.Deciding;

namespace Seal.Domain.CertificateOrders;

/// <summary>Takes an order back, as long as nothing is issued. A certificate suspended with its medium stays so until it is reinstated.</summary>
/// <param name="Order">The order.</param>
public sealed record WithdrawCertificateOrder(CertificateOrderId Order) : ICommand<WithdrawCertificateOrder>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(CertificateOrderId.StreamType, Role.OwnerSide | Role.Oneself) { Unknown = CertificateOrderRejections.CertificateOrderUnknown };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Order.Stream;

    /// <inheritdoc/>
    public StreamId Oneself(States states, Facts facts) => states.Get<CertificateOrder>(Order.Stream).Alone;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts) => [known.Get<CertificateOrder>(Order.Stream).Organisation.Stream];

    /// <inheritdoc/>
    public static Decision Decide(WithdrawCertificateOrder command, States states, Facts facts) =>
        states.Get<CertificateOrder>(command.Order.Stream).Status is CertificateOrderStatus.UnderReview or CertificateOrderStatus.Returned or CertificateOrderStatus.Approved
            ? Decision.Of(command.Order.Stream, new CertificateOrderWithdrawn())
            : CertificateOrderRejections.CertificateOrderClosed;
}

/// <summary>An order is taken back 已撤回.</summary>
[EventName("certificate-order.withdrawn")]
public sealed record CertificateOrderWithdrawn : IEvent;
