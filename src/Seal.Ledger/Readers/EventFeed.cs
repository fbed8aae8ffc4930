using Seal.Ledger.Storage;

namespace Seal.Ledger.Readers;

/// <summary>
/// The events that a reader wants, chunk after chunk. While one chunk is folded, the next is on its way already: when there is
/// much to catch up with, reading costs no time of its own.
/// </summary>
internal sealed class EventFeed(EventRows events, IReadOnlyCollection<string> types)
{
    // From so many on a COPY is worth its beginning.
    private const int Many = 1000;

    private (long From, long End, Task<List<RecordedEvent>> Events)? _ahead;

    /// <summary>Reads a range.</summary>
    /// <param name="from">Its first position.</param>
    /// <param name="end">The position after its last.</param>
    /// <param name="head">The size of the log: what lies between is probably wanted next.</param>
    /// <param name="ct">Cancels the read, also that of the range after it.</param>
    public async Task<List<RecordedEvent>> ReadAsync(long from, long end, long head, CancellationToken ct)
    {
        var reading = _ahead is { } ahead && ahead.From == from && ahead.End == end ? ahead.Events : ReadAsync(from, end, ct);
        _ahead = null;
        var read = await reading;
        if (end < head)
        {
            var next = long.Min(end + (end - from), head);
            _ahead = (end, next, ReadAsync(end, next, ct));
        }

        return read;
    }

    private Task<List<RecordedEvent>> ReadAsync(long from, long end, CancellationToken ct) => (end - from) switch
    {
        0 => Task.FromResult<List<RecordedEvent>>([]),
        < Many => events.RangeAsync(from, end, types, ct),
        _ => events.CopyAsync(from, end, types, ct),
    };
}
