using System.Globalization;
using System.Text.RegularExpressions;

namespace Seal.Ledger.Embedded;

/// <summary>Where PostgreSQL's programs are.</summary>
internal sealed partial record PostgresBinaries(string Directory, int MajorVersion)
{
    public const int LeastVersion = 15;

    public string InitDb => Path.Combine(Directory, "initdb");

    public string PgCtl => Path.Combine(Directory, "pg_ctl");

    /// <summary>Finds the programs that fit a cluster, or the newest when there is no cluster yet.</summary>
    /// <param name="clusterVersion">The major version that made the cluster.</param>
    /// <param name="ct">Cancels the search.</param>
    public static async Task<PostgresBinaries> FindAsync(int? clusterVersion, CancellationToken ct)
    {
        var found = new List<PostgresBinaries>();
        foreach (var directory in Candidates())
        {
            var outcome = await ChildProcess.RunAsync(Path.Combine(directory, "initdb"), ["--version"], "/", ct);
            var version = MajorVersionPattern().Match(outcome.Output);
            if (outcome.ExitCode == 0 && version.Success)
            {
                found.Add(new PostgresBinaries(directory, int.Parse(version.Groups[1].Value, CultureInfo.InvariantCulture)));
            }
        }

        if (clusterVersion is { } made)
        {
            return found.Find(b => b.MajorVersion == made)
                ?? throw new EmbeddedPostgresException($"The cluster was made by PostgreSQL {made}, whose programs are not here; install postgresql-{made}.");
        }

        return found.Where(b => b.MajorVersion >= LeastVersion).MaxBy(b => b.MajorVersion)
            ?? throw new EmbeddedPostgresException($"PostgreSQL {LeastVersion} or later is not here (initdb and pg_ctl); type: apt-get install postgresql");
    }

    private static IEnumerable<string> Candidates()
    {
        IEnumerable<string> path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

        // Debian and Red Hat keep one directory per version, off the path.
        var debian = Versions("/usr/lib/postgresql", "*").Select(v => Path.Combine(v, "bin"));
        var redHat = Versions("/usr", "pgsql-*").Select(v => Path.Combine(v, "bin"));
        return path.Concat(debian).Concat(redHat).Where(d => File.Exists(Path.Combine(d, "initdb")) && File.Exists(Path.Combine(d, "pg_ctl"))).Distinct();
    }

    private static IEnumerable<string> Versions(string parent, string pattern) =>
        System.IO.Directory.Exists(parent) ? System.IO.Directory.EnumerateDirectories(parent, pattern) : [];

    [GeneratedRegex(@"\(PostgreSQL\) (\d+)")]
    private static partial Regex MajorVersionPattern();
}
