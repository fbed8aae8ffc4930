using System.Globalization;

namespace Seal.Ledger.Embedded;

/// <summary>
/// A private PostgreSQL cluster that this process starts and stops: reachable only through a Unix socket in its own
/// directory, with random passwords, fully durable.
/// </summary>
/// <remarks>
/// The server is no child that dies with us: when this process is killed it runs on, and the next start adopts it.
/// As root it runs as the user <c>postgres</c>; if that user cannot come to the directory, the cluster is put below
/// <c>/var/lib/seal</c>, and the directory says so in <c>moved-to.txt</c>.
/// </remarks>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    /// <summary>Name of the database that is always there.</summary>
    public const string DatabaseName = "seal";

    private readonly Cluster _cluster;
    private readonly DatabaseAccess _access;
    private readonly SemaphoreSlim _one = new(1);
    private bool _stopped;

    private EmbeddedPostgres(Cluster cluster, string location)
    {
        _cluster = cluster;
        _access = cluster.AccessTo(DatabaseName);
        Location = location;
    }

    /// <summary>Where the cluster's files are; not the directory asked for if PostgreSQL could not come to that.</summary>
    public string Location { get; }

    /// <summary>For the service's role, to the database <see cref="DatabaseName"/>.</summary>
    public string ConnectionString => _access.ConnectionString;

    /// <summary>For the role that owns the schema, to the database <see cref="DatabaseName"/>.</summary>
    public string OwnerConnectionString => _access.OwnerConnectionString;

    /// <summary>Process id of the server; null while it does not run.</summary>
    public int? ProcessId => _cluster.Postmaster!.Find();

    /// <summary>Starts the cluster in a directory: makes it on first use, adopts it if it is still running.</summary>
    /// <param name="directory">A directory of its own; made if missing.</param>
    /// <param name="ct">Cancels the start.</param>
    /// <returns>The running cluster.</returns>
    /// <exception cref="EmbeddedPostgresException">It cannot be started; the message says why.</exception>
    public static async Task<EmbeddedPostgres> StartAsync(string directory, CancellationToken ct)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new EmbeddedPostgresException("The embedded PostgreSQL needs Unix sockets and Unix users; on Windows give a connection string.");
        }

        var account = await PostgresAccount.ChooseAsync(ct);
        var place = await ClusterPlace.ChooseAsync(directory, account, ct);
        var version = Path.Combine(place.Data, "PG_VERSION");
        int? made = File.Exists(version) ? int.Parse((await File.ReadAllTextAsync(version, ct)).Trim(), CultureInfo.InvariantCulture) : null;
        var binaries = await PostgresBinaries.FindAsync(made, ct);
        var passwords = await ClusterPasswords.LoadOrCreateAsync(place.Passwords, account, ct);
        var cluster = new Cluster(place, account, binaries, passwords);
        await cluster.CreateAsync(ct);
        await cluster.StartAsync(ct);
        return new EmbeddedPostgres(cluster, place.Root);
    }

    /// <summary>Starts the server again if it died; returns at once if it runs. Meant for <see cref="LedgerOptions.EnsureDatabase"/>.</summary>
    /// <param name="ct">Cancels the start.</param>
    /// <returns>When the server takes connections.</returns>
    /// <exception cref="EmbeddedPostgresException">It cannot be started, or it was stopped on purpose.</exception>
    public async Task EnsureRunningAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            if (_stopped)
            {
                throw new EmbeddedPostgresException("The embedded PostgreSQL was stopped.");
            }

            if (ProcessId is null)
            {
                await _cluster.StartAsync(ct);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Stops the server and starts it again. Connections break.</summary>
    /// <param name="ct">Cancels the restart.</param>
    /// <returns>When the server takes connections.</returns>
    public async Task RestartAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            await _cluster.StopAsync(ct);
            await _cluster.StartAsync(ct);
            _stopped = false;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Stops the server (fast shutdown: open transactions are rolled back, everything committed is on disk).</summary>
    /// <param name="ct">Cancels the wait.</param>
    /// <returns>When it has ended.</returns>
    public async Task StopAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            _stopped = true;
            await _cluster.StopAsync(ct);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Makes one more, empty database, such as one for each test.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="ct">Cancels the work.</param>
    /// <returns>How to come to it.</returns>
    public async Task<DatabaseAccess> CreateDatabaseAsync(string name, CancellationToken ct)
    {
        await _cluster.CreateDatabaseAsync(name, ct);
        return _cluster.AccessTo(name);
    }

    /// <summary>Removes a database, whoever may still be connected to it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="ct">Cancels the work.</param>
    /// <returns>When it is gone.</returns>
    public Task DropDatabaseAsync(string name, CancellationToken ct) => _cluster.DropDatabaseAsync(name, ct);

    /// <summary>Stops the server.</summary>
    /// <returns>When it has ended.</returns>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _one.Dispose();
    }
}
