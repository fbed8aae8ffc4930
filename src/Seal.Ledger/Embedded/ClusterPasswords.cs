using System.Security.Cryptography;

namespace Seal.Ledger.Embedded;

/// <summary>The random passwords of the cluster's three roles, kept in a file that only its owner reads.</summary>
internal sealed record ClusterPasswords(string Superuser, string Owner, string Service)
{
    public static async Task<ClusterPasswords> LoadOrCreateAsync(string file, PostgresAccount account, CancellationToken ct)
    {
        if (!File.Exists(file))
        {
            // Under another name first: a torn file would lock everyone out for ever.
            var draft = file + ".new";
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            await using (var stream = new FileStream(draft, options))
            await using (var writer = new StreamWriter(stream))
            {
                for (var i = 0; i < 3; i++)
                {
                    await writer.WriteLineAsync(RandomNumberGenerator.GetHexString(48, lowercase: true).AsMemory(), ct);
                }
            }

            await account.OwnFileAsync(draft, ct);
            File.Move(draft, file);
        }

        var lines = await File.ReadAllLinesAsync(file, ct);
        return lines.Length == 3
            ? new ClusterPasswords(lines[0], lines[1], lines[2])
            : throw new EmbeddedPostgresException($"'{file}' does not hold the three passwords of the cluster.");
    }
}
