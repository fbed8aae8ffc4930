using System.Text.Json;
using System.Text.Json.Nodes;
using Seal.Domain.Deciding;

namespace Seal.Cli.Replaying;

/// <summary>One field of the seal's state that differs between two moments.</summary>
/// <param name="Field">Its name.</param>
/// <param name="Before">What it was; null when it was nothing.</param>
/// <param name="After">What it became; null when it became nothing.</param>
internal sealed record FieldChange(string Field, JsonNode? Before, JsonNode? After);

/// <summary>What changed in a seal between two moments, and by which events.</summary>
internal sealed record StoryDifference(Story Earlier, Story Later)
{
    /// <summary>The events between.</summary>
    public Story Between => Later with { Events = [.. Later.Events.Skip(Earlier.Events.Count)] };

    /// <summary>The fields that differ.</summary>
    public IReadOnlyList<FieldChange> Changes
    {
        get
        {
            var (before, after) = (Fields(Earlier), Fields(Later));
            return
            [
                .. before.Select(member => member.Key).Union(after.Select(member => member.Key)).Order(StringComparer.Ordinal)
                    .Where(name => !JsonNode.DeepEquals(before[name], after[name]))
                    .Select(name => new FieldChange(name, before[name]?.DeepClone(), after[name]?.DeepClone())),
            ];
        }
    }

    private static JsonObject Fields(Story story) => JsonSerializer.SerializeToNode(story.State, DomainJson.Options)!.AsObject();
}
