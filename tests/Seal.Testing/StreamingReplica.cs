using System.Diagnostics;
using Npgsql;

namespace Seal.Testing;

/// <summary>A streaming replica of a PostgreSQL on a Unix socket: made by pg_basebackup, as a standby, run by the account that runs the primary.</summary>
public sealed class StreamingReplica : IAsyncDisposable
{
    private const string Account = "postgres";

    private readonly string _folder;
    private readonly string _programs;
    private readonly string _superuser;

    private StreamingReplica(string folder, string programs, string superuser) => (_folder, _programs, _superuser) = (folder, programs, superuser);

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Makes it and starts it.</summary>
    /// <param name="superuser">A connection of the primary's superuser.</param>
    public static async Task<StreamingReplica> StartAsync(string superuser)
    {
        var folder = Directory.CreateTempSubdirectory("seal-replica-").FullName;
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", [$"{Account}:", folder], folder);
        }

        var primary = new NpgsqlConnectionStringBuilder(superuser);
        var replica = new StreamingReplica(folder, await AskAsync(superuser, "select setting from pg_config where name = 'BINDIR'"), superuser);
        await replica.RunAsync(
            "pg_basebackup",
            [$"--pgdata={replica.Data}", $"--host={primary.Host}", $"--port={primary.Port}", $"--username={primary.Username}", "--checkpoint=fast", "--write-recovery-conf"],
            primary.Password);
        await File.AppendAllTextAsync(Path.Combine(replica.Data, "postgresql.auto.conf"), $"""

            unix_socket_directories = '{folder}'
            shared_buffers = '32MB'
            logging_collector = off
            """);
        await replica.StartAgainAsync();
        return replica;
    }

    /// <summary>The same connection, to the replica.</summary>
    public string Of(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString) { Host = _folder }.ConnectionString;

    /// <summary>Asks the replica as its superuser.</summary>
    /// <param name="sql">A question with one answer.</param>
    /// <param name="like">In the database of this connection.</param>
    public Task<string> AskReplicaAsync(string sql, string like) => AskAsync(
        new NpgsqlConnectionStringBuilder(Of(_superuser)) { Database = new NpgsqlConnectionStringBuilder(like).Database }.ConnectionString, sql);

    /// <summary>Waits until it has replayed all that the primary has written until now.</summary>
    public async Task CaughtUpAsync() =>
        await UntilAsync($"select (pg_last_wal_replay_lsn() >= '{await AskAsync(_superuser, "select pg_current_wal_lsn()::text")}'::pg_lsn)::text");

    /// <summary>Replays no more, though it still receives.</summary>
    public async Task PauseAsync()
    {
        await AskReplicaAsync("select pg_wal_replay_pause()::text", _superuser);
        await UntilAsync("select (pg_get_wal_replay_pause_state() = 'paused')::text");
    }

    /// <summary>Replays again.</summary>
    public Task ResumeAsync() => AskReplicaAsync("select pg_wal_replay_resume()::text", _superuser);

    /// <summary>Makes it a primary of its own.</summary>
    public Task PromoteAsync() => AskReplicaAsync("select pg_promote()::text", _superuser);

    /// <summary>Ends it at once, as a crash would.</summary>
    public Task KillAsync() => RunAsync("pg_ctl", ["stop", "--silent", $"--pgdata={Data}", "--mode=immediate"]);

    /// <summary>Starts it after it was killed.</summary>
    public Task StartAgainAsync() => RunAsync("pg_ctl", ["start", "--silent", $"--pgdata={Data}", "--wait", $"--log={_folder}/log"]);

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
        {
            await KillAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task UntilAsync(string condition)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (await AskReplicaAsync(condition, _superuser) != "true")
        {
            await timer.WaitForNextTickAsync();
        }
    }

    private static async Task<string> AskAsync(string connectionString, string sql)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var command = database.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Runs one of PostgreSQL's programs, as its account: it refuses to run as root.</summary>
    private Task RunAsync(string program, string[] arguments, string? password = null) => Environment.IsPrivilegedProcess
        ? RunAsync("setpriv", [$"--reuid={Account}", $"--regid={Account}", "--init-groups", Path.Combine(_programs, program), .. arguments], _folder, password)
        : RunAsync(Path.Combine(_programs, program), arguments, _folder, password);

    private static async Task RunAsync(string program, string[] arguments, string folder, string? password = null)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder };
        start.Environment["PGPASSWORD"] = password;
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {arguments[0]} ended with {process.ExitCode}.");
        }
    }
}
