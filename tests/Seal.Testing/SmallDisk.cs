using System.Diagnostics;
using System.Globalization;

namespace Seal.Testing;

/// <summary>A disk of its own, small enough to be filled: a file system in memory. To mount one takes rights that not everybody has.</summary>
public sealed class SmallDisk : IAsyncDisposable
{
    /// <summary>Why a test that needs one is skipped.</summary>
    public const string NotAllowed =
        "A disk that can be filled (tmpfs) has to be mounted, and that is not allowed here: run the tests as root, in a container with CAP_SYS_ADMIN.";

    private const int Megabytes = 200;

    // What a disk is called in the table of mounts, with the number of the process that it is for.
    private const string Name = "seal-small-disk-";

    private readonly string _directory;
    private readonly string _filler;

    private SmallDisk(string directory)
    {
        _directory = directory;
        _filler = Path.Combine(directory, "filler");
        Cluster = Path.Combine(directory, "cluster");
    }

    /// <summary>A folder on the disk where a cluster finds its place.</summary>
    public string Cluster { get; }

    /// <summary>Mounts a disk; null where that is not allowed. Disks of test runs that were killed are taken away first.</summary>
    public static async Task<SmallDisk?> MountAsync()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        foreach (var forgotten in await ForgottenAsync())
        {
            await RemoveAsync(forgotten);
        }

        var directory = Directory.CreateTempSubdirectory("seal-disk-").FullName;
        if (await RunAsync("mount", "-t", "tmpfs", "-o", $"size={Megabytes}m,mode=711", $"{Name}{Environment.ProcessId}", directory))
        {
            var disk = new SmallDisk(directory);
            Directory.CreateDirectory(disk.Cluster);
            return disk;
        }

        Directory.Delete(directory);
        return null;
    }

    /// <summary>Takes the room there is, but for so many bytes.</summary>
    public void Fill(long but = 0)
    {
        for (var part = 0; new DriveInfo(_directory).AvailableFreeSpace - but is > 0 and var room; part++)
        {
            try
            {
                using var filler = File.OpenHandle($"{_filler}{part}", FileMode.CreateNew, FileAccess.Write, preallocationSize: room);
            }
            catch (IOException)
            {
                // Somebody has taken some of the room meanwhile: take what is left.
            }
        }
    }

    /// <summary>Gives the room back.</summary>
    public void MakeRoom()
    {
        foreach (var part in Directory.EnumerateFiles(_directory, Path.GetFileName(_filler) + "*"))
        {
            File.Delete(part);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!await RemoveAsync(_directory))
        {
            throw new InvalidOperationException($"{_directory} cannot be unmounted.");
        }
    }

    /// <summary>Where disks are mounted whose process has ended.</summary>
    private static async Task<List<string>> ForgottenAsync() =>
    [
        .. (await File.ReadAllLinesAsync("/proc/self/mounts")).Select(line => line.Split(' '))
            .Where(mount => mount[0].StartsWith(Name, StringComparison.Ordinal)
                && int.TryParse(mount[0].AsSpan(Name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var process) && !Directory.Exists($"/proc/{process}"))
            .Select(mount => mount[1]),
    ];

    private static async Task<bool> RemoveAsync(string directory)
    {
        // Lazily: it is out of sight at once, and gone when nobody has a file open on it any more.
        if (!await RunAsync("umount", "--lazy", directory))
        {
            return false;
        }

        Directory.Delete(directory, recursive: true);
        return true;
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
