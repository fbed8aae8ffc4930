using Seal.Ledger.Merkle;
using Seal.Ledger.Tiles;

namespace Seal.Ledger.Auditing;

/// <summary>Where an auditor reads a log: C2SP tlog-tiles, wherever they lie.</summary>
public interface ITileSource : IAsyncDisposable
{
    /// <summary>The newest checkpoint.</summary>
    /// <param name="ct">Cancels the read.</param>
    /// <returns>A signed note; null if the source has none.</returns>
    /// <exception cref="SourceUnreadableException">The source cannot be read.</exception>
    Task<string?> CheckpointAsync(CancellationToken ct);

    /// <summary>A hash tile or an entry bundle. Several may be asked for at once.</summary>
    /// <param name="path">Which.</param>
    /// <param name="ct">Cancels the read.</param>
    /// <returns>Its bytes; null if the source does not have it.</returns>
    /// <exception cref="SourceUnreadableException">The source cannot be read.</exception>
    Task<byte[]?> ReadAsync(TilePath path, CancellationToken ct);

    /// <summary>How many entries the source has, those that no checkpoint covers yet included.</summary>
    /// <param name="signed">Entries under the newest checkpoint.</param>
    /// <param name="ct">Cancels the read.</param>
    /// <returns>The number.</returns>
    Task<long> CountAsync(long signed, CancellationToken ct) => Task.FromResult(signed);

    /// <summary>Every checkpoint that the source still has, smallest first.</summary>
    /// <param name="from">Only of this size or larger.</param>
    /// <param name="ct">Cancels the read.</param>
    /// <returns>Signed notes.</returns>
    IAsyncEnumerable<string> HistoryAsync(long from, CancellationToken ct) => AsyncEnumerable.Empty<string>();

    /// <summary>Checkpoints that carry cosignatures of witnesses, newest first; not all that ever were.</summary>
    /// <param name="ct">Cancels the read.</param>
    /// <returns>Signed notes.</returns>
    IAsyncEnumerable<string> CosignedAsync(CancellationToken ct) => AsyncEnumerable.Empty<string>();

    /// <summary>What the source's own tables say against its entries.</summary>
    /// <param name="entries">What the entries gave; null if one of them is bad, so that they give nothing to compare with.</param>
    /// <param name="ct">Cancels the check.</param>
    /// <returns>The contradictions.</returns>
    Task<IReadOnlyList<Finding>> CheckTablesAsync(AuditedEntries? entries, CancellationToken ct) => Task.FromResult<IReadOnlyList<Finding>>([]);

    /// <summary>How many entries are best read at once; a multiple of 256.</summary>
    internal long Stride => HashTile.FullWidth;

    /// <summary>Reads the bundles, with their hash tiles, of the entries from a position up to, but without, another.</summary>
    internal async Task<IReadOnlyList<BundleRead>> ReadBundlesAsync(long from, long end, CancellationToken ct)
    {
        var bundles = new List<BundleRead>();
        for (var first = from; first < end; first += HashTile.FullWidth)
        {
            var index = first >> HashTile.Height;
            var width = (int)long.Min(end - first, HashTile.FullWidth);
            var tile = BundleRead.Whole(await ReadAsync(TilePath.Hashes(0, index, width), ct), width);
            var bundle = await ReadAsync(TilePath.Entries(index, width), ct);
            (var slots, var findings) = bundle is null ? (null, []) : BundleSlots.Align(first, width, bundle);
            bundles.Add(new BundleRead(first, width, slots, tile, findings));
        }

        return bundles;
    }
}
