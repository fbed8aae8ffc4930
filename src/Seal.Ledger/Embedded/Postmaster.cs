using System.Globalization;

namespace Seal.Ledger.Embedded;

/// <summary>The server process of a cluster, as the system sees it.</summary>
internal sealed class Postmaster(string dataDirectory, string socketDirectory)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private string PidFile => Path.Combine(dataDirectory, "postmaster.pid");

    /// <summary>The process id, or null if the server is not running.</summary>
    public int? Find()
    {
        string? first;
        try
        {
            first = File.ReadLines(PidFile).FirstOrDefault();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        return int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && IsOurs(pid) ? pid : null;
    }

    /// <summary>
    /// After a kill: waits until the server's orphaned children have gone, then takes away its lock files. PostgreSQL would see
    /// a server still running when the dead one was not yet reaped by its parent, or when its number belongs to another process by now.
    /// </summary>
    public async Task ClearAwayAsync(CancellationToken ct)
    {
        while (Processes().Any(IsOurs))
        {
            await Task.Delay(Pause, ct);
        }

        File.Delete(PidFile);
        File.Delete(Path.Combine(socketDirectory, ".s.PGSQL.5432.lock"));
    }

    private static IEnumerable<int> Processes() => Directory.EnumerateDirectories("/proc")
        .Select(d => int.TryParse(Path.GetFileName(d), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0)
        .Where(pid => pid != 0);

    /// <summary>Alive, not a zombie, and at work in this data directory, as every process of a PostgreSQL server is.</summary>
    private bool IsOurs(int pid)
    {
        try
        {
            // A zombie has no working directory any more.
            var at = File.ResolveLinkTarget($"/proc/{pid}/cwd", returnFinalTarget: false)?.FullName;
            return at == dataDirectory && File.ReadAllText($"/proc/{pid}/comm").StartsWith("postgres", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
