using System.Text.Json;
using Seal.Domain.Deciding;
using Seal.EventModel.Tests.Model;

namespace Seal.EventModel.Tests.Drift;

/// <summary>Commands in the code and in the model are the same, to the last property.</summary>
public sealed class CommandsInModel
{
    /// <summary>Properties that direct the player and are no command's own.</summary>
    private static readonly string[] Directions = ["by", "after", "proof", "certificate", "signature", "upload", "obligations", "issuing", "telling", "paper", "evidence"];

    private static readonly WrittenModel Written = WrittenModel.Current;

    public static TheoryData<string> Commands => [.. CommandCatalog.All.Select(command => command.Name)];

    [Fact]
    public void Every_command_has_a_slice_and_every_slice_a_command() =>
        Written.Commands.Keys.Order(StringComparer.Ordinal).ShouldBe(CommandCatalog.All.Select(command => command.Name));

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_slice_has_the_name_of_its_command_and_lies_where_its_code_lies(string command)
    {
        var folder = CommandCatalog.Find(command)!.Type.Namespace!.Split('.')[^1];
        Written.Commands[command].Name.ShouldBe(command);
        Written.Commands[command].File.ShouldBe($"{folder.ToLowerInvariant()}/{JsonNamingPolicy.KebabCaseLower.ConvertName(command)}.yaml");
        File.Exists(Path.Combine(WrittenModel.Folder, "..", "src", "Seal.Domain", folder, $"{command}.cs")).ShouldBeTrue($"{command}.cs is missing");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_example_names_every_property_and_the_tests_no_others(string command)
    {
        var slice = Written.Commands[command];
        var own = Resolver.PropertiesOf(CommandCatalog.Find(command)!.Type).Keys.ToList();
        slice.Command!.Props.Select(prop => prop.Key).Where(own.Contains).ShouldBe(own);
        slice.Scenarios.SelectMany(scenario => scenario.When.Props).Concat(slice.Command.Props).Select(prop => prop.Key)
            .Except(own).Except(Directions).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_route_is_the_one_that_the_rule_gives(string command)
    {
        var description = CommandCatalog.Find(command)!;
        var routes = Written.Commands[command].Steps.Where(step => step.Kind == ElementKind.Trigger).Select(step => step.Text("route")).OfType<string>();
        routes.ShouldBe(description.HasRoute ? [$"POST {description.Route}"] : []);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_actors_are_those_whom_the_contract_lets(string command) =>
        Written.Commands[command].Actors.Aggregate(Role.None, (roles, lane) => roles | Actors.Roles[lane]).ShouldBe(CommandCatalog.Find(command)!.Contract.Who);

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_is_shown_to_succeed(string command) =>
        Written.Commands[command].Scenarios.ShouldContain(scenario => scenario.Rejection == null && scenario.When.Name == command);

    [Fact]
    public void No_two_tests_have_one_name() => Written.Scenarios.Select(scenario => scenario.ToString()).ShouldBeUnique();
}
