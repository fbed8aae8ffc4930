using System.Security.Cryptography;
using System.Text;

namespace Seal.Ledger.Embedded;

/// <summary>Where the files of a cluster lie.</summary>
internal sealed record ClusterPlace(string Root, string Socket)
{
    /// <summary>A Unix socket's path has room for 107 bytes; PostgreSQL adds <c>/.s.PGSQL.5432</c>, and <c>.lock</c> beside it.</summary>
    private const int LongestSocketDirectory = 107 - 19;

    private const string WhereRootKeepsIt = "/var/lib/seal";

    public string Data => Path.Combine(Root, "data");

    public string Log => Path.Combine(Root, "log");

    public string Passwords => Path.Combine(Root, "passwords");

    /// <summary>Takes the directory asked for or, where the PostgreSQL user cannot come to it (such as below <c>/root</c>), one that it can.</summary>
    public static async Task<ClusterPlace> ChooseAsync(string directory, PostgresAccount account, CancellationToken ct)
    {
        var wanted = Path.GetFullPath(directory);
        await account.OwnDirectoryAsync(wanted, ct);
        var root = wanted;
        if (!await account.CanReachAsync(wanted, ct))
        {
            root = Path.Combine(WhereRootKeepsIt, "postgres-" + Name(wanted));
            Directory.CreateDirectory(WhereRootKeepsIt);
            await account.OwnDirectoryAsync(root, ct);
            if (!await account.CanReachAsync(root, ct))
            {
                throw new EmbeddedPostgresException($"PostgreSQL refuses to run as root, and its own user can come neither to '{wanted}' nor to '{root}'; choose another data directory.");
            }

            await File.WriteAllTextAsync(Path.Combine(wanted, "moved-to.txt"), root + "\n", ct);
        }

        var socket = Path.Combine(root, "socket");
        if (Encoding.UTF8.GetByteCount(socket) > LongestSocketDirectory)
        {
            socket = Path.Combine(Path.GetTempPath(), "seal-postgres-" + Name(root));
        }

        await account.OwnDirectoryAsync(socket, ct);
        var place = new ClusterPlace(root, socket);
        await account.OwnDirectoryAsync(place.Log, ct);
        return place;
    }

    private static string Name(string path) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)).AsSpan(0, 8));
}
