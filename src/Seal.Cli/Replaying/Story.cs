using Seal.Domain.Deciding;
using Seal.Domain.Seals;
using Seal.Ledger;
using Seal.Ledger.Auditing;
using Seal.Ledger.Evidence;

namespace Seal.Cli.Replaying;

/// <summary>Gathers from evidence what happened to a seal.</summary>
internal sealed class StoryGatherer : IEvidenceVisitor
{
    private readonly List<(RecordedEvent Recorded, IReadOnlyList<EvidenceWords> Words, bool IsProven)> _events = [];

    public IEnumerable<Finding> Visit(RecordedEvent recorded, IReadOnlyList<EvidenceWords> words, bool isProven)
    {
        _events.Add((recorded, words, isProven));
        return [];
    }

    public IEnumerable<Finding> Visit(EvidenceMaterial material) => [];

    public IEnumerable<Finding> Finish(DateTimeOffset madeAt) => [];

    /// <summary>The story, in the order of the ledger.</summary>
    /// <exception cref="UnknownEventException">An event is of a newer version of Seal.</exception>
    public Story Tell(StreamId about)
    {
        var actors = new Actors();
        return new Story(
            about,
            [
                .. _events.OrderBy(one => one.Recorded.Position).Select(one =>
                {
                    var happened = EventCatalog.Deserialize(one.Recorded.Type, one.Recorded.Body.Span);
                    return new StoryEvent(one.Recorded, happened, one.Words, one.IsProven, actors.Of(one.Recorded, happened));
                }),
            ]);
    }
}

/// <summary>What happened to a seal.</summary>
/// <param name="About">The seal's stream.</param>
/// <param name="Events">In the order of the ledger.</param>
internal sealed record Story(StreamId About, IReadOnlyList<StoryEvent> Events)
{
    /// <summary>The last version of the seal among these events.</summary>
    public long Version => Own.LastOrDefault()?.Recorded.Version ?? 0;

    /// <summary>The state of the seal after them.</summary>
    public ElectronicSeal State => Own.Aggregate(ElectronicSeal.Initial, (state, told) => state.Apply(told.Happened));

    private IEnumerable<StoryEvent> Own => Events.Where(told => told.Recorded.Stream == About.ToString());

    /// <summary>The story up to a moment.</summary>
    /// <exception cref="ReplayException">The seal has no such version.</exception>
    public Story Until(Moment moment)
    {
        if (moment.Time is { } time)
        {
            return this with { Events = [.. Events.TakeWhile(told => told.Recorded.RecordedAt <= time)] };
        }

        var last = moment.Version == 0 ? -1
            : Own.FirstOrDefault(told => told.Recorded.Version == moment.Version)?.Recorded.Position
                ?? throw new ReplayException(new($"该印章没有版本 {moment.Version}，最后的版本是 {Version}。", $"The seal has no version {moment.Version}; its last is {Version}."));
        return this with { Events = [.. Events.Where(told => told.Recorded.Position <= last)] };
    }
}

/// <summary>What was asked of a story cannot be told.</summary>
/// <param name="why">Why.</param>
internal sealed class ReplayException(Told why) : Exception(why.En)
{
    public Told Why => why;
}
