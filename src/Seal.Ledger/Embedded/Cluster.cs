using System.Globalization;
using Npgsql;

namespace Seal.Ledger.Embedded;

/// <summary>Makes, starts, provisions and stops the cluster in a place.</summary>
internal sealed class Cluster(ClusterPlace place, PostgresAccount account, PostgresBinaries binaries, ClusterPasswords passwords)
{
    public const string OwnerRole = "seal_owner";
    public const string ServiceRole = "seal_service";
    private const string SuperuserRole = "seal_superuser";
    private const string PatienceInSeconds = "60";

    // Before it ends, PostgreSQL writes all that it holds in memory; with a slow disk and much memory that takes its time.
    private const string PatienceToStopInSeconds = "600";
    private const int Attempts = 5;

    /// <summary>Bytes of one file of the write-ahead log: with less room, PostgreSQL cannot begin another and stops.</summary>
    private const long LogFile = 16 << 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public Postmaster? Postmaster { get; private set; }

    /// <summary>Makes the cluster if there is none. A half-made one, from a start that was killed, is thrown away.</summary>
    public async Task CreateAsync(CancellationToken ct)
    {
        if (!Directory.Exists(place.Data))
        {
            var draft = place.Data + ".new";
            if (Directory.Exists(draft))
            {
                Directory.Delete(draft, recursive: true);
            }

            var password = Path.Combine(place.Root, "initial-password");
            await File.WriteAllTextAsync(password, passwords.Superuser + "\n", ct);
            await account.OwnFileAsync(password, ct);
            await RunAsync(binaries.InitDb, ["--pgdata=" + draft, "--username=" + SuperuserRole, "--pwfile=" + password, "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-instructions"], ct);
            File.Delete(password);
            await File.AppendAllTextAsync(Path.Combine(draft, "postgresql.conf"), "\ninclude = 'seal.conf'\n", ct);
            await WriteSettingsAsync(draft, ct);
            Directory.Move(draft, place.Data);
        }

        var real = await ChildProcess.RunAsync("realpath", [place.Data], "/", ct);
        Postmaster = new Postmaster(real.Output, place.Socket);
    }

    /// <summary>Starts the server unless it runs already, and sees that roles and database are there.</summary>
    /// <remarks>
    /// Tried more than once: a server that was just killed may still hold its shared memory for a moment, and one that is
    /// just starting may be killed again.
    /// </remarks>
    public async Task StartAsync(CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (Postmaster!.Find() is null)
                {
                    await StartServerAsync(ct);
                }

                await ProvisionAsync(ct);
                return;
            }
            catch (Exception e) when (e is EmbeddedPostgresException or NpgsqlException && attempt < Attempts)
            {
                await Task.Delay(Pause, ct);
            }
        }
    }

    public async Task StopAsync(CancellationToken ct)
    {
        if (Postmaster!.Find() is not null)
        {
            await RunAsync(binaries.PgCtl, ["stop", "--pgdata=" + place.Data, "--mode=fast", "--wait", "--timeout=" + PatienceToStopInSeconds], ct);
        }
    }

    public async Task CreateDatabaseAsync(string name, CancellationToken ct) => await ExecuteAsync($"create database {Storage.Sql.Quote(name)} owner {OwnerRole}", ct);

    public async Task DropDatabaseAsync(string name, CancellationToken ct) => await ExecuteAsync($"drop database if exists {Storage.Sql.Quote(name)} with (force)", ct);

    public DatabaseAccess AccessTo(string database) =>
        new(Connection(ServiceRole, passwords.Service, database), Connection(OwnerRole, passwords.Owner, database));

    private async Task StartServerAsync(CancellationToken ct)
    {
        await Postmaster!.ClearAwayAsync(ct);
        await WriteSettingsAsync(place.Data, ct);
        await RunAsync(binaries.PgCtl, ["start", "--pgdata=" + place.Data, "--wait", "--timeout=" + PatienceInSeconds, "--log=" + Path.Combine(place.Log, "start.log")], ct);
    }

    private async Task ProvisionAsync(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(Connection(SuperuserRole, passwords.Superuser, "postgres") + ";Pooling=false");
        await connection.OpenAsync(ct);
        foreach ((var role, var password, var right) in new[] { (OwnerRole, passwords.Owner, "createdb"), (ServiceRole, passwords.Service, "nocreatedb") })
        {
            if (!await ExistsAsync(connection, "select exists (select from pg_roles where rolname = $1)", role, ct))
            {
                await ExecuteAsync(connection, $"create role {role} login {right} password '{password}'", ct);
            }
        }

        if (!await ExistsAsync(connection, "select exists (select from pg_database where datname = $1)", EmbeddedPostgres.DatabaseName, ct))
        {
            await ExecuteAsync(connection, $"create database {EmbeddedPostgres.DatabaseName} owner {OwnerRole}", ct);
        }
    }

    /// <summary>An eighth of the memory there is, within bounds.</summary>
    private static long SharedMegabytes() => long.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8 / (1 << 20), 128, 1024);

    private async Task WriteSettingsAsync(string data, CancellationToken ct)
    {
        var settings = string.Create(CultureInfo.InvariantCulture, $"""
            # Written at a start if it is not as it should be.
            listen_addresses = ''
            port = 5432
            unix_socket_directories = '{place.Socket.Replace("'", "''", StringComparison.Ordinal)}'
            unix_socket_permissions = 0700
            password_encryption = 'scram-sha-256'
            max_connections = 300
            fsync = on
            synchronous_commit = on
            full_page_writes = on
            # A busy ledger writes a gigabyte in seconds: with the default, whole pages would go to the log again and again.
            max_wal_size = '4GB'
            checkpoint_timeout = '15min'
            shared_buffers = '{SharedMegabytes()}MB'
            timezone = 'UTC'
            jit = off
            logging_collector = on
            log_directory = '{place.Log.Replace("'", "''", StringComparison.Ordinal)}'
            log_filename = 'postgresql-%a.log'
            log_truncate_on_rotation = on
            log_rotation_age = 1d
            log_timezone = 'UTC'

            """);
        var file = Path.Combine(data, "seal.conf");
        if (File.Exists(file) && await File.ReadAllTextAsync(file, ct) == settings)
        {
            return;
        }

        // There whole or not at all: on a full disk a file written over would be left empty.
        var draft = file + ".new";
        await File.WriteAllTextAsync(draft, settings, ct);
        await account.OwnFileAsync(draft, ct);
        File.Move(draft, file, overwrite: true);
    }

    private string Connection(string role, string password, string database) => new NpgsqlConnectionStringBuilder
    {
        Host = place.Socket,
        Port = 5432,
        Username = role,
        Password = password,
        Database = database,
    }.ConnectionString;

    private async Task ExecuteAsync(string sql, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(Connection(SuperuserRole, passwords.Superuser, "postgres") + ";Pooling=false");
        await connection.OpenAsync(ct);
        await ExecuteAsync(connection, sql, ct);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = Storage.Sql.Command(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task<bool> ExistsAsync(NpgsqlConnection connection, string sql, string name, CancellationToken ct)
    {
        await using var command = Storage.Sql.Command(sql, connection, Storage.Sql.Text(name));
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    private async Task RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var outcome = await account.RunAsync(program, arguments, place.Root, ct);
        if (outcome.ExitCode == 0)
        {
            return;
        }

        var room = new DriveInfo(place.Root).AvailableFreeSpace;
        var full = room < LogFile ? $"the disk of '{place.Root}' is full ({room / 1024} KiB are free), make room on it; " : "";
        throw new EmbeddedPostgresException(
            $"'{Path.GetFileName(program)} {arguments[0]}' failed; {full}PostgreSQL's own words are in '{place.Log}'. {outcome.Output}")
        {
            IsDiskFull = room < LogFile,
        };
    }
}
