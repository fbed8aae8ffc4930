using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Seal.Domain.Deciding;
using Seal.Ledger.Evidence;

namespace Seal.Cli.Replaying;

/// <summary>Tells a story to a machine; the member names are public API.</summary>
internal static class ReplayJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private static readonly JsonSerializerOptions Indented = new(Options) { WriteIndented = true };

    public static string Of(Story story, EvidenceResult checkedFile) => JsonSerializer.Serialize(
        new
        {
            Seal = story.About.Key,
            story.Version,
            Events = story.Events.Select(Event),
            State = State(story),
            Checked = Checked(checkedFile),
        },
        Indented);

    public static string Of(StoryDifference difference, EvidenceResult checkedFile) => JsonSerializer.Serialize(
        new
        {
            Seal = difference.Later.About.Key,
            From = difference.Earlier.Version,
            To = difference.Later.Version,
            difference.Changes,
            Events = difference.Between.Events.Select(Event),
            Checked = Checked(checkedFile),
        },
        Indented);

    private static object Event(StoryEvent told)
    {
        var sentence = EventSentences.Of(told.Happened);
        return new
        {
            told.Recorded.RecordedAt,
            told.Recorded.Position,
            told.Recorded.Stream,
            told.Recorded.Version,
            told.Recorded.Type,
            sentence.Zh,
            sentence.En,
            Words = told.Words.ToDictionary(said => said.Field, said => said.Words),
            told.Actor,
            Role = JsonNamingPolicy.KebabCaseLower.ConvertName(told.Who.ToString()),
            told.Command,
            told.Channel,
            ProofOfPerson = told.Proof,
            told.IsProven,
            Event = JsonNode.Parse(told.Recorded.Body.Span),
        };
    }

    private static JsonNode? State(Story story) => story.Version == 0 ? null : JsonSerializer.SerializeToNode(story.State, DomainJson.Options);

    private static object Checked(EvidenceResult result) => new
    {
        result.IsInOrder,
        result.Origin,
        result.Size,
        result.SignaturesChecked,
        result.Header?.Checkpoint,
        result.Findings,
    };
}
