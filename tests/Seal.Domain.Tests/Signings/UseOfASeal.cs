using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Issuers;
using Seal.Domain.Organisations;
using Seal.Domain.Persons;
using Seal.Domain.Seals;
using Seal.Domain.Signings;
using ApplicationId = Seal.Domain.Applications.ApplicationId;

namespace Seal.Domain.Tests.Signings;

/// <summary>The steps of one use of a seal, one decision at a time: what is asked of the outside, and what the append depends on.</summary>
public sealed class UseOfASeal
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 1, 0, 0, TimeSpan.Zero);
    private static readonly PersonId Holder = new("p-holder");
    private static readonly SealId Seal = new("k1-1");
    private static readonly OrganisationId Organisation = new("914403001922038216");
    private static readonly HoldingId Holding = HoldingId.Of(Seal, Holder);
    private static readonly CertificateId Certificate = new("5ea1");
    private static readonly StreamId Signing = new SigningId("use").Stream;
    private static readonly SealDocument Command = new(Seal, new DocumentId("contract"), 1, 120m, 200m, new Pin("314159"));
    private static readonly Facts Facts = new(new Actor(Holder, Role.None), Start.AddDays(1), "use", new DomainSettings());

    [Fact]
    public void The_document_is_looked_at_first_then_the_rules_then_the_PIN()
    {
        var states = InUse();
        Decide(states, Facts).Effect.ShouldBeOfType<PrepareDocument>().WidthMm.ShouldBe(40m);
        var prepared = Facts.With(new DocumentPrepared("d0"));
        Decide(states, prepared).Effect.ShouldBe(new CheckPin(Holding, "key-1", Command.Pin));
        var requested = Decide(states, prepared.With(new PinChecked(true)));
        requested.Events.Single().Event.ShouldBeOfType<SigningRequested>().DocumentDigest.ShouldBe("d0");
        requested.Effect.ShouldBeOfType<MakeSignature>().Certificate.ShouldBe(Certificate);
        requested.Rejection.ShouldBeNull();
    }

    [Fact]
    public void A_signature_counts_only_if_seal_holding_certificate_and_issuer_are_still_as_they_were()
    {
        var sealing = Decide(Requested(InUse()), Facts.With(new SignatureMade("d1", "d2", "d3")));
        sealing.Events.Single().Event.ShouldBe(new SigningSealed(7, 1, Holding, Certificate, "d1", "d2", "d3"));
        sealing.Guards.ShouldBe([Signing, Seal.Stream, Holding.Stream, Certificate.Stream, IssuerId.Of(KeyAlgorithm.EcdsaP256).Stream], ignoreOrder: true);
    }

    [Fact]
    public void A_signature_is_recorded_before_the_first_of_the_three_ends()
    {
        var made = Facts.With(new SignatureMade("d1", "d2", "d3"));
        Decide(Requested(InUse()), made).RecordedBefore.ShouldBe(Start.AddMonths(6), "the holding ends first");
        Decide(Requested(InUse(certificateEnd: Start.AddMonths(3))), made).RecordedBefore.ShouldBe(Start.AddMonths(3), "the certificate ends first");
        Decide(Requested(InUse(sealEnd: Start.AddMonths(2))), made).RecordedBefore.ShouldBe(Start.AddMonths(2), "the seal ends first");
    }

    [Fact]
    public void A_seal_frozen_while_the_signature_was_made_declines_it()
    {
        var frozen = Requested(InUse()).After([new(Seal.Stream, new SealFrozen(new("p-owner"), false, default))]);
        var decision = Decide(frozen, Facts);
        decision.Events.Single().ShouldBe(new StreamEvent(Signing, new SigningDeclined("seal-frozen", DeclineStage.Append)));
        decision.Rejection.ShouldBe(SealRejections.SealFrozen);
        decision.Effect.ShouldBeNull();
    }

    [Fact]
    public void A_right_withdrawn_while_the_signature_was_made_declines_it() =>
        Decide(Requested(InUse()).After([new(Holding.Stream, new HoldingWithdrawn(new("p-owner"), default))]), Facts)
            .Rejection.ShouldBe(HoldingRejections.HoldingWithdrawn);

    [Fact]
    public void A_certificate_revoked_while_the_signature_was_made_declines_it() =>
        Decide(Requested(InUse()).After([new(Certificate.Stream, new CertificateRevoked(RevocationReason.KeyCompromise))]), Facts)
            .Rejection.ShouldBe(CertificateRejections.CertificateRevoked);

    [Fact]
    public void A_signature_is_made_anew_when_something_of_no_consequence_came_between()
    {
        var edition = new EditionMade(2, "d9", new Dictionary<string, CertificateId> { [Holding.Value] = Certificate });
        var decision = Decide(Requested(InUse()).After([new(Seal.Stream, edition)]), Facts);
        decision.Events.ShouldBeEmpty();
        decision.Effect.ShouldBeOfType<MakeSignature>().Edition.ShouldBe(2);
    }

    [Fact]
    public void A_key_opened_before_the_holder_claimed_anew_signs_nothing()
    {
        var claimed = new HoldingClaimed("key-2", new CertificateId("5ea2"), "new-phone", KeyAlgorithm.EcdsaP256, 2);
        var states = Requested(InUse())
            .After([new(Holding.Stream, claimed)])
            .With(new CertificateId("5ea2").Stream, [new CertificateIssued(Seal, Holding, Holder, KeyAlgorithm.EcdsaP256, "d", Start.AddYears(1))]);
        var decision = Decide(states, Facts.With(new PinChecked(true, "key-1")));
        decision.Events.Single().Event.ShouldBe(new SigningFailed("key-replaced"));
        decision.Rejection!.Code.ShouldBe("signature-failed");
        decision.Effect.ShouldBeNull();
    }

    [Fact]
    public void A_refused_use_is_logged_whatever_happens_to_the_seal_meanwhile()
    {
        var decision = Decide(InUse().After([new(Seal.Stream, new SealFrozen(new("p-owner"), false, default))]), Facts.With(new DocumentPrepared("d0")));
        decision.Events.Select(one => one.Event.GetType()).ShouldBe([typeof(SigningRequested), typeof(SigningDeclined)]);
        decision.Guards.ShouldBe([Signing]);
    }

    [Fact]
    public void Wrong_PINs_of_one_holding_are_counted_one_after_the_other()
    {
        var decision = Decide(InUse(), Facts.With(new DocumentPrepared("d0")).With(new PinChecked(false)));
        decision.Guards.ShouldBe([Signing, Holding.PinStream]);
        decision.Rejection!.Values["left"].ShouldBe("4");
    }

    [Fact]
    public void A_document_that_cannot_be_sealed_leaves_no_trace()
    {
        var decision = Decide(InUse(), Facts.With(new DocumentUnfit("pdf-encrypted")));
        decision.Events.ShouldBeEmpty();
        decision.Rejection.ShouldBe(DocumentRejections.PdfEncrypted);
    }

    [Fact]
    public void A_documents_flaw_of_a_kind_yet_unnamed_is_passed_on()
    {
        var rejection = Decide(InUse(), Facts.With(new DocumentUnfit("pdf-haunted", "document"))).Rejection!;
        (rejection.Code, rejection.Kind, rejection.Field).ShouldBe(("pdf-haunted", RejectionKind.Invalid, "document"));
    }

    [Fact]
    public void A_use_that_has_come_to_its_end_is_not_taken_up_again() =>
        Decide(Requested(InUse()).After([new(Signing, new SigningFailed("interrupted"))]), Facts).Rejection.ShouldBe(SigningRejections.SigningFinished);

    private static Decision Decide(States states, Facts facts) => Decider.Decide(Command, states, facts);

    private static States Requested(States states) => states.After(
        [new(Signing, new SigningRequested(Seal, Organisation, "440300", Holder, Command.Document, "d0", 1, 120m, 200m, Start.AddDays(1)))]);

    /// <summary>A seal in use, ending after a year, held for six months from the start.</summary>
    private static States InUse(DateTimeOffset? sealEnd = null, DateTimeOffset? certificateEnd = null) => States.None
        .With(Signing, [])
        .With(Organisation.Stream, [new OrganisationRegistered(Organisation, "示例", OrganisationKind.Company, new("p-owner"), 0, "440300", new(2015, 6, 1))])
        .With(Seal.Stream,
        [
            new SealApplied(new ApplicationId("k1"), Organisation, SealKind.Contract, "示例合同专用章"),
            new SealApproved(),
            new SealMade("4403010000017", "d", 40m, 40m, Start, sealEnd ?? Start.AddYears(1)),
            new SealFiled("1"),
            new SealIssued(),
            new EditionMade(1, "d", new Dictionary<string, CertificateId> { [Holding.Value] = Certificate }),
            new SealActivated(),
        ])
        .With(Holding.Stream,
        [
            new HoldingOffered(Seal, Holder, Start, Start.AddMonths(6), new("p-owner")),
            new HoldingClaimed("key-1", Certificate, "phone", KeyAlgorithm.EcdsaP256, 1),
        ])
        .With(Holding.PinStream, [])
        .With(Certificate.Stream, [new CertificateIssued(Seal, Holding, Holder, KeyAlgorithm.EcdsaP256, "d", certificateEnd ?? Start.AddYears(1))]);
}
