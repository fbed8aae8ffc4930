using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Seal.Testing;

/// <summary>A PgBouncer in transaction mode before a PostgreSQL on a Unix socket, on a free port of this machine alone.</summary>
public sealed class PgBouncer : IAsyncDisposable
{
    private const string Account = "postgres";

    private readonly Process _process;
    private readonly string _folder;
    private readonly int _port;

    private PgBouncer(Process process, string folder, int port) => (_process, _folder, _port) = (process, folder, port);

    /// <summary>Starts it for the users of some connection strings that lead to the server itself.</summary>
    public static async Task<PgBouncer> StartAsync(params IReadOnlyList<string> connectionStrings)
    {
        var users = connectionStrings.Select(text => new NpgsqlConnectionStringBuilder(text)).ToList();
        var folder = Directory.CreateTempSubdirectory("seal-pgbouncer-").FullName;
        var port = FreePort();
        await File.WriteAllLinesAsync(Path.Combine(folder, "users.txt"), users.Select(user => $"\"{user.Username}\" \"{user.Password}\""));
        var settings = Path.Combine(folder, "pgbouncer.ini");
        await File.WriteAllTextAsync(settings, string.Create(CultureInfo.InvariantCulture, $"""
            [databases]
            * = host={users[0].Host} port={users[0].Port}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = scram-sha-256
            auth_file = {folder}/users.txt
            pool_mode = transaction
            default_pool_size = 10
            max_client_conn = 1000
            logfile = {folder}/pgbouncer.log
            """));

        // It refuses to run as root, and only the server's own account can come to the server's socket.
        var start = new ProcessStartInfo(Environment.IsPrivilegedProcess ? "setpriv" : "pgbouncer") { RedirectStandardError = true };
        start.Environment["PATH"] += ":/usr/sbin";
        if (Environment.IsPrivilegedProcess)
        {
            using var chown = Process.Start("chown", ["-R", $"{Account}:", folder]);
            await chown.WaitForExitAsync();
            foreach (var argument in new[] { $"--reuid={Account}", $"--regid={Account}", "--init-groups", "pgbouncer" })
            {
                start.ArgumentList.Add(argument);
            }
        }

        start.ArgumentList.Add("--quiet");
        start.ArgumentList.Add(settings);
        var process = Process.Start(start)!;
        var bouncer = new PgBouncer(process, folder, port);
        var said = process.StandardError.ReadToEndAsync();
        while (!await bouncer.AnswersAsync())
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"PgBouncer did not start: {await said}");
            }
        }

        return bouncer;
    }

    /// <summary>The same connection, through it.</summary>
    public string Through(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Host = "127.0.0.1", Port = _port }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, _port);
            return true;
        }
        catch (SocketException)
        {
            await Task.Yield();
            return false;
        }
    }
}
