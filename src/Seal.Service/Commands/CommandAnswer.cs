using System.Text.Json;
using Seal.Domain.Deciding;
using Seal.Ledger;

namespace Seal.Service.Commands;

/// <summary>What came of a command.</summary>
/// <param name="Target">The stream it addressed or began.</param>
/// <param name="Version">That stream's version after it.</param>
/// <param name="Appended">What was recorded, in one append or in several; <c>null</c> when nothing was.</param>
/// <param name="Rejection">Why it was refused, if it was.</param>
/// <param name="Replayed">Whether this answer was given before, to the same idempotency key.</param>
public sealed record CommandAnswer(StreamId Target, long Version, AppendResult? Appended, Rejection? Rejection, bool Replayed)
{
    /// <summary>The answer given before. A command's own stream is the one its first event went to.</summary>
    /// <param name="last">The append that ended the command, found under its key.</param>
    /// <param name="ledger">Where the events of its appends before that one are.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<CommandAnswer> ReplayAsync(AppendResult last, EventLedger ledger, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(last);
        ArgumentNullException.ThrowIfNull(ledger);
        var outcome = CommandOutcome.Parse(last.Outcome);
        List<RecordedEvent> events = [];
        foreach (var position in outcome.Before)
        {
            events.Add((await ledger.FindAsync(position, cancellation))!);
        }

        events.AddRange(last.Events);
        var target = events[0].Stream;
        return new CommandAnswer(
            StreamId.Parse(target), events.Last(recorded => recorded.Stream == target).Version, last with { Events = events }, outcome.Rejection, Replayed: true);
    }
}

/// <summary>What is kept with an idempotency key, so that the same answer can be given again.</summary>
/// <param name="Before">The positions of what the command had recorded before the append that ended it.</param>
/// <param name="Rejection">Why it was refused, if it was.</param>
public sealed record CommandOutcome(IReadOnlyList<long> Before, Rejection? Rejection = null)
{
    /// <summary>Reads what was kept.</summary>
    public static CommandOutcome Parse(string? text) =>
        string.IsNullOrEmpty(text) ? new CommandOutcome([]) : JsonSerializer.Deserialize<CommandOutcome>(text, DomainJson.Options)!;

    /// <summary>The text to keep; none when there is nothing to tell.</summary>
    public override string ToString() => Rejection is null && Before.Count == 0 ? "" : JsonSerializer.Serialize(this, DomainJson.Options);
}
