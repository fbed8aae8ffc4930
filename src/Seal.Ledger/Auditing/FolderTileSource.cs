using System.Runtime.CompilerServices;
using Seal.Ledger.Tiles;

namespace Seal.Ledger.Auditing;

/// <summary>A log in a folder, as <see cref="TileExport"/> or any other tlog-tiles tool writes it.</summary>
/// <param name="folder">The folder with <c>checkpoint</c> and <c>tile/</c> in it.</param>
public sealed class FolderTileSource(string folder) : ITileSource
{
    /// <inheritdoc/>
    public Task<string?> CheckpointAsync(CancellationToken ct) => ReadAsync(
        TileExport.CheckpointName, async file => (string?)await File.ReadAllTextAsync(file, ct));

    /// <inheritdoc/>
    public async Task<byte[]?> ReadAsync(TilePath path, CancellationToken ct) =>
        await ReadAsync(path.ToString(), async file => (byte[]?)await File.ReadAllBytesAsync(file, ct))
        // A log may delete a partial tile once it has the full one, which begins with it.
        ?? (path is { IsFull: false, Level: not null } && await ReadAsync(path with { Width = Merkle.HashTile.FullWidth }, ct) is { } full
            ? full[..int.Min(path.Width * Merkle.MerkleHash.Size, full.Length)]
            : null);

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> CosignedAsync([EnumeratorCancellation] CancellationToken ct)
    {
        if (await ReadAsync(TileExport.WitnessedName, async file => (string?)await File.ReadAllTextAsync(file, ct)) is { } note)
        {
            yield return note;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<T?> ReadAsync<T>(string name, Func<string, Task<T?>> read)
        where T : class
    {
        try
        {
            return await read(Path.Combine(folder, name));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return Directory.Exists(folder) ? null : throw new SourceUnreadableException($"There is no folder {folder}.", missing);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new SourceUnreadableException($"The file {name} cannot be read: {unreadable.Message}", unreadable);
        }
    }
}
