using Npgsql;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Replication;

/// <summary>Connections to a replica. Every new one is refused unless it leads to a replica of the ledger's own database.</summary>
internal sealed class ReplicaServer : IAsyncDisposable
{
    // In seconds. The database itself has every answer, so nobody waits long for the replica's.
    private const int ConnectTime = 2;
    private const int AnswerTime = 5;

    private const string Stand = "select size, root, pg_is_in_recovery(), coalesce(pg_last_wal_replay_lsn() >= $1::pg_lsn, false) from ledger.head";

    private readonly NpgsqlDataSource _source;
    private readonly string _place;

    private ReplicaServer(LedgerOptions options, DatabaseIdentity primary)
    {
        _place = primary.Place!;
        IsPooled = options.Pooled;
        var builder = new NpgsqlDataSourceBuilder(PooledConnection.Adapt(options.ReplicaConnectionString!, options.Pooled));
        var settings = builder.ConnectionStringBuilder;
        (settings.Timeout, settings.CommandTimeout) = (ConnectTime, AnswerTime);
        if (settings.MaxAutoPrepare == 0 && !options.Pooled)
        {
            (settings.MaxAutoPrepare, settings.AutoPrepareMinUsages) = (100, 2);
        }

        builder.UsePhysicalConnectionInitializer(
            _ => throw new NotSupportedException("The replica is read asynchronously only."),
            async connection => primary.RequireReplica(await DatabaseIdentity.AskAsync(connection, CancellationToken.None)));
        _source = builder.Build();
    }

    /// <summary>Whether two statements reach the same server only inside one transaction.</summary>
    public bool IsPooled { get; }

    /// <summary>Finds the replica of a ledger that was just opened. One that is away is no reason not to start: it is looked for all the time.</summary>
    /// <returns>The replica; null if the ledger has none.</returns>
    /// <exception cref="LedgerConfigurationException">The server is there and is not a replica of this ledger.</exception>
    public static async Task<ReplicaServer?> FindAsync(LedgerOptions options, CancellationToken ct)
    {
        if (options.ReplicaConnectionString is null)
        {
            return null;
        }

        var builder = new NpgsqlConnectionStringBuilder(PooledConnection.Adapt(options.ConnectionString, options.Pooled)) { Pooling = false };
        await using var primary = new NpgsqlConnection(builder.ConnectionString);
        await primary.OpenAsync(ct);
        var server = new ReplicaServer(options, await DatabaseIdentity.AskAsync(primary, ct));
        try
        {
            await (await server.OpenAsync(ct)).DisposeAsync();
        }
        catch (ReplicaRefusedException refused)
        {
            await server.DisposeAsync();
            throw new LedgerConfigurationException(refused.Message);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && IsItsOwn(e))
        {
            // The watch tells of it.
        }

        return server;
    }

    /// <summary>Whether an exception is the replica's fault, so that the database itself is to be asked.</summary>
    public static bool IsItsOwn(Exception e) => e is PostgresException or ReplicaRefusedException || Database.IsConnectionLoss(e);

    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken ct) => _source.OpenConnectionAsync(ct);

    /// <summary>How far it is; a read made afterwards sees as much or more.</summary>
    public async Task<ReplicaStand> StandAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        try
        {
            await using var command = Sql.Command(Stand, connection, Sql.Text(_place));
            await using var reader = await command.ExecuteReaderAsync(ct);
            return await reader.ReadAsync(ct)
                ? new ReplicaStand(new LogHead(reader.GetInt64(0), reader.Bytes(1)), reader.GetBoolean(2), reader.GetBoolean(3))
                : ReplicaStand.BeforeTheLedger;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.InsufficientPrivilege)
        {
            // A copy of a database that has all of it.
            return ReplicaStand.BeforeTheLedger;
        }
    }

    /// <summary>Forgets idle connections, because the server they led to is gone.</summary>
    public void ForgetConnections() => _source.Clear();

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
