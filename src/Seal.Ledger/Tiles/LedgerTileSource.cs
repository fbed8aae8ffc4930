using System.Runtime.CompilerServices;
using Seal.Ledger.Auditing;

namespace Seal.Ledger.Tiles;

/// <summary>A ledger of this process, as a source of tiles.</summary>
internal sealed class LedgerTileSource(EventLedger ledger) : ITileSource
{
    public async Task<string?> CheckpointAsync(CancellationToken ct) => (await ledger.CheckpointAsync(ct)).Note;

    public Task<byte[]?> ReadAsync(TilePath path, CancellationToken ct) => ledger.Tiles.ReadAsync(path, ct);

    public async IAsyncEnumerable<string> CosignedAsync([EnumeratorCancellation] CancellationToken ct)
    {
        if (await ledger.WitnessedCheckpointAsync(ct) is { } witnessed)
        {
            yield return witnessed.Checkpoint.Note;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
