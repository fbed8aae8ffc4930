using System.Text.Json;
using Seal.Domain.Deciding;
using Seal.Ledger;

namespace Seal.Service.Commands;

/// <summary>What came of a command.</summary>
/// <param name="Target">The stream it addressed or began.</param>
/// <param name="Version">That stream's version after it.</param>
/// <param name="Appended">What was recorded; <c>null</c> when nothing was.</param>
/// <param name="Rejection">Why it was refused, if it was.</param>
/// <param name="Replayed">Whether this answer was given before, to the same idempotency key.</param>
public sealed record CommandAnswer(StreamId Target, long Version, AppendResult? Appended, Rejection? Rejection, bool Replayed)
{
    /// <summary>The text kept with an idempotency key, from which the same answer can be given again.</summary>
    public static string OutcomeOf(Rejection? rejection) => rejection is null ? "" : JsonSerializer.Serialize(rejection, DomainJson.Options);

    /// <summary>The answer given before. A command's own stream is the one its first event went to.</summary>
    public static CommandAnswer Replay(AppendResult earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        var target = earlier.Events[0].Stream;
        return new CommandAnswer(
            StreamId.Parse(target),
            earlier.Events.Last(recorded => recorded.Stream == target).Version,
            earlier,
            string.IsNullOrEmpty(earlier.Outcome) ? null : JsonSerializer.Deserialize<Rejection>(earlier.Outcome, DomainJson.Options),
            Replayed: true);
    }
}
