using Seal.Domain.CertificateOrders;
using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Organisations;
using Seal.Domain.Persons;

namespace Seal.Domain.Tests.CertificateOrders;

/// <summary>What is looked at once more when a certificate is to be issued, whatever was found when it was ordered.</summary>
public sealed class Issuing
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly CertificateOrderId Order = new("order");
    private static readonly CertificateId Former = new("5ea1");
    private static readonly OrganisationId Company = new("914403001922038216");
    private static readonly PersonId Manager = new("manager");
    private static readonly PersonId Officer = new("officer");
    private static readonly PersonId Alice = new("alice");
    private static readonly PersonId Bob = new("bob");

    [Fact]
    public void An_order_that_is_in_order_goes_to_the_authority() => Decide(Ordered(), Officer).Effect.ShouldBeOfType<CertifyOrder>();

    [Fact]
    public void Nobody_issues_what_they_ordered() => Refusal(Ordered(), Manager).ShouldBe("certificate-order-of-oneself");

    [Fact]
    public void Nobody_issues_what_they_handed_in_again()
    {
        IEvent[] events = [Ordered(), new CertificateOrderReturned(default), new CertificateOrderResubmitted([], Now, KeyAlgorithm.Sm2, "00", Officer)];
        Refusal(events, Officer).ShouldBe("certificate-order-of-oneself");
        Refusal(events, Manager).ShouldBe("certificate-order-of-oneself");
    }

    [Fact]
    public void Nobody_issues_a_certificate_for_themselves() => Refusal(Ordered() with { Person = Officer }, Officer).ShouldBe("certificate-order-of-oneself");

    [Theory]
    [InlineData(OrderBusiness.Renewal)]
    [InlineData(OrderBusiness.Change)]
    [InlineData(OrderBusiness.LostMedium)]
    public void What_was_encrypted_for_one_person_is_handed_to_no_other(OrderBusiness business) =>
        Refusal(Ordered() with { Kind = "organisation-individual", Business = business, Certificate = Former, Person = Bob }, Officer).ShouldBe("certified-person-mismatch");

    [Fact]
    public void A_key_that_the_kind_no_longer_takes_is_not_certified() => Refusal(Ordered() with { Algorithm = KeyAlgorithm.EcdsaP256 }, Officer).ShouldBe("key-not-for-kind");

    [Fact]
    public void An_authority_that_is_no_longer_there_issues_nothing() => Refusal(Ordered() with { Authority = "gone" }, Officer).ShouldBe("authority-unknown");

    [Fact]
    public void A_kind_that_names_a_person_meanwhile_is_not_issued_without_one() =>
        Refusal(Ordered() with { Kind = "organisation-individual" }, Officer).ShouldBe("certified-person-mismatch");

    [Fact]
    public void A_kind_that_is_of_an_organisation_meanwhile_is_not_issued_without_one() =>
        Refusal(Ordered() with { Organisation = null }, Officer).ShouldBe("organisation-unknown");

    private static CertificateOrderSubmitted Ordered() =>
        new(Manager, OrderBusiness.New, "organisation-pair", DomainSettings.EmbeddedAuthority, [], Now, null, null, KeyAlgorithm.Sm2, "00", Company);

    private static string? Refusal(IEvent submitted, PersonId by) => Decide(submitted, by).Rejection?.Code;

    private static string? Refusal(IReadOnlyList<IEvent> events, PersonId by) => Decide(events, by).Rejection?.Code;

    private static Decision Decide(IEvent submitted, PersonId by) => Decide([submitted], by);

    private static Decision Decide(IReadOnlyList<IEvent> events, PersonId by)
    {
        var states = States.None
            .With(Order.Stream, [.. events, new CertificateOrderApproved(Now)])
            .With(Former.Stream, [new CertificateGranted(new("former"), "organisation-individual", DomainSettings.EmbeddedAuthority, "", KeyAlgorithm.Sm2, "00", Now.AddYears(1), Alice, Company)]);
        return IssueCertificateOrder.Decide(new(Order), states, new Facts(new Actor(by, Role.CertificateOfficer), Now, "new", new DomainSettings()));
    }
}
