using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Persons;

namespace Seal.Domain.CertificateOrders;

/// <summary>Records that a medium was unlocked, as ordered. That itself is done at the token, with its administrator PIN, which the service never has.</summary>
/// <param name="Order">The order.</param>
public sealed record ConfirmUnlock(CertificateOrderId Order) : ICommand<ConfirmUnlock>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(CertificateOrderId.StreamType, Role.CertificateOfficer) { Unknown = CertificateOrderRejections.CertificateOrderUnknown };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Order.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts) => [(known.Get<CertificateOrder>(Order.Stream).Certificate ?? default).Stream];

    /// <inheritdoc/>
    public static Decision Decide(ConfirmUnlock command, States states, Facts facts)
    {
        var order = states.Get<CertificateOrder>(command.Order.Stream);
        return order.Status switch
        {
            not CertificateOrderStatus.Approved => CertificateOrderRejections.CertificateOrderNotApproved,
            _ when order.Business != OrderBusiness.Unlock => CertificateOrderRejections.BusinessDiffers,
            _ when order.IsOf(facts.Actor.Person) || states.Get<Certificate>((order.Certificate ?? default).Stream).Person == facts.Actor.Person => CertificateOrderRejections.CertificateOrderOfOneself,
            _ => Decision.Of(command.Order.Stream, new MediumUnlocked(facts.Actor.Person)),
        };
    }
}

/// <summary>The medium of a certificate is unlocked.</summary>
/// <param name="By">Who unlocked it.</param>
[EventName("certificate-order.medium-unlocked")]
public sealed record MediumUnlocked(PersonId By) : IEvent;
