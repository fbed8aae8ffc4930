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

    /// <summary>Opens the store in a folder of its own.</summary>
    public FileStore(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Takes in a stream, hashing it on the way.</summary>
    /// <exception cref="ProblemException">It is longer than the limit; nothing is kept.</exception>
    public async Task<StoredFile> TakeAsync(Stream content, long limit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(content);
        var key = NewKey();
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

    /// <summary>Creates an empty file to write to.</summary>
    public FileStream Create(string key) => new(PathOf(key), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);

    /// <summary>Opens a file to read; <c>null</c> when it is not there any more.</summary>
    public FileStream? Open(string key) => File.Exists(PathOf(key)) ? new(PathOf(key), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete) : null;

    /// <summary>Deletes a file, if it is there.</summary>
    public void Delete(string key) => File.Delete(PathOf(key));

    /// <summary>Deletes everything last written before a time (UTC).</summary>
    public int DeleteOlderThan(DateTimeOffset time)
    {
        var old = new DirectoryInfo(_folder).GetFiles().Where(file => file.LastWriteTimeUtc < time.UtcDateTime).ToList();
        old.ForEach(file => file.Delete());
        return old.Count;
    }

    private string PathOf(string key) => key.Length is > 0 and <= 200 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' && key[0] != '.')
        ? Path.Combine(_folder, key)
        : throw new ProblemException(RequestProblems.NothingHere);
}
