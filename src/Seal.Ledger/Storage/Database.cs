using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Npgsql;
using Seal.Ledger.Embedded;

namespace Seal.Ledger.Storage;

/// <summary>Connections of the service's role, and what to do when PostgreSQL goes away under a read.</summary>
internal sealed class Database : IDatabaseReads, IAsyncDisposable
{
    private const int ReadBuffer = 1 << 16;

    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlDataSource _forWriting;
    private readonly NpgsqlDataSource? _forListening;
    private readonly Func<CancellationToken, Task>? _revive;
    private int _losses;

    public Database(string connectionString, Func<CancellationToken, Task>? revive, bool pooled = false, string? direct = null)
    {
        _revive = revive;
        var builder = new NpgsqlDataSourceBuilder(PooledConnection.Adapt(connectionString, pooled));
        // The statements are few and always the same: parse and plan each once per connection.
        if (builder.ConnectionStringBuilder.MaxAutoPrepare == 0 && !pooled)
        {
            builder.ConnectionStringBuilder.MaxAutoPrepare = 100;
            builder.ConnectionStringBuilder.AutoPrepareMinUsages = 2;
        }

        // Whole ranges of the log come through; by Npgsql's own 8 KB there is a system call for every dozen events.
        builder.ConnectionStringBuilder.ReadBufferSize = int.Max(builder.ConnectionStringBuilder.ReadBufferSize, ReadBuffer);
        _source = builder.Build();
        builder.ConnectionStringBuilder.Pooling = false;
        if (!pooled)
        {
            // A plan made while the tables are small would scan them for as long as the connection lives; and planning each time costs as much as the work.
            // Through a pooler no plan lives so long, and it takes no options.
            builder.ConnectionStringBuilder.Options = (builder.ConnectionStringBuilder.Options + " -c enable_seqscan=off -c plan_cache_mode=force_generic_plan").TrimStart();
        }

        _forWriting = builder.Build();
        if ((direct ?? (pooled ? null : connectionString)) is { } listening)
        {
            _forListening = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(listening) { Pooling = false, KeepAlive = 30 });
        }
    }

    /// <summary>Whether there is a way to the server on which LISTEN works.</summary>
    public bool CanListen => _forListening is not null;

    /// <summary>A connection for the sequencer, which must not wait for readers to give one back.</summary>
    public async Task<NpgsqlConnection> ConnectForWritingAsync() => await _forWriting.OpenConnectionAsync(CancellationToken.None);

    /// <summary>A connection that keeps its session, for LISTEN.</summary>
    public async Task<NpgsqlConnection> ConnectForListeningAsync(CancellationToken ct) =>
        await (_forListening ?? throw new InvalidOperationException("There is no direct connection.")).OpenConnectionAsync(ct);

    /// <summary>A connection for one transaction; what is lost with it is for the caller to do again.</summary>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken ct) => await _source.OpenConnectionAsync(ct);

    /// <summary>
    /// Reads. A pooled connection may be of a server that died meanwhile, so a broken connection is tried once more on a new one.
    /// </summary>
    public async Task<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await _source.OpenConnectionAsync(ct);
                return await read(connection);
            }
            catch (Exception e) when (IsConnectionLoss(e) && !ct.IsCancellationRequested)
            {
                _source.Clear();
                if (attempt > 1)
                {
                    throw new LedgerUnavailableException("PostgreSQL cannot be read: " + e.Message, outcomeUnknown: false, e);
                }

                await ReviveAsync(outcomeUnknown: false, ct);
            }
        }
    }

    /// <summary>Asks the host to bring the database back, if it knows how.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever the host's own hook throws means that the database is not there.")]
    public async Task ReviveAsync(bool outcomeUnknown, CancellationToken ct)
    {
        if (_revive is null)
        {
            return;
        }

        try
        {
            await _revive(ct);
        }
        catch (EmbeddedPostgresException e) when (e.IsDiskFull)
        {
            throw new LedgerDiskFullException("PostgreSQL was stopped by a full disk and could not be started again: " + e.Message, outcomeUnknown, e);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            throw new LedgerUnavailableException("PostgreSQL is down and could not be started again: " + e.Message, outcomeUnknown, e);
        }
    }

    /// <summary>How often the server was lost: a connection from before the last time leads nowhere.</summary>
    public int Losses => Volatile.Read(ref _losses);

    /// <summary>Forgets idle connections, because the server they led to is gone.</summary>
    public void ForgetConnections()
    {
        Interlocked.Increment(ref _losses);
        _source.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _forWriting.DisposeAsync();
        if (_forListening is not null)
        {
            await _forListening.DisposeAsync();
        }
    }

    /// <summary>Whether the server is gone or going, as opposed to having refused a statement.</summary>
    public static bool IsConnectionLoss(Exception e) => e switch
    {
        // Whatever the reason, a panic takes the whole server down, and what was under way may or may not be on disk.
        PostgresException { InvariantSeverity: "PANIC" } => true,

        // Class 57P0x: shut down by an administrator, by a crash of another backend, or still starting. 25P03: idle in transaction too long. 53300: no slot free.
        PostgresException p => p.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
            or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections or "25P03" || p.SqlState.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException or IOException or SocketException or TimeoutException or ObjectDisposedException => true,
        _ => false,
    };
}
