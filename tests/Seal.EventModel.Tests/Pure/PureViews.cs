using System.Text.Json;
using System.Text.Json.Nodes;
using Seal.Domain.Applications;
using Seal.Domain.Deciding;
using Seal.Domain.Persons;
using Seal.Domain.Seals;
using Seal.Domain.Signings;
using ApplicationId = Seal.Domain.Applications.ApplicationId;

namespace Seal.EventModel.Tests.Pure;

/// <summary>What the views show after a command, folded on the spot.</summary>
public static class PureViews
{
    /// <summary>A view of the scenario's first seal, application, or newest use of a seal.</summary>
    public static JsonNode? Show(string view, PureHost host, Happened happened) => view switch
    {
        "SealNow" => Json(host.State<ElectronicSeal>(new SealId(host.World.Key("seal")).Stream)),
        "ApplicationNow" => Json(host.State<Application>(new ApplicationId(host.World.Key("application")).Stream)),
        "PersonNow" => Json(host.State<Person>(new PersonId(host.World.Person("stranger")).Stream)),
        "UsageLog" => Usage(happened),
        _ => throw new NotSupportedException($"Nobody shows {view} in memory."),
    };

    private static JsonNode? Json<T>(T state) => JsonSerializer.SerializeToNode(state, DomainJson.Options);

    private static JsonObject Usage(Happened happened) => happened.Events.Select(one => one.Event).LastOrDefault(one => one is SigningRequested or DeviceSigningRequested or SigningSealed or SigningDeclined or SigningFailed) switch
    {
        SigningSealed => new JsonObject { ["outcome"] = "sealed" },
        SigningDeclined declined => new JsonObject { ["outcome"] = "declined", ["code"] = declined.Code },
        SigningFailed failed => new JsonObject { ["outcome"] = "failed", ["code"] = failed.Code },
        SigningRequested or DeviceSigningRequested => new JsonObject { ["outcome"] = "requested" },
        _ => [],
    };
}
