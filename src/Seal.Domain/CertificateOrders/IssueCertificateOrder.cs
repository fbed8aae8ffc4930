using Seal.Domain.CertificateKinds;
using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Organisations;
using Seal.Domain.Persons;

namespace Seal.Domain.CertificateOrders;

/// <summary>
/// Has the certificate of an approved order issued by the authority chosen. A renewed one holds until its end; one with former facts or on a
/// lost medium is revoked with it.
/// </summary>
/// <param name="Order">The order.</param>
public sealed record IssueCertificateOrder(CertificateOrderId Order) : ICommand<IssueCertificateOrder>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(CertificateOrderId.StreamType, Role.CertificateOfficer) { Unknown = CertificateOrderRejections.CertificateOrderUnknown };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Order.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts)
    {
        var order = known.Get<CertificateOrder>(Order.Stream);
        var pair = known.Get<Certificate>((order.Certificate ?? default).Stream).Pair;
        return [order.Organisation.Stream, (order.Certificate ?? default).Stream, (order.Person ?? default).Stream, pair.Stream, .. known.Get<Certificate>(pair.Stream).Former.Select(one => one.Stream)];
    }

    /// <inheritdoc/>
    public static Decision Decide(IssueCertificateOrder command, States states, Facts facts)
    {
        var order = states.Get<CertificateOrder>(command.Order.Stream);
        var old = order.Certificate is { } predecessor ? states.Get<Certificate>(predecessor.Stream) : Certificate.Initial;
        if (Refuse(order, old, states, facts) is { } refused)
        {
            return refused;
        }

        return facts.Outcomes.LastOrDefault(outcome => outcome is OrderCertified or OrderNotCertified) switch
        {
            OrderCertified certified => Record(command.Order, order, old, certified, states),
            OrderNotCertified failed => IssuingRejections.Of(failed.Code, failed.Why),
            _ when facts.Settings.CertificateKinds.Find(order.Kind) is { } kind => JudgeKind(order, kind, facts) is { } changed ? changed : Decision.First(new CertifyOrder(
                command.Order, order.Organisation, order.Kind, order.Authority, order.Person, order.Algorithm!.Value, order.RequestDigest!,
                End(order, kind, old, facts), FormerEncryption(old, states))),
            _ => CertificateOrderRejections.KindUnknown,
        };
    }

    // The file of kinds, or the authorities set, may have changed since it was ordered.
    private static Rejection? JudgeKind(CertificateOrder order, CertificateKind kind, Facts facts) =>
        Examination.JudgeHolder(order.Organisation.Stream.IsNone ? null : order.Organisation, kind)
        ?? Examination.JudgeAuthority(order.Authority, kind, facts)
        ?? Examination.JudgeKey(order.Algorithm!.Value, kind)
        ?? (kind.NamesPerson == (order.Person is not null) ? null : CertificateOrderRejections.CertifiedPersonMismatch);

    private static Rejection? Refuse(CertificateOrder order, Certificate old, States states, Facts facts) => order.Status switch
    {
        not CertificateOrderStatus.Approved => CertificateOrderRejections.CertificateOrderNotApproved,
        _ when order.Business == OrderBusiness.Unlock => CertificateOrderRejections.BusinessDiffers,
        _ when old.Status == CertificateStatus.Revoked => CertificateRejections.CertificateRevoked,
        _ when order.Business is OrderBusiness.Renewal or OrderBusiness.Change && old.Status == CertificateStatus.Suspended => CertificateRejections.CertificateSuspended,
        _ when order.IsOf(facts.Actor.Person) => CertificateOrderRejections.CertificateOrderOfOneself,
        _ when order.Certificate is not null && old.Person != (order.Person ?? default) => CertificateOrderRejections.CertifiedPersonMismatch,
        _ when order.Person is { } person && !states.Get<Person>(person.Stream).IsRegistered => CertificateOrderRejections.CertifiedPersonMismatch,
        _ => null,
    };

    // What was encrypted for those who go on is to be read by them: the keys of all pairs before go with the new one.
    private static IReadOnlyList<CertificateId> FormerEncryption(Certificate old, States states) => old.Pair.Stream.IsNone ? [] : [old.Pair, .. states.Get<Certificate>(old.Pair.Stream).Former];

    // What is renewed before its end loses nothing by it; what takes another's place ends with it.
    private static DateTimeOffset End(CertificateOrder order, CertificateKind kind, Certificate old, Facts facts) => order.Business switch
    {
        OrderBusiness.Renewal when old.NotAfter > facts.Now => old.NotAfter.AddYears(kind.Years),
        OrderBusiness.Change or OrderBusiness.LostMedium when old.NotAfter > facts.Now => old.NotAfter,
        _ => facts.Now.AddYears(kind.Years),
    };

    private static Decision Record(CertificateOrderId id, CertificateOrder order, Certificate old, OrderCertified certified, States states)
    {
        OrganisationId? organisation = order.Organisation.Stream.IsNone ? null : order.Organisation;
        var decision = Decision.Of(id.Stream, new CertificateOrderIssued(certified.Certificate))
            .And(certified.Certificate.Stream, new CertificateGranted(
                id, order.Kind, order.Authority, certified.Issuer, order.Algorithm!.Value, certified.Digest, certified.NotAfter, order.Person, organisation, certified.Encryption?.Certificate));
        if (certified.Encryption is { } encryption)
        {
            decision = decision
                .And(encryption.Certificate.Stream, new EncryptionCertificateGranted(
                    id, certified.Certificate, order.Kind, certified.Issuer, order.Algorithm!.Value, encryption.Digest, encryption.NotAfter, encryption.Former, organisation, order.Person))
                .And(encryption.Former.Select(former => new StreamEvent(former.Stream, new EncryptionKeyRecovered(id, certified.Certificate))));
        }

        return (order.Business, order.Certificate) switch
        {
            (OrderBusiness.Renewal, { } renewed) => decision.And(renewed.Stream, new CertificateRenewed(certified.Certificate))
                .And(old.ToPair(states, new CertificateRenewed(certified.Encryption?.Certificate ?? certified.Certificate), CertificateStatus.Active)),
            (OrderBusiness.Change, { } former) => Revoke(former, RevocationReason.AffiliationChanged),
            (OrderBusiness.LostMedium, { } lost) => Revoke(lost, RevocationReason.KeyCompromise),
            _ => decision,
        };

        Decision Revoke(CertificateId former, RevocationReason why) => decision.And(former.Stream, new CertificateRevoked(why))
            .And(old.ToPair(states, new CertificateRevoked(why), CertificateStatus.Active, CertificateStatus.Suspended));
    }
}

/// <summary>The certificate of an order is issued 已签发.</summary>
/// <param name="Certificate">The certificate.</param>
[EventName("certificate-order.issued")]
public sealed record CertificateOrderIssued(CertificateId Certificate) : IEvent;

/// <summary>Have a key certified by the authority chosen.</summary>
/// <param name="Order">The order.</param>
/// <param name="Organisation">Who ordered.</param>
/// <param name="Kind">What kind of certificate it is, by its name in the file of kinds.</param>
/// <param name="Authority">The authority, by its name in the settings.</param>
/// <param name="Person">The person in the certificate.</param>
/// <param name="Algorithm">The key's algorithm.</param>
/// <param name="RequestDigest">SHA-256 (hex) of the certification request.</param>
/// <param name="NotAfter">Until when the certificate is to hold (UTC).</param>
/// <param name="FormerEncryption">Encryption certificates whose keys are to be handed over anew with that of a pair.</param>
public sealed record CertifyOrder(
    CertificateOrderId Order,
    OrganisationId Organisation,
    string Kind,
    string Authority,
    PersonId? Person,
    KeyAlgorithm Algorithm,
    string RequestDigest,
    DateTimeOffset NotAfter,
    IReadOnlyList<CertificateId> FormerEncryption) : IEffect;

/// <summary>The key is certified; the certificate is not in force before its events are recorded.</summary>
/// <param name="Certificate">The certificate's serial number.</param>
/// <param name="Issuer">The authority of the embedded chain that issued it, by its published name; empty for an outside one.</param>
/// <param name="Digest">SHA-256 (hex) of the certificate (DER).</param>
/// <param name="NotAfter">Until when it holds (UTC).</param>
/// <param name="Encryption">The encryption certificate beside it, of a kind that has one.</param>
public sealed record OrderCertified(CertificateId Certificate, string Issuer, string Digest, DateTimeOffset NotAfter, EncryptionCertified? Encryption = null) : IOutcome;

/// <summary>The encryption certificate of a pair; its key is kept, and lies ready for the holder.</summary>
/// <param name="Certificate">The certificate's serial number.</param>
/// <param name="Digest">SHA-256 (hex) of the certificate (DER).</param>
/// <param name="NotAfter">Until when it holds (UTC).</param>
/// <param name="Former">The certificates whose keys lie ready with it.</param>
public sealed record EncryptionCertified(CertificateId Certificate, string Digest, DateTimeOffset NotAfter, IReadOnlyList<CertificateId> Former);

/// <summary>The key was not certified, or what came was not fit; nothing of it is kept.</summary>
/// <param name="Code">The code of one of <see cref="IssuingRejections"/>.</param>
/// <param name="Why">What the authority said, or what is wrong with what it sent.</param>
public sealed record OrderNotCertified(string Code, string Why) : IOutcome;
