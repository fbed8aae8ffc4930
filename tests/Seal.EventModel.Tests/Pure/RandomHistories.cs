using System.Text.Json.Nodes;
using Seal.Domain.CertificateOrders;
using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Persons;
using Seal.Domain.Seals;
using Seal.Domain.Signings;
using Seal.EventModel.Tests.Model;

namespace Seal.EventModel.Tests.Pure;

/// <summary>Whatever people try, in whatever order: what must never be, is not. Each history comes from its number alone.</summary>
public sealed class RandomHistories
{
    private static readonly WrittenModel Model = WrittenModel.Current;

    /// <summary>What people do, the usual more often than the final.</summary>
    private static readonly string[] Daily =
    [
        .. Model.Commands.Keys.Except(["RegisterPerson", "RegisterOrganisation", "RevokeSeal", "DismissManager", "RotateMasterKey", "DestroyMasterKey", "RollIssuer", "OrderIssuerRevocation", "RevokeIssuer"])
            .Where(name => CommandCatalog.Find(name)!.Contract.StreamType != CertificateOrderId.StreamType),
        .. Enumerable.Repeat("SealDocument", 20),
        .. Enumerable.Repeat("ClaimSeal", 4),
        .. Enumerable.Repeat("BindUkey", 4),
        .. Enumerable.Repeat("UnbindUkey", 3),
        .. Enumerable.Repeat("PrepareSigning", 10),
        .. Enumerable.Repeat("CompleteSigning", 10),
        .. Enumerable.Repeat("AuthoriseHolder", 3),
        .. Enumerable.Repeat("LiftFreeze", 2),
        .. Enumerable.Repeat("ResetPin", 2),
        .. Enumerable.Repeat("RenewSeal", 2),
        .. Enumerable.Repeat("SuspendCertificate", 2),
        .. Enumerable.Repeat("ReinstateCertificate", 4),
        .. Enumerable.Repeat("ErasePerson", 6),
        .. Enumerable.Repeat("FinishErasure", 9),
    ];

    /// <summary>Who may ask for a use of a seal as anyone may, and is refused for the same reason as the stranger.</summary>
    private static readonly string[] Bystanders = ["registry", "reviewer", "maker", "officer", "auditor", "regulator", "administrator"];

    /// <summary>A company whose two seals are made and filed, one of them with a Ukey: where the interesting part of life begins.</summary>
    private static readonly Scenario Start = new(
        "random",
        "history",
        [
            First("Organisation/OrganisationRegistered", null),
            First("Organisation/ManagerAppointed", null),
            First("Application/ApplicationSubmitted", """{"seals":[{"kind":"contract"},{"kind":"finance"}]}"""),
            First("Application/ApplicationApproved", null),
            First("Seal/SealMade", null),
            First("Seal/SealFiled", null),
            First("Holding/HoldingClaimed", null),
            First("Holding/UkeyBound", """{"by":"legal-representative","holding":"legal-representative"}"""),
        ],
        new Element(ElementKind.Command, "", "", []),
        []);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Nothing_that_must_never_be_comes_about(int fifty)
    {
        var seen = new HashSet<Type>();
        for (var seed = fifty * 50; seed < (fifty + 1) * 50; seed++)
        {
            seen.UnionWith(Live(new Random(seed), $"in history {seed}"));
        }

        Type[] rare = [typeof(SigningSealed), typeof(SigningPrepared), typeof(UkeyBound), typeof(UkeyUnbound), typeof(PinFailed), typeof(HoldingRenewed), typeof(HoldingWithdrawn), typeof(FreezeLifted), typeof(SealRevoked), typeof(CertificateRevoked), typeof(CertificateSuspended), typeof(CertificateReinstated), typeof(PersonErased)];
        rare.Except(seen).ShouldBeEmpty("the histories are too tame to tell anything");
    }

    private static HashSet<Type> Live(Random random, string history)
    {
        var host = new PureHost();
        host.Given(Model, Start);
        for (var step = 0; step < 40; step++)
        {
            // Once in a while a seal comes to its end.
            if (step == 35 && random.Next(3) == 0)
            {
                host.Give(Play.Of(Model.Commands["RevokeSeal"], Model.Commands["RevokeSeal"].Command!));
            }

            var before = host.Streams.ToDictionary(stream => stream.Key, stream => stream.Value.ToArray());
            var happened = host.Give(Something(random));
            var where = $"{history}, step {step}: {string.Join(", ", happened.Events.Select(one => one.Event.GetType().Name))} {happened.Rejection?.Code}";
            RefusedCommandsLeaveOnlyTheirTrace(happened, where);
            RevokedSealsStayAsTheyAre(before, happened, where);
            SealedDocumentsWereInOrder(before, happened, host.Now, where);
            SignersAreHoldersInForce(host, where);
            NamesAreOneSealsOnly(host, where);
            NobodyErasedAnswersForAnything(host, where);
        }

        return [.. host.Streams.SelectMany(stream => stream.Value).Select(happened => happened.GetType())];
    }

    private static void RefusedCommandsLeaveOnlyTheirTrace(Happened happened, string where)
    {
        if (happened.Rejection is not null)
        {
            happened.Events.Select(one => one.Stream.Type).Except(["signing", "pin", "proof"]).ShouldBeEmpty(where);
        }
    }

    private static void RevokedSealsStayAsTheyAre(Dictionary<StreamId, IEvent[]> before, Happened happened, string where) =>
        happened.Events.Where(one => one.Stream.Type == "seal" && before.GetValueOrDefault(one.Stream, []).Any(earlier => earlier is SealRevoked)).ShouldBeEmpty(where);

    private static void SealedDocumentsWereInOrder(Dictionary<StreamId, IEvent[]> before, Happened happened, DateTimeOffset now, string where)
    {
        foreach (var signed in happened.Events.Select(one => one.Event).OfType<SigningSealed>())
        {
            var holding = Fold<Holding>(before, signed.Holding.Stream);
            var certificate = Fold<Certificate>(before, signed.Certificate.Stream);
            Fold<ElectronicSeal>(before, holding.Seal.Stream).WhyNotUsable(now).ShouldBeNull(where);
            (holding.Status, holding.IsLive(now), certificate.IsInForce(now)).ShouldBe((HoldingStatus.Claimed, true, true), where);
            Fold<PinAttempts>(before, signed.Holding.PinStream).IsLocked.ShouldBeFalse(where);
        }
    }

    private static void SignersAreHoldersInForce(PureHost host, string where)
    {
        foreach (var (key, listed) in Seals(host).SelectMany(seal => seal.Signers))
        {
            var holding = host.State<Holding>(new HoldingId(key).Stream);
            holding.Certificate.ShouldBe(listed, where);
            host.State<Certificate>(listed.Stream).Status.ShouldBeOneOf([CertificateStatus.Active, CertificateStatus.Suspended], where);
            holding.Status.ShouldNotBe(HoldingStatus.Withdrawn, where);
        }
    }

    private static void NamesAreOneSealsOnly(PureHost host, string where)
    {
        var living = Seals(host).Where(seal => seal.Status is not (SealStatus.Dropped or SealStatus.Revoked)).ToList();
        living.Select(seal => seal.Name).ShouldBeUnique(where);
        living.ShouldAllBe(seal => host.State<Reservation>(seal.NameStream).Taken, where);
    }

    private static void NobodyErasedAnswersForAnything(PureHost host, string where) =>
        host.Streams.Where(stream => stream.Key.Type == Person.StreamType && host.State<Person>(stream.Key).Status == PersonStatus.Erased)
            .SelectMany(stream => host.ObligationsOf(new PersonId(stream.Key.Key))).ShouldBeEmpty(where);

    private static List<ElectronicSeal> Seals(PureHost host) =>
        [.. host.Streams.Where(stream => stream.Key.Type == "seal").Select(stream => host.State<ElectronicSeal>(stream.Key))];

    private static TState Fold<TState>(Dictionary<StreamId, IEvent[]> streams, StreamId stream) where TState : class, IState<TState> =>
        streams.GetValueOrDefault(stream, []).Aggregate(TState.Initial, (state, one) => state.Apply(one));

    /// <summary>Any command, by somebody, about one of the few things there are, some time later.</summary>
    private static Play Something(Random random)
    {
        T Any<T>(params T[] choices) => choices[random.Next(choices.Length)];
        var slice = Model.Commands[Any(Daily)];
        var own = Resolver.PropertiesOf(CommandCatalog.Find(slice.Name)!.Type).Keys;
        var props = new JsonObject { ["by"] = Any([.. Actors.PeopleOf(slice).Except(slice.Actors is ["Anyone"] ? Bystanders : [])]), ["after"] = Any([.. Enumerable.Repeat("PT1H", 20), "P2M"]) };
        var varied = new Dictionary<string, string[]>
        {
            ["seal"] = ["seal", "seal", "seal-2"],
            ["person"] = ["holder", "manager", "legal-representative"],
            ["holding"] = ["holder", "legal-representative", "manager", "seal-2.holder"],
            ["certificate"] = ["certificate", "certificate-2", "certificate-3"],
            ["application"] = ["application", "application-2"],
            ["pin"] = ["right", "right", "new", "wrong"],
            ["oldPin"] = ["right", "new", "wrong"],
            ["newPin"] = ["right", "new"],
            ["device"] = ["phone", "new-phone"],
            ["code"] = ["code", "other-code"],
            ["order"] = ["1"],
            ["serialNumber"] = ["token", "other-token"],
            ["request"] = ["good", "of-other-token"],
            ["signature"] = ["right", "right", "of-another-key"],
            ["signing"] = [.. Enumerable.Range(1, 12).Select(number => number == 1 ? "signing" : $"signing-{number}")],
            ["ground"] = ["purpose-ended"],
        };
        foreach (var (name, choices) in varied.Where(one => own.Contains(one.Key)))
        {
            props[name] = Any(choices);
        }

        return Play.Of(slice, new Element(ElementKind.Command, "", slice.Name, props));
    }

    private static Element First(string name, string? props) => new(
        ElementKind.Event, name.Split('/')[0], name.Split('/')[1], props is null ? [] : (JsonObject)JsonNode.Parse(props)!);
}
