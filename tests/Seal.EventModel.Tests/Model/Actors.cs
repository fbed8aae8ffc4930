using Seal.Domain.Deciding;

namespace Seal.EventModel.Tests.Model;

/// <summary>The swim lanes of triggers: who they are in the domain, and who of the scenarios' people belongs there.</summary>
public static class Actors
{
    /// <summary>The role of a lane.</summary>
    public static IReadOnlyDictionary<string, Role> Roles { get; } = new Dictionary<string, Role>
    {
        ["Anyone"] = Role.Person,
        ["Oneself"] = Role.Oneself,
        ["LegalRepresentative"] = Role.LegalRepresentative,
        ["Manager"] = Role.Manager,
        ["Holder"] = Role.Holder,
        ["Registry"] = Role.Registry,
        ["Reviewer"] = Role.Reviewer,
        ["Maker"] = Role.Maker,
        ["Officer"] = Role.CertificateOfficer,
        ["Authority"] = Role.Authority,
        ["Auditor"] = Role.Auditor,
        ["Regulator"] = Role.Regulator,
        ["Administrator"] = Role.Administrator,
        ["System"] = Role.System,
    };

    /// <summary>The people whom the lanes of a slice allow to give its command.</summary>
    public static IEnumerable<string> PeopleOf(Slice slice) => World.People.Keys.Where(person => slice.Actors.Any(lane => lane switch
    {
        "Anyone" => person != "system",
        "Oneself" => person == slice.Command?.Text("person"),
        _ => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(lane) == person,
    }));
}
