using Seal.Ledger.Merkle;
using Seal.Ledger.Tiles;

namespace Seal.Ledger.Auditing;

/// <summary>A bundle and the hash tile of its leaves.</summary>
internal readonly record struct BundleRead(long First, int Width, byte[]? Bundle, byte[]? Tile);

/// <summary>Reads bundles in order, the next ones while the present one is checked.</summary>
internal sealed class ReadAhead(ITileSource source, long from, long total, int ahead) : IAsyncDisposable
{
    private readonly Queue<Task<BundleRead>> _reads = [];
    private readonly CancellationTokenSource _stop = new();
    private long _next = from >> HashTile.Height;

    /// <summary>The next bundle; null after the last.</summary>
    public async Task<BundleRead?> NextAsync(CancellationToken ct)
    {
        while (_reads.Count < ahead && _next << HashTile.Height < total)
        {
            _reads.Enqueue(ReadAsync(_next++, _stop.Token));
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

    private async Task<BundleRead> ReadAsync(long index, CancellationToken ct)
    {
        var first = index << HashTile.Height;
        var width = (int)long.Min(total - first, HashTile.FullWidth);
        var tile = await source.ReadAsync(TilePath.Hashes(0, index, width), ct);
        return new BundleRead(first, width, await source.ReadAsync(TilePath.Entries(index, width), ct), tile?.Length == width * MerkleHash.Size ? tile : null);
    }
}
