using System.Text.Json.Nodes;
using Seal.Domain.Deciding;
using Seal.EventModel.Tests.Model;

namespace Seal.EventModel.Tests.Pure;

/// <summary>Every command tried by everybody whom the model does not name as its actor.</summary>
public sealed class AccessMatrix
{
    public static TheoryData<string, string> Forbidden =>
    [
        .. from slice in WrittenModel.Current.Commands.Values
           from person in World.People.Keys.Except(Actors.PeopleOf(slice))
           select new TheoryDataRow<string, string>(slice.Name, person) { TestDisplayName = $"in memory, {slice.Name} is not for {person}" },
    ];

    public static TheoryData<string, string> Allowed =>
    [
        .. from slice in WrittenModel.Current.Commands.Values
           from person in Actors.PeopleOf(slice)
           select new TheoryDataRow<string, string>(slice.Name, person) { TestDisplayName = $"in memory, {slice.Name} is for {person}" },
    ];

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void Nobody_else_may(string command, string person)
    {
        var happened = Try(command, person);
        (happened.Rejection?.Code).ShouldBe("not-permitted");
        happened.Events.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Allowed))]
    public void Who_is_named_may(string command, string person) => (Try(command, person).Rejection?.Code).ShouldNotBe("not-permitted");

    public static TheoryData<string, ProofKind, string> BadProofs =>
    [
        .. from slice in WrittenModel.Current.Commands.Values
           where CommandCatalog.Find(slice.Name)!.Contract.NeedsProof
           from bad in new[]
           {
               (ProofKind.None, "proof-missing"), (ProofKind.Spent, "proof-spent"), (ProofKind.Expired, "proof-expired"), (ProofKind.Other, "proof-for-other"),
           }
           select new TheoryDataRow<string, ProofKind, string>(slice.Name, bad.Item1, bad.Item2) { TestDisplayName = $"in memory, {slice.Name}: {bad.Item2}" },
    ];

    [Theory]
    [MemberData(nameof(BadProofs))]
    public void Nobody_may_without_a_proof_of_person(string command, ProofKind proof, string code)
    {
        var person = Actors.PeopleOf(WrittenModel.Current.Commands[command]).First();
        var happened = Try(command, person, proof);
        (happened.Rejection?.Code).ShouldBe(code);
        happened.Events.ShouldBeEmpty();
    }

    /// <summary>Lets a person give a command where it would succeed, in a company that has a manager and, where the seal is in use, a further holder.</summary>
    private static Happened Try(string command, string person, ProofKind proof = ProofKind.Fresh)
    {
        var model = WrittenModel.Current;
        var slice = model.Commands[command];
        var success = slice.Scenarios.First(scenario => scenario.Rejection is null);
        List<Element> given = [.. success.Given];
        void Also(string when, string lane, string first)
        {
            if (given.Any(element => element.Name == when) && given.All(element => element.Name != first))
            {
                given.Add(new Element(ElementKind.Event, lane, first, []));
            }
        }

        Also("OrganisationRegistered", "Organisation", "ManagerAppointed");
        Also("SealFiled", "Holding", "HoldingClaimed");
        if (given.All(element => element.Name != "SealFrozen"))
        {
            Also("HoldingClaimed", "Holding", "HoldingOffered");
        }

        var host = new PureHost();
        host.Given(model, success with { Given = given });
        var when = success.When with { Props = (JsonObject)success.When.Props.DeepClone() };
        when.Props["by"] = person;
        return host.Give(Play.Of(slice, when) with { Proof = proof });
    }
}
