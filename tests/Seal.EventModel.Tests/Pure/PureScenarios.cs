using System.Text.Json;
using System.Text.Json.Nodes;
using Seal.Domain.Deciding;
using Seal.Domain.Persons;
using Seal.EventModel.Tests.Model;

namespace Seal.EventModel.Tests.Pure;

/// <summary>Every scenario of the event model, decided in memory.</summary>
public sealed class PureScenarios
{
    public static TheoryData<string> Scenarios =>
    [
        .. WrittenModel.Current.Scenarios.Select(scenario => new TheoryDataRow<string>(scenario.ToString()) { TestDisplayName = $"in memory, {scenario}" }),
    ];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Scenario(string name)
    {
        var scenario = WrittenModel.Current.Scenarios.Single(one => one.ToString() == name);
        var host = new PureHost();
        host.Given(WrittenModel.Current, scenario);
        var play = Play.Of(WrittenModel.Current.Commands[scenario.Slice], scenario.When);
        var happened = host.Give(play);

        (happened.Rejection?.Code).ShouldBe(scenario.Rejection is { } expected ? CodeOf(expected) : null);
        if (scenario.Rejection is { } rejection)
        {
            Expectation.Misses(rejection.Props, happened.RejectionBody).ShouldBeEmpty();
        }

        ShouldHaveHappened(scenario, happened, host);
        ProofShouldBeSpent(play, happened);
        foreach (var view in scenario.Then.Where(element => element.Kind == ElementKind.View))
        {
            Expectation.Misses(view.Props, PureViews.Show(view.Name, host, happened)).ShouldBeEmpty($"in {view}");
        }

        foreach (var (inMemory, stored) in host.Streams.Select(stream => StoredStates.Of(stream.Key, stream.Value)).OfType<(string, string)>())
        {
            stored.ShouldBe(inMemory);
        }
    }

    /// <summary>The code of a rejection named in a scenario.</summary>
    public static string CodeOf(Element rejection) => JsonNamingPolicy.KebabCaseLower.ConvertName(rejection.Name);

    private static void ShouldHaveHappened(Scenario scenario, Happened happened, PureHost host)
    {
        var expected = scenario.Then.Where(element => element.Kind == ElementKind.Event).ToList();
        var actual = happened.Events.Where(one => one.Event is not ProofSpent).ToList();
        actual.Select(one => $"{Lane(one.Stream)}/{one.Event.GetType().Name}").ShouldBe(expected.Select(element => element.ToString()));
        var resolver = new Resolver(host.World, host.World.Began);
        foreach (var (element, one) in expected.Zip(actual))
        {
            if (element.Text("on") is { } stream)
            {
                one.Stream.Key.ShouldBe(host.World.Key(one.Stream.Type, stream), $"{element} is on another {one.Stream.Type}");
            }

            var type = one.Event.GetType();
            element.Props.Select(prop => prop.Key).Except(Resolver.PropertiesOf(type).Keys).Except(["on"]).ShouldBeEmpty($"{element} has no such properties");
            Expectation.Misses(resolver.Resolve(element.Props, type), JsonNode.Parse(EventCatalog.Serialize(one.Event))).ShouldBeEmpty($"in {element}");
        }
    }

    private static void ProofShouldBeSpent(Play play, Happened happened)
    {
        var vouchedForByOffice = !play.Command.Contract.ProofEvenByOffice && (World.People[play.By] & Role.Offices) != Role.None;
        var spends = play.Command.Contract.NeedsProof && !vouchedForByOffice && happened.Events.Count > 0;
        happened.Events.Count(one => one.Event is ProofSpent).ShouldBe(spends ? 1 : 0);
    }

    /// <summary>The swim lane of a stream: <c>seal-name</c> is <c>SealName</c>.</summary>
    public static string Lane(StreamId stream) => string.Concat(stream.Type.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
