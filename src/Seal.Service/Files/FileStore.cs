using System.Security.Cryptography;
using Seal.Service.Problems;

namespace Seal.Service.Files;

/// <summary>A file that waits to be sealed or fetched.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Digest">SHA-256 of its content, lower-case hex.</param>
/// <param name="Length">Its length in bytes.</param>
public sealed record StoredFile(string Key, string Digest, long Length);

/// <summary>
/// The files under way: uploaded documents and sealed ones that wait to be fetched. They live in a folder, are deleted once
/// fetched or expired, and nothing else in the system keeps a document.
/// </summary>
public sealed class FileStore
{
    private readonly string _folder;
    private readonly long _spare;

    /// <summary>Opens the store in a folder of its own.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="spare">Bytes of the disk that are left to others, the ledger above all.</param>
    public FileStore(string folder, long spare = 0)
    {
        _folder = folder;
        _spare = spare;
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Takes in a stream, hashing it on the way.</summary>
    /// <param name="content">What to keep.</param>
    /// <param name="limit">Longest allowed length in bytes.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="owner">Whose it is, letters and digits; <c>null</c> when nobody counts.</param>
    /// <exception cref="ProblemException">It is longer than the limit, or the disk is full; nothing is kept.</exception>
    public async Task<StoredFile> TakeAsync(Stream content, long limit, CancellationToken cancellation, string? owner = null)
    {
        ArgumentNullException.ThrowIfNull(content);
        var key = owner is null ? NewKey() : $"{owner}.{NewKey()}";
        try
        {
            await using var file = Create(key);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var chunk = new byte[81920];
            long length = 0;
            for (int read; (read = await content.ReadAsync(chunk, cancellation)) > 0;)
            {
                length += read;
                if (length > limit)
                {
                    throw new ProblemException(RequestProblems.FileTooLarge(limit));
                }

                hash.AppendData(chunk, 0, read);
                await file.WriteAsync(chunk.AsMemory(0, read), cancellation);
            }

            return new StoredFile(key, Convert.ToHexStringLower(hash.GetHashAndReset()), length);
        }
        catch
        {
            Delete(key);
            throw;
        }
    }

    /// <summary>A fresh, unguessable key.</summary>
    public static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>How many bytes are kept of one owner, files under way included.</summary>
    public long BytesOf(string owner) => FolderOf(owner) is { Exists: true } folder ? folder.GetFiles().Sum(file => file.Length) : 0;

    /// <summary>Creates an empty file to write to.</summary>
    /// <exception cref="ProblemException">The disk is full but for what is spared.</exception>
    public FileStream Create(string key)
    {
        var path = PathOf(key);
        if (new DriveInfo(_folder).AvailableFreeSpace < _spare)
        {
            throw new ProblemException(RequestProblems.StorageFull);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
    }

    /// <summary>Creates an empty file to write to; <c>null</c> when there is one already.</summary>
    /// <exception cref="ProblemException">The disk is full but for what is spared.</exception>
    public FileStream? TryCreate(string key)
    {
        try
        {
            return Create(key);
        }
        catch (IOException) when (File.Exists(PathOf(key)))
        {
            return null;
        }
    }

    /// <summary>Puts what was written to a file on the disk itself, so that it outlives a power cut.</summary>
    public static void Settle(FileStream file)
    {
        ArgumentNullException.ThrowIfNull(file);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Opens a file to read; <c>null</c> when it is not there any more.</summary>
    public FileStream? Open(string key) => File.Exists(PathOf(key)) ? new(PathOf(key), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete) : null;

    /// <summary>Opens a file of one owner to read; <c>null</c> when it is not there any more, or is not theirs.</summary>
    public FileStream? OpenOf(string owner, string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.StartsWith($"{owner}.", StringComparison.Ordinal) ? Open(key) : null;
    }

    /// <summary>Deletes a file, if it is there.</summary>
    public void Delete(string key) => File.Delete(PathOf(key));

    /// <summary>Deletes everything of one owner.</summary>
    public void DeleteOf(string owner)
    {
        if (FolderOf(owner) is { Exists: true } folder)
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Deletes everything last written before a time (UTC).</summary>
    public int DeleteOlderThan(DateTimeOffset time)
    {
        var old = new DirectoryInfo(_folder).GetFiles("*", SearchOption.AllDirectories).Where(file => file.LastWriteTimeUtc < time.UtcDateTime).ToList();
        old.ForEach(file => file.Delete());
        return old.Count;
    }

    private string PathOf(string key) => key.Length is > 0 and <= 200 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' && key[0] != '.')
        ? Path.Combine([_folder, .. key.Split('.')])
        : throw new ProblemException(RequestProblems.NothingHere);

    // What has an owner lies in a folder of that owner's, so that counting it needs no look at everybody else's.
    private DirectoryInfo FolderOf(string owner) => new(PathOf(owner));
}
