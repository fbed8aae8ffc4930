using Npgsql;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Replication;

/// <summary>
/// Reads at a streaming replica, if it has replayed all that was in the log when the read came; otherwise, and whenever the
/// replica fails, at the database itself. So nobody sees less than what was acknowledged before, by whichever process.
/// </summary>
internal sealed class ReplicaReads : IDatabaseReads, IAsyncDisposable
{
    private readonly Database _primary;
    private readonly ReplicaServer _server;
    private readonly HeadQuestion _head;
    private readonly ReplicaWatch _watch;
    private long _served;
    private long _behind;
    private long _failed;

    public ReplicaReads(Database primary, ReplicaServer server)
    {
        (_primary, _server, _head) = (primary, server, new HeadQuestion(primary));
        _watch = new ReplicaWatch(server, _head);
    }

    public ReplicaStatus Status
    {
        get
        {
            var state = _watch.State;
            return new ReplicaStatus(
                Volatile.Read(ref _served), Volatile.Read(ref _behind), Volatile.Read(ref _failed), state.LagEvents, state.Lag, state.Fault, state.Code);
        }
    }

    /// <summary>Begins to watch the replica; from now on it is read.</summary>
    public Task StartAsync() => _watch.StartAsync();

    public async Task<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken ct) =>
        _watch.State.Fault is null && await TryAsync(read, ct) is { } found ? found.Value : await _primary.ReadAsync(read, ct);

    public async ValueTask DisposeAsync()
    {
        await _watch.DisposeAsync();
        await _server.DisposeAsync();
    }

    private async Task<Found<T>?> TryAsync<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken ct)
    {
        var asked = await _head.AskAsync(ct);
        try
        {
            var found = await ReadAsync(asked, read, ct);
            Interlocked.Increment(ref (found is null ? ref _behind : ref _served));
            return found;
        }
        catch (Exception e) when (!ct.IsCancellationRequested && ReplicaServer.IsItsOwn(e))
        {
            Interlocked.Increment(ref _failed);
            if (e is ReplicaRefusedException refused)
            {
                _watch.Suspect(refused.Fault, null);
            }
            else if (Database.IsConnectionLoss(e))
            {
                _server.ForgetConnections();
                _watch.Suspect(ReplicaFault.Away, (e as PostgresException)?.SqlState ?? e.GetType().Name);
            }

            // Refused just this read, as when replay took away what its snapshot needed (40001).
            return null;
        }
    }

    /// <summary>Reads at the replica; null if it is behind.</summary>
    private async Task<Found<T>?> ReadAsync<T>(LogHead asked, Func<NpgsqlConnection, Task<T>> read, CancellationToken ct)
    {
        await using var connection = await _server.OpenAsync(ct);
        await using var transaction = _server.IsPooled ? await connection.BeginTransactionAsync(ct) : null;
        var fault = (await _server.StandAsync(connection, ct)).FaultAgainst(asked);
        return fault switch
        {
            null => new Found<T>(await read(connection)),
            ReplicaFault.Behind => null,
            { } other => throw new ReplicaRefusedException(other, "The server is no replica of this ledger any more."),
        };
    }

    private sealed record Found<T>(T Value);
}
