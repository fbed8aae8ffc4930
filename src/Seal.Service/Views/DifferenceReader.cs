using System.Text.Json;
using System.Text.Json.Nodes;
using Seal.Domain.Deciding;
using Seal.Ledger;
using Seal.Service.Commands;
using Seal.Service.Problems;

namespace Seal.Service.Views;

/// <summary>What became different in one thing.</summary>
/// <param name="Id">Its key.</param>
/// <param name="From">The version compared with; 0 before anything happened.</param>
/// <param name="To">The version compared.</param>
/// <param name="Changes">The fields of its state that differ, by name.</param>
public sealed record Difference(string Id, long From, long To, IReadOnlyList<Change> Changes);

/// <summary>One field that differs.</summary>
/// <param name="Field">Its name.</param>
/// <param name="Before">What it was; absent when it was nothing.</param>
/// <param name="After">What it became; absent when it became nothing.</param>
/// <param name="By">The events that changed it, oldest first.</param>
public sealed record Change(string Field, JsonNode? Before, JsonNode? After, IReadOnlyList<ChangeCause> By);

/// <summary>An event that changed something.</summary>
/// <param name="Version">Its version in the stream.</param>
/// <param name="Position">Its position in the ledger.</param>
/// <param name="RecordedAt">When it was recorded (UTC).</param>
/// <param name="Type">What happened, by wire name.</param>
public sealed record ChangeCause(long Version, long Position, DateTimeOffset RecordedAt, string Type);

/// <summary>Compares the states of one stream at two moments, with the domain's own fold.</summary>
public sealed class DifferenceReader(EventLedger ledger)
{
    /// <summary>What changed in a stream. What was changed and changed back is no difference.</summary>
    /// <exception cref="ProblemException">Nothing had happened by the later moment, the earlier one is after it, or there is no such version.</exception>
    public async Task<Difference> ReadAsync<TState>(StreamId stream, Span span, CancellationToken cancellation) where TState : class, IState<TState>
    {
        ArgumentNullException.ThrowIfNull(span);
        var events = (await ledger.Shown.ReadStreamsAsync([stream.ToString()], span.To?.Until ?? ReadUntil.All, cancellation))[stream.ToString()];
        if (events.Count == 0)
        {
            throw new ProblemException(RequestProblems.NothingHere);
        }

        if (span.From.Version > events[^1].Version || span.To?.Version > events[^1].Version)
        {
            throw new ProblemException(RequestProblems.InvalidParameter(span.From.Version > events[^1].Version ? "from" : "to"));
        }

        var earlier = events.TakeWhile(span.From.Includes).ToList();
        var state = earlier.Aggregate(TState.Initial, (folded, recorded) => folded.Apply(StreamLoader.Facts(recorded)));
        var before = Fields(state);
        var after = before;
        Dictionary<string, List<ChangeCause>> causes = [];
        foreach (var recorded in events.Skip(earlier.Count))
        {
            state = state.Apply(StreamLoader.Facts(recorded));
            var next = Fields(state);
            foreach (var field in Differing(after, next))
            {
                (causes.TryGetValue(field, out var known) ? known : causes[field] = [])
                    .Add(new ChangeCause(recorded.Version, recorded.Position, recorded.RecordedAt, recorded.Type));
            }

            after = next;
        }

        var changes = Differing(before, after).Order(StringComparer.Ordinal)
            .Select(field => new Change(field, before[field]?.DeepClone(), after[field]?.DeepClone(), causes[field]));
        return new Difference(stream.Key, earlier.Count, events[^1].Version, [.. changes]);
    }

    private static JsonObject Fields<TState>(TState state) => JsonSerializer.SerializeToNode(state, DomainJson.Options)!.AsObject();

    private static IEnumerable<string> Differing(JsonObject before, JsonObject after) =>
        before.Select(field => field.Key).Union(after.Select(field => field.Key)).Where(field => !JsonNode.DeepEquals(before[field], after[field]));
}
