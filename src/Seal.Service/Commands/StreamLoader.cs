using Seal.Domain.Deciding;
using Seal.Ledger;

namespace Seal.Service.Commands;

/// <summary>Reads from the ledger the streams that a decision names.</summary>
public sealed class StreamLoader(EventLedger ledger)
{
    /// <summary>Reads what a command names beyond what is known, until it names nothing new.</summary>
    public async Task<States> LoadAsync<TCommand>(TCommand command, States known, Facts facts, CancellationToken cancellation)
        where TCommand : ICommand<TCommand>
    {
        ArgumentNullException.ThrowIfNull(known);
        while (Decider.Reads(command, known, facts).Where(stream => !known.Has(stream)).ToList() is { Count: > 0 } missing)
        {
            known = await LoadAsync(missing, known, ReadUntil.All, cancellation);
        }

        return known;
    }

    /// <summary>Reads streams, all in one snapshot, up to a version, a time or a position.</summary>
    public async Task<States> LoadAsync(IReadOnlyCollection<StreamId> streams, States known, ReadUntil until, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(streams);
        ArgumentNullException.ThrowIfNull(known);
        var read = await ledger.ReadStreamsAsync([.. streams.Select(stream => stream.ToString())], until, cancellation);
        return streams.Aggregate(known, (states, stream) => states.With(stream, [.. read[stream.ToString()].Select(Facts)]));
    }

    /// <summary>The domain's event in a recorded one.</summary>
    public static IEvent Facts(RecordedEvent recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return EventCatalog.Deserialize(recorded.Type, recorded.Body.Span);
    }
}
