using Seal.Domain.Deciding;

namespace Seal.Domain.CertificateOrders;

/// <summary>Records how an issued certificate got to its owner.</summary>
/// <param name="Order">The order.</param>
/// <param name="Way">How.</param>
/// <param name="Consignment">The number of the consignment, where it was sent: 1–40 letters, digits and hyphens.</param>
public sealed record DeliverCertificateOrder(CertificateOrderId Order, DeliveryWay Way, string? Consignment = null) : ICommand<DeliverCertificateOrder>
{
    private const int LongestConsignment = 40;

    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(CertificateOrderId.StreamType, Role.CertificateOfficer) { Unknown = CertificateOrderRejections.CertificateOrderUnknown };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Order.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts) => [];

    /// <inheritdoc/>
    public static Decision Decide(DeliverCertificateOrder command, States states, Facts facts) => states.Get<CertificateOrder>(command.Order.Stream).Status switch
    {
        _ when (command.Way == DeliveryWay.Post) != IsConsignment(command.Consignment) => CertificateOrderRejections.ConsignmentMalformed,
        CertificateOrderStatus.Issued => Decision.Of(command.Order.Stream, new CertificateOrderDelivered(command.Way, command.Consignment)),
        CertificateOrderStatus.Delivered => CertificateOrderRejections.CertificateOrderClosed,
        _ => CertificateOrderRejections.CertificateOrderNotIssued,
    };

    private static bool IsConsignment(string? number) =>
        number is { Length: > 0 and <= LongestConsignment } && number.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}

/// <summary>A certificate is with its owner 已办结.</summary>
/// <param name="Way">How it got there.</param>
/// <param name="Consignment">The number of the consignment, where it was sent.</param>
[EventName("certificate-order.delivered")]
public sealed record CertificateOrderDelivered(DeliveryWay Way, string? Consignment = null) : IEvent;
