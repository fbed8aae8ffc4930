using System.Text;

namespace Seal.Ledger.Tiles;

/// <summary>
/// Writes the log to a folder in the layout of C2SP tlog-tiles: <c>checkpoint</c>, <c>tile/L/N</c> and
/// <c>tile/entries/N</c>. Any web server can publish the folder, and an auditor needs nothing else.
/// </summary>
/// <param name="ledger">The log.</param>
public sealed class TileExport(EventLedger ledger)
{
    /// <summary>Name of the checkpoint's file.</summary>
    public const string CheckpointName = "checkpoint";

    /// <summary>
    /// Brings a folder up to the newest checkpoint. Only what is new is written, each file atomically and the checkpoint last,
    /// so that a reader, and a run that broke off, always has a whole log before it.
    /// </summary>
    /// <param name="folder">The folder; made if missing.</param>
    /// <param name="progress">Told how many files have been written; null if nobody asks.</param>
    /// <param name="ct">Gives up; the folder stays at its older checkpoint.</param>
    /// <returns>The checkpoint the folder is at.</returns>
    /// <exception cref="LedgerCorruptException">The log does not continue the folder's checkpoint, or lacks a tile.</exception>
    /// <exception cref="FormatException">The folder's checkpoint is none.</exception>
    public async Task<SignedCheckpoint> ExportAsync(string folder, IProgress<long>? progress, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var checkpoint = await ledger.CheckpointAsync(ct);
        var have = await HaveAsync(folder, checkpoint.Head, ct);
        long written = 0;
        foreach (var path in TilePath.Of(checkpoint.Head.Size, have))
        {
            var content = await ledger.Tiles.ReadAsync(path, ct)
                ?? throw new LedgerCorruptException($"The log of {checkpoint.Head.Size} events has no {path}.");
            var file = Path.Combine(folder, path.ToString());
            await WholeFile.WriteAsync(file, content, ct);
            if (path.IsFull && Directory.Exists(file + ".p"))
            {
                // The full tile begins with every narrower one.
                Directory.Delete(file + ".p", recursive: true);
            }

            progress?.Report(++written);
        }

        await WholeFile.WriteAsync(Path.Combine(folder, CheckpointName), Encoding.UTF8.GetBytes(checkpoint.Note), ct);
        return checkpoint;
    }

    /// <summary>How many entries the folder has already.</summary>
    private async Task<long> HaveAsync(string folder, TreeHead head, CancellationToken ct)
    {
        var file = Path.Combine(folder, CheckpointName);
        if (!File.Exists(file))
        {
            return 0;
        }

        var (origin, older) = TreeHead.ParseCheckpointText(SignedNote.Parse(await File.ReadAllTextAsync(file, ct)).Text);
        var continues = origin == ledger.Origin && older.Size <= head.Size
            && (await ledger.ProveConsistencyAsync(older.Size, head.Size, ct)).Proves(older, head);
        return continues
            ? older.Size
            : throw new LedgerCorruptException($"The log of {head.Size} events does not continue the checkpoint of {origin} at {older.Size} in the folder.");
    }
}
