using Seal.Ledger.Auditing;

namespace Seal.Ledger.Tiles;

/// <summary>A ledger of this process, as a source of tiles.</summary>
internal sealed class LedgerTileSource(EventLedger ledger) : ITileSource
{
    public async Task<string?> CheckpointAsync(CancellationToken ct) => (await ledger.CheckpointAsync(ct)).Note;

    public Task<byte[]?> ReadAsync(TilePath path, CancellationToken ct) => ledger.Tiles.ReadAsync(path, ct);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
