using System.Text.Json.Nodes;
using Seal.Domain.Deciding;
using Seal.EventModel.Tests.Model;
using Seal.EventModel.Tests.Pure;

namespace Seal.EventModel.Tests.Http;

/// <summary>
/// Every scenario of the event model over HTTP: what is given is brought about by giving its commands, so that keys,
/// certificates and files exist too.
/// </summary>
public sealed class HttpScenarios(HttpHost host) : IClassFixture<HttpHost>
{
    // Times in a scenario count from its beginning; this much may pass while it is played.
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(2);

    public static TheoryData<string> Scenarios =>
    [
        .. WrittenModel.Current.Scenarios.Select(scenario => new TheoryDataRow<string>(scenario.ToString()) { TestDisplayName = $"over HTTP, {scenario}" }),
    ];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Scenario(string name)
    {
        var scenario = WrittenModel.Current.Scenarios.Single(one => one.ToString() == name);
        var world = await host.BeginAsync(scenario);
        foreach (var given in scenario.Given)
        {
            var reached = await host.GiveAsync(Play.Of(WrittenModel.Current.CommandOf(given), given), world);
            reached.Events.Select(one => one.Event.GetType().Name).FirstOrDefault().ShouldBe(given.Name, reached.Problem?.ToJsonString());
        }

        var observed = await host.GiveAsync(Play.Of(WrittenModel.Current.Commands[scenario.Slice], scenario.When), world);
        ShouldBeAnswered(scenario, observed, world);
        ShouldHaveHappened(scenario, observed, world);
        foreach (var view in scenario.Then.Where(element => element.Kind == ElementKind.View))
        {
            Expectation.Misses(view.Props, await ShowAsync(view.Name, world), within: Within).ShouldBeEmpty($"in {view}");
        }
    }

    private static void ShouldBeAnswered(Scenario scenario, Observed observed, HttpWorld world)
    {
        if (scenario.Rejection is not { } rejection)
        {
            observed.Problem.ShouldBeNull(observed.Problem?.ToJsonString());
            return;
        }

        var problem = observed.Problem.ShouldNotBeNull($"{rejection} was expected");
        (problem["code"]?.GetValue<string>()).ShouldBe(PureScenarios.CodeOf(rejection), problem.ToJsonString());
        problem["title"]!.GetValue<string>().ShouldNotBeEmpty();
        problem["detail"]!.GetValue<string>().ShouldNotContain("{");
        var props = new JsonObject(rejection.Props.Select(prop => KeyValuePair.Create(
            prop.Key, prop.Key == "name" ? world.Name(prop.Value!.ToString()) : prop.Value?.DeepClone())));
        Expectation.Misses(props, problem, within: Within).ShouldBeEmpty();
    }

    private static void ShouldHaveHappened(Scenario scenario, Observed observed, HttpWorld world)
    {
        // One append keeps the events of a stream together, so the order across streams is the decision's only in memory.
        var expected = scenario.Then.Where(element => element.Kind == ElementKind.Event).OrderBy(element => element.Lane, StringComparer.Ordinal).ToList();
        var actual = observed.Events.OrderBy(one => PureScenarios.Lane(one.Stream), StringComparer.Ordinal).ToList();
        actual.Select(one => $"{PureScenarios.Lane(one.Stream)}/{one.Event.GetType().Name}").ShouldBe(expected.Select(element => element.ToString()));
        var resolver = new Resolver(world, world.Began);
        foreach (var element in expected)
        {
            // Of several alike (two holders' certificates) the order is that of random numbers.
            var alike = actual.Where(one => $"{PureScenarios.Lane(one.Stream)}/{one.Event.GetType().Name}" == element.ToString()).ToList();
            var match = alike.FirstOrDefault(one => Misses(element, one, resolver, world).Count == 0);
            match.ShouldNotBeNull($"{element}: {string.Join("; ", alike.SelectMany(one => Misses(element, one, resolver, world)))}");
            actual.Remove(match);
        }
    }

    private static List<string> Misses(Element element, StreamEvent one, Resolver resolver, HttpWorld world)
    {
        var body = JsonNode.Parse(EventCatalog.Serialize(one.Event));
        var misses = Expectation.Misses(resolver.Resolve(element.Props, one.Event.GetType()), body, within: Within).ToList();
        if (element.Text("on") is { } stream && one.Stream.Key != world.Key(one.Stream.Type, stream))
        {
            misses.Add($"on another {one.Stream.Type}");
        }

        return misses;
    }

    private async Task<JsonNode?> ShowAsync(string view, HttpWorld world)
    {
        var answer = view switch
        {
            "PersonNow" => await host.Client.GetAsync("regulator", $"/api/persons/{world.Person("stranger")}"),
            "SealNow" => await host.Client.GetAsync("zhang-wei", $"/api/seals/{world.Key("seal")}"),
            "ApplicationNow" => await host.Client.GetAsync("zhang-wei", $"/api/applications/{world.Key("application")}"),
            "UsageLog" => await host.Client.GetAsync("zhang-wei", $"/api/usage?organisation={world.Organisation("organisation")}&limit=1"),
            _ => throw new NotSupportedException($"Nobody shows {view}."),
        };
        var body = answer.Required().Body;
        if (view == "PersonNow")
        {
            return body;
        }

        if (view != "UsageLog")
        {
            return body["state"]!.DeepClone();
        }

        var newest = body["items"]!.AsArray()[0]!["state"]!;
        return new JsonObject { ["outcome"] = newest["status"]!.DeepClone(), ["code"] = newest["code"]?.DeepClone() };
    }
}
