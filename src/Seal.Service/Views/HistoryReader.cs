using System.Text.Json;
using System.Text.Json.Nodes;
using Seal.Domain.Deciding;
using Seal.Ledger;
using Seal.Service.Commands;
using Seal.Service.Problems;
using Seal.Service.Vault;

namespace Seal.Service.Views;

/// <summary>One event of a history, told.</summary>
/// <param name="Version">Its version in the stream.</param>
/// <param name="Position">Its position in the ledger.</param>
/// <param name="RecordedAt">When it was recorded (UTC).</param>
/// <param name="Type">What happened, by wire name.</param>
/// <param name="Actor">Who did it, by number.</param>
/// <param name="Command">By which command.</param>
/// <param name="Channel">By which way.</param>
/// <param name="Proof">The proof of person that allowed it.</param>
/// <param name="Event">What the event says.</param>
/// <param name="Words">The words behind its commitments, where they are still there, by field.</param>
public sealed record HistoryEntry(
    long Version, long Position, DateTimeOffset RecordedAt, string Type, string? Actor, string? Command, string? Channel, string? Proof,
    JsonNode Event, IReadOnlyDictionary<string, string> Words);

/// <summary>Reads the history of a stream, with the words behind its commitments.</summary>
public sealed class HistoryReader(EventLedger ledger, FreeTextVault texts)
{
    /// <summary>The history of a stream up to a version or a time, oldest first.</summary>
    /// <exception cref="ProblemException">Nothing had happened by then, or there is no such version.</exception>
    public async Task<Page<HistoryEntry>> ReadAsync(StreamId stream, ReadUntil until, CancellationToken cancellation)
    {
        List<HistoryEntry> entries = [];
        await foreach (var recorded in ledger.Shown.ReadStreamAsync(stream.ToString(), until, cancellation))
        {
            entries.Add(await TellAsync(recorded, cancellation));
        }

        if (entries.Count == 0)
        {
            throw new ProblemException(RequestProblems.NothingHere);
        }

        return until.LastVersion > entries[^1].Version ? throw new ProblemException(RequestProblems.InvalidParameter("version")) : new(entries, null);
    }

    private async Task<HistoryEntry> TellAsync(RecordedEvent recorded, CancellationToken cancellation)
    {
        var metadata = JsonDocument.Parse(recorded.Metadata).RootElement;
        var body = JsonNode.Parse(recorded.Body.Span)!;
        Dictionary<string, string> words = [];
        foreach (var property in CommitmentsOf(StreamLoader.Facts(recorded)))
        {
            if (await texts.FindAsync(property.Value, cancellation) is { } text)
            {
                words[property.Key] = text;
            }
        }

        return new(
            recorded.Version, recorded.Position, recorded.RecordedAt, recorded.Type,
            Text(metadata, "actor"), Text(metadata, "command"), Text(metadata, "channel"), Text(metadata, "proof"), body, words);
    }

    /// <summary>The commitments in an event, by field.</summary>
    internal static IEnumerable<KeyValuePair<string, Commitment>> CommitmentsOf(IEvent happened) =>
        happened.GetType().GetProperties()
            .Where(property => property.PropertyType == typeof(Commitment) || property.PropertyType == typeof(Commitment?))
            .Select(property => (property.Name, Value: property.GetValue(happened) as Commitment?))
            .Where(property => property.Value is { Hex.Length: > 0 })
            .Select(property => KeyValuePair.Create(JsonNamingPolicy.CamelCase.ConvertName(property.Name), property.Value!.Value));

    private static string? Text(JsonElement metadata, string name) =>
        metadata.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
