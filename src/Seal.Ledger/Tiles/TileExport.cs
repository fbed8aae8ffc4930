using System.Diagnostics.CodeAnalysis;
using System.Text;
using Seal.Ledger.Auditing;

namespace Seal.Ledger.Tiles;

/// <summary>
/// Writes the log to a folder in the layout of C2SP tlog-tiles: <c>checkpoint</c>, <c>tile/L/N</c> and
/// <c>tile/entries/N</c>. Any web server can publish the folder, and an auditor needs nothing else.
/// </summary>
/// <param name="source">The log.</param>
public sealed class TileExport(ITileSource source)
{
    /// <summary>Writes a ledger of this process.</summary>
    /// <param name="ledger">The log.</param>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "It holds nothing of its own.")]
    public TileExport(EventLedger ledger)
        : this(new LedgerTileSource(ledger))
    {
    }

    /// <summary>Name of the checkpoint's file.</summary>
    public const string CheckpointName = "checkpoint";

    /// <summary>Name of the file with the newest checkpoint that enough witnesses cosigned.</summary>
    public const string WitnessedName = "witnessed-checkpoint";

    /// <summary>
    /// Brings a folder up to the newest checkpoint. Only what is new is written, each file atomically and the checkpoint last,
    /// so that a reader, and a run that broke off, always has a whole log before it.
    /// </summary>
    /// <param name="folder">The folder; made if missing.</param>
    /// <param name="progress">Told how many entries are there of how many; null if nobody asks.</param>
    /// <param name="ct">Gives up; the folder stays at its older checkpoint.</param>
    /// <returns>The checkpoint the folder is at.</returns>
    /// <exception cref="LedgerCorruptException">The log does not continue the folder's checkpoint, or lacks a tile.</exception>
    /// <exception cref="FormatException">The folder's checkpoint, or the log's, is none.</exception>
    /// <exception cref="SourceUnreadableException">The log cannot be read.</exception>
    public async Task<SignedCheckpoint> ExportAsync(string folder, IProgress<AuditProgress>? progress, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var note = await source.CheckpointAsync(ct) ?? throw new LedgerCorruptException("The log has no checkpoint.");
        var (origin, head) = TreeHead.ParseCheckpointText(SignedNote.Parse(note).Text);
        var checkpoint = new SignedCheckpoint(head, note);
        var have = await HaveAsync(folder, origin, head, ct);
        var written = have;
        foreach (var path in TilePath.Of(head.Size, have))
        {
            var content = await source.ReadAsync(path, ct)
                ?? throw new LedgerCorruptException($"The log of {checkpoint.Head.Size} events has no {path}.");
            var file = Path.Combine(folder, path.ToString());
            await WholeFile.WriteAsync(file, content, ct);
            if (path.IsFull && Directory.Exists(file + ".p"))
            {
                // The full tile begins with every narrower one.
                Directory.Delete(file + ".p", recursive: true);
            }

            // Bundles come first and are nearly all of it.
            written += path.IsEntries ? path.Width : 0;
            progress?.Report(new AuditProgress(long.Min(written, head.Size), head.Size));
        }

        await foreach (var cosigned in source.CosignedAsync(ct))
        {
            // The log may have grown meanwhile, and a folder's checkpoints are all of what is in it.
            if (TreeHead.ParseCheckpointText(SignedNote.Parse(cosigned).Text).Head.Size <= head.Size)
            {
                await WholeFile.WriteAsync(Path.Combine(folder, WitnessedName), Encoding.UTF8.GetBytes(cosigned), ct);
                break;
            }
        }

        await WholeFile.WriteAsync(Path.Combine(folder, CheckpointName), Encoding.UTF8.GetBytes(checkpoint.Note), ct);
        return checkpoint;
    }

    /// <summary>How many entries the folder has already.</summary>
    private async Task<long> HaveAsync(string folder, string origin, TreeHead head, CancellationToken ct)
    {
        var file = Path.Combine(folder, CheckpointName);
        if (!File.Exists(file))
        {
            return 0;
        }

        var (exported, older) = TreeHead.ParseCheckpointText(SignedNote.Parse(await File.ReadAllTextAsync(file, ct)).Text);
        var continues = exported == origin && older.Size <= head.Size
            && (await TileConsistency.ProveAsync(source, older.Size, head.Size, ct)).Proves(older, head);
        return continues
            ? older.Size
            : throw new LedgerCorruptException($"The log of {head.Size} events does not continue the checkpoint of {exported} at {older.Size} in the folder.");
    }
}
