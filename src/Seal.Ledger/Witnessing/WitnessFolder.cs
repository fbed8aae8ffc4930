using System.Security.Cryptography;
using System.Text;
using Seal.Ledger.Tiles;

namespace Seal.Ledger.Witnessing;

/// <summary>
/// A witness's memory in a folder: a file per log, named after the SHA-256 of its origin, that holds the last checkpoint. One
/// process at a time: two with one memory could cosign two trees.
/// </summary>
public sealed class WitnessFolder : IWitnessMemory, IDisposable
{
    private readonly string _folder;
    private readonly FileStream _lock;

    private WitnessFolder(string folder)
    {
        _folder = folder;
        _lock = new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    /// <summary>Opens a folder; makes it if it is missing.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The memory; dispose of it to let another process have it.</returns>
    /// <exception cref="IOException">Another process has it, or it cannot be written.</exception>
    public static WitnessFolder Open(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Directory.CreateDirectory(folder);
        return new WitnessFolder(folder);
    }

    /// <inheritdoc/>
    public async Task<string?> ReadAsync(string origin, CancellationToken ct)
    {
        var file = FileOf(origin, "checkpoint");
        return File.Exists(file) ? await File.ReadAllTextAsync(file, ct) : null;
    }

    /// <inheritdoc/>
    public Task KeepAsync(string origin, string note) => WriteAsync(FileOf(origin, "checkpoint"), note);

    /// <inheritdoc/>
    public async Task KeepContradictionAsync(string origin, string note)
    {
        var file = FileOf(origin, "contradiction");
        if (!File.Exists(file))
        {
            await WriteAsync(file, note);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private async Task WriteAsync(string file, string note)
    {
        await WholeFile.WriteAsync(file, Encoding.UTF8.GetBytes(note), CancellationToken.None);
        // The file's bytes are on disk, but not yet that they have its name.
        FolderEntries.FlushToDisk(_folder);
    }

    private string FileOf(string origin, string kind) => Path.Combine(_folder, $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)))}.{kind}");
}
