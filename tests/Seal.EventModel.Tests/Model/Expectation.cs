using System.Globalization;
using System.Text.Json.Nodes;

namespace Seal.EventModel.Tests.Model;

/// <summary>Whether what happened is what a scenario expects: its properties are some of the event's own.</summary>
public static class Expectation
{
    /// <summary>What of <paramref name="expected"/> is not in <paramref name="actual"/>; empty when all is.</summary>
    /// <param name="expected">Some of the properties.</param>
    /// <param name="actual">All of them.</param>
    /// <param name="path">Where in the whole, for messages.</param>
    /// <param name="within">How far times may lie apart: on a real clock some pass between two commands.</param>
    public static IEnumerable<string> Misses(JsonNode? expected, JsonNode? actual, string path = "", TimeSpan within = default)
    {
        switch (expected)
        {
            case JsonObject members:
                return members.SelectMany(member => Misses(member.Value, (actual as JsonObject)?[member.Key], path.Length == 0 ? member.Key : $"{path}.{member.Key}", within));
            case JsonArray items when actual is JsonArray { Count: var count } there && count == items.Count:
                return items.SelectMany((item, i) => Misses(item, there[i], $"{path}[{i}]", within));
            default:
                return Same(expected, actual, within) ? [] : [$"{path}: expected {expected?.ToJsonString() ?? "nothing"}, was {actual?.ToJsonString() ?? "nothing"}"];
        }
    }

    private static bool Same(JsonNode? expected, JsonNode? actual, TimeSpan within) =>
        JsonNode.DeepEquals(expected, actual)
        || (expected is JsonValue && actual is JsonValue && (expected.ToString() == actual.ToString() || Near(expected.ToString(), actual.ToString(), within)));

    private static bool Near(string expected, string actual, TimeSpan within) =>
        within > TimeSpan.Zero
        && DateTimeOffset.TryParse(expected, CultureInfo.InvariantCulture, out var first)
        && DateTimeOffset.TryParse(actual, CultureInfo.InvariantCulture, out var second)
        && (first - second).Duration() <= within;
}
