namespace Seal.Ledger.Embedded;

/// <summary>
/// As whom PostgreSQL runs: as ourselves, or, because it refuses to run as root, as the user that Debian's package makes for it.
/// </summary>
internal sealed class PostgresAccount
{
    private const string UserName = "postgres";

    private readonly string? _user;

    private PostgresAccount(string? user) => _user = user;

    public static async Task<PostgresAccount> ChooseAsync(CancellationToken ct)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return new PostgresAccount(null);
        }

        var id = await ChildProcess.RunAsync("id", ["-u", UserName], "/", ct);
        return id.ExitCode == 0
            ? new PostgresAccount(UserName)
            : throw new EmbeddedPostgresException($"PostgreSQL refuses to run as root, and there is no user '{UserName}' to run it as; run as another user than root.");
    }

    /// <summary>Runs a program as that user.</summary>
    public Task<ProcessOutcome> RunAsync(string program, IReadOnlyList<string> arguments, string workingDirectory, CancellationToken ct) => _user is null
        ? ChildProcess.RunAsync(program, arguments, workingDirectory, ct)
        : ChildProcess.RunAsync("setpriv", ["--reuid=" + _user, "--regid=" + _user, "--init-groups", program, .. arguments], workingDirectory, ct);

    /// <summary>Makes a directory that is this user's alone.</summary>
    public async Task OwnDirectoryAsync(string directory, CancellationToken ct)
    {
        Directory.CreateDirectory(directory);
        await OwnAsync(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, ct);
    }

    /// <summary>Gives a file to this user alone.</summary>
    public Task OwnFileAsync(string file, CancellationToken ct) => OwnAsync(file, UnixFileMode.UserRead | UnixFileMode.UserWrite, ct);

    /// <summary>Whether this user can come to a directory: every directory above it must let them through.</summary>
    public async Task<bool> CanReachAsync(string directory, CancellationToken ct) =>
        _user is null || (await RunAsync("test", ["-w", directory], "/", ct)).ExitCode == 0;

    private async Task OwnAsync(string path, UnixFileMode mode, CancellationToken ct)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }

        if (_user is null)
        {
            return;
        }

        var chown = await ChildProcess.RunAsync("chown", [$"{_user}:", path], "/", ct);
        if (chown.ExitCode != 0)
        {
            throw new EmbeddedPostgresException($"'{path}' cannot be given to the user '{_user}': {chown.Output}");
        }
    }
}
