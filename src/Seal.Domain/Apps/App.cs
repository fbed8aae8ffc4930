using System.Text.Json.Serialization;
using Seal.Domain.Deciding;
using Seal.Domain.Organisations;

namespace Seal.Domain.Apps;

/// <summary>An integrated application as its events have it. Which seals it has been granted, its holdings tell.</summary>
public sealed record App : IState<App>
{
    /// <inheritdoc/>
    public static string StreamType => AppId.StreamType;

    /// <inheritdoc/>
    public static App Initial { get; } = new();

    /// <summary>The organisation that runs it.</summary>
    public OrganisationId Organisation { get; init; }

    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether there is such an app.</summary>
    [JsonIgnore]
    public bool IsRegistered => Name.Length > 0;

    /// <inheritdoc/>
    public App Apply(IEvent happened) => happened switch
    {
        AppRegistered e => this with { Organisation = e.Organisation, Name = e.Name },
        _ => this,
    };
}
