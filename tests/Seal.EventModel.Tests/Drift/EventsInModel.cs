using System.Reflection;
using Seal.Domain.Deciding;
using Seal.Domain.Persons;
using Seal.EventModel.Tests.Model;
using Seal.EventModel.Tests.Pure;

namespace Seal.EventModel.Tests.Drift;

/// <summary>Events and rejections in the code and in the model are the same, and each is shown to come about.</summary>
public sealed class EventsInModel
{
    private static readonly WrittenModel Written = WrittenModel.Current;

    public static TheoryData<string> Commands => [.. Written.Commands.Keys];

    public static TheoryData<string> Rejections => [.. RejectionCatalog.All.Select(rejection => rejection.Code)];

    [Fact]
    public void Every_event_is_a_step_of_a_command_and_every_such_step_an_event() =>
        Written.Commands.Values.SelectMany(Events).Distinct().Order(StringComparer.Ordinal)
            .ShouldBe(EventCatalog.All.Values.Select(type => type.Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_steps_of_a_slice_are_the_events_that_its_tests_show(string command)
    {
        var slice = Written.Commands[command];
        var shown = slice.Scenarios.SelectMany(scenario => scenario.Then).Where(element => element.Kind == ElementKind.Event).Select(element => element.ToString());
        var spent = CommandCatalog.Find(command)!.Contract.NeedsProof ? [$"Proof/{nameof(ProofSpent)}"] : Array.Empty<string>();
        slice.Steps.Where(step => step.Kind == ElementKind.Event).Select(step => step.ToString()).Order(StringComparer.Ordinal)
            .ShouldBe(shown.Concat(spent).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Rejections))]
    public void A_rejection_is_shown_to_be_given(string code) =>
        Written.Scenarios.ShouldContain(scenario => scenario.Rejection != null && PureScenarios.CodeOf(scenario.Rejection) == code);

    [Fact]
    public void No_test_expects_a_rejection_that_does_not_exist() =>
        Written.Scenarios.Select(scenario => scenario.Rejection).OfType<Element>().Select(PureScenarios.CodeOf)
            .ShouldAllBe(code => RejectionCatalog.Find(code) != null);

    [Fact]
    public void Views_are_fed_by_events_that_exist() =>
        Written.Slices.Where(slice => slice.Command is null).SelectMany(Events).Except(EventCatalog.All.Values.Select(type => type.Name)).ShouldBeEmpty();

    [Fact]
    public void Every_view_seen_after_a_command_has_a_slice_of_its_own() =>
        Written.Slices.SelectMany(slice => slice.Steps.Concat(slice.Scenarios.SelectMany(scenario => scenario.Then)))
            .Where(element => element.Kind == ElementKind.View).Select(element => element.Name).Distinct()
            .Except(Written.Slices.Select(slice => slice.Name)).ShouldBeEmpty();

    [Fact]
    public void Every_background_is_used() =>
        Written.Backgrounds.Where(background => !Directory.EnumerateFiles(WrittenModel.Folder, "*.yaml", SearchOption.AllDirectories)
                .Any(file => File.ReadAllText(file).Contains($"- v: {background}\n", StringComparison.Ordinal)))
            .ShouldBeEmpty();

    [Fact]
    public void The_lane_of_an_event_is_the_stream_in_its_stored_name()
    {
        foreach (var step in Written.Slices.SelectMany(slice => slice.Steps).Where(step => step.Kind == ElementKind.Event))
        {
            var name = EventCatalog.All.Values.Single(type => type.Name == step.Name).GetCustomAttribute<EventNameAttribute>()!.Name.Split('.')[0];
            var lanes = name == "reservation" ? ["SealName", "SealCode"] : new[] { PureScenarios.Lane(new StreamId(name, "")) };
            lanes.ShouldContain(step.Lane, $"{step}");
        }
    }

    private static IEnumerable<string> Events(Slice slice) => slice.Steps.Where(step => step.Kind == ElementKind.Event).Select(step => step.Name);
}
