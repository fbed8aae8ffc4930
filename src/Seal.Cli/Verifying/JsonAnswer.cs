using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Seal.Cli.Verifying;

/// <summary>
/// The answers as one JSON document: an object, or an array when there are several files. A file that could be read gives
/// its judgement; one that could not, <c>{ file, error: { code, zh, en } }</c>.
/// </summary>
internal static class JsonAnswer
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    public static string Of(IReadOnlyList<FileAnswer> answers)
    {
        JsonNode[] all = [.. answers.Select(Of)];
        return (all is [var one] ? one : new JsonArray(all)).ToJsonString(Options);
    }

    private static JsonNode Of(FileAnswer answer) => answer.Judgement is { } judgement
        ? JsonNode.Parse(judgement.ToJson())!
        : new JsonObject { ["file"] = answer.File, ["error"] = JsonSerializer.SerializeToNode(answer.Problem, Options) };
}
