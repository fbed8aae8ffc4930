using System.Runtime.InteropServices;

namespace Seal.Ledger.Witnessing;

/// <summary>The names in a folder, as the disk has them.</summary>
internal static partial class FolderEntries
{
    private const int ReadOnly = 0;

    /// <summary>Makes sure that a renaming in a folder outlives a loss of power (fsync of the folder; Windows journals it by itself).</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public static void FlushToDisk(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = open(folder, ReadOnly);
        if (descriptor < 0)
        {
            throw Failure(folder);
        }

        try
        {
            if (fsync(descriptor) != 0)
            {
                throw Failure(folder);
            }
        }
        finally
        {
            _ = close(descriptor);
        }
    }

    private static IOException Failure(string folder) => new($"The folder {folder} cannot be written to disk: {Marshal.GetLastPInvokeErrorMessage()}");

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int open(string path, int flags);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", SetLastError = true)]
    private static partial int fsync(int descriptor);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int descriptor);
}
