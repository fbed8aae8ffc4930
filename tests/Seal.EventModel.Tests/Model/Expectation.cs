using System.Text.Json.Nodes;

namespace Seal.EventModel.Tests.Model;

/// <summary>Whether what happened is what a scenario expects: its properties are some of the event's own.</summary>
public static class Expectation
{
    /// <summary>What of <paramref name="expected"/> is not in <paramref name="actual"/>; empty when all is.</summary>
    public static IEnumerable<string> Misses(JsonNode? expected, JsonNode? actual, string path = "")
    {
        switch (expected)
        {
            case JsonObject members:
                return members.SelectMany(member => Misses(member.Value, (actual as JsonObject)?[member.Key], path.Length == 0 ? member.Key : $"{path}.{member.Key}"));
            case JsonArray items when actual is JsonArray { Count: var count } there && count == items.Count:
                return items.SelectMany((item, i) => Misses(item, there[i], $"{path}[{i}]"));
            default:
                return Same(expected, actual) ? [] : [$"{path}: expected {expected?.ToJsonString() ?? "nothing"}, was {actual?.ToJsonString() ?? "nothing"}"];
        }
    }

    private static bool Same(JsonNode? expected, JsonNode? actual) =>
        JsonNode.DeepEquals(expected, actual) || (expected is JsonValue && actual is JsonValue && expected.ToString() == actual.ToString());
}
