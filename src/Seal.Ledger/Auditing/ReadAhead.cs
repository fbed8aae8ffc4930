namespace Seal.Ledger.Auditing;

/// <summary>Reads bundles in order, the next ones while the present ones are checked.</summary>
/// <param name="source">Where they are read.</param>
/// <param name="from">First position, at the beginning of a bundle.</param>
/// <param name="total">The position after the last.</param>
/// <param name="ahead">How many reads are under way at once.</param>
internal sealed class ReadAhead(ITileSource source, long from, long total, int ahead) : IAsyncDisposable
{
    private readonly Queue<Task<IReadOnlyList<BundleRead>>> _reads = [];
    private readonly CancellationTokenSource _stop = new();
    private long _next = from;

    /// <summary>The next bundles, as many as were read at once; null after the last.</summary>
    public async Task<IReadOnlyList<BundleRead>?> NextAsync(CancellationToken ct)
    {
        while (_reads.Count < ahead && _next < total)
        {
            var start = _next;
            _next = long.Min(start + source.Stride, total);
            var end = _next;
            // What was read is hashed as well, while others are checked.
            _reads.Enqueue(Task.Run(() => source.ReadBundlesAsync(start, end, _stop.Token)));
        }

        if (!_reads.TryPeek(out var read))
        {
            return null;
        }

        var bundle = await read.WaitAsync(ct);
        _ = _reads.Dequeue();
        return bundle;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        // What was read for nothing is waited for, so that the source can be closed.
        await Task.WhenAll(_reads).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        _stop.Dispose();
    }
}
