using Npgsql;

namespace Seal.Ledger.Replication;

/// <summary>What the watch found last.</summary>
/// <param name="Fault">Why the replica is not to be read.</param>
/// <param name="Code">With what it failed.</param>
/// <param name="LagEvents">Events it lacked when it answered last; null if it never did.</param>
/// <param name="LagsSince">A timestamp; null if it lacks nothing.</param>
internal sealed record ReplicaState(ReplicaFault? Fault, string? Code, long? LagEvents, long? LagsSince)
{
    public TimeSpan Lag => LagsSince is { } since ? TimeProvider.System.GetElapsedTime(since) : TimeSpan.Zero;
}

/// <summary>Looks at the replica all the time, so that no read has to find out that it is away, wrong or far behind, nor that it is back.</summary>
internal sealed class ReplicaWatch(ReplicaServer server, HeadQuestion head) : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    // Lagging less is usual: then each read sees for itself whether the replica is far enough.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private (long Size, long Since)? _awaited;
    private ReplicaState _state = new(ReplicaFault.Away, null, null, TimeProvider.System.GetTimestamp());
    private Task _loop = Task.CompletedTask;

    public ReplicaState State => Volatile.Read(ref _state);

    /// <summary>Looks for the first time, and begins to look again and again.</summary>
    public async Task StartAsync()
    {
        await LookAsync(_stop.Token);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>A read was failed by the replica: no more reads until it has been looked at.</summary>
    public void Suspect(ReplicaFault fault, string? code)
    {
        var last = State;
        Volatile.Write(ref _state, last with { Fault = fault, Code = code, LagsSince = last.LagsSince ?? TimeProvider.System.GetTimestamp() });
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            await Task.Delay(Interval, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await LookAsync(_stop.Token);
            }
            catch (OperationCanceledException)
            {
                // Closing.
            }
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        try
        {
            ReplicaStand stand;
            await using (var connection = await server.OpenAsync(ct))
            {
                stand = await server.StandAsync(connection, ct);
            }

            // Asked afterwards: a replica cannot have more than what it replicates.
            Volatile.Write(ref _state, Judge(stand, await head.AskAsync(ct)));
        }
        catch (ReplicaRefusedException refused)
        {
            Suspect(refused.Fault, null);
        }
        catch (LedgerException)
        {
            // The database itself is away, which says nothing about the replica.
        }
        catch (Exception e) when (ReplicaServer.IsItsOwn(e))
        {
            server.ForgetConnections();
            Suspect(ReplicaFault.Away, (e as PostgresException)?.SqlState ?? e.GetType().Name);
        }
    }

    private ReplicaState Judge(ReplicaStand stand, LogHead now)
    {
        if (_awaited is not { } awaited || stand.Head.Size >= awaited.Size)
        {
            // What came since the last look may come any moment.
            _awaited = stand.Head.Size < now.Size ? (now.Size, TimeProvider.System.GetTimestamp()) : null;
        }

        var fault = stand.Head.Size > now.Size ? ReplicaFault.OtherHistory : stand.FaultAgainst(now);
        var state = new ReplicaState(fault, null, long.Max(now.Size - stand.Head.Size, 0), _awaited?.Since);
        return fault == ReplicaFault.Behind && stand.HasSchema && state.Lag < Tolerance ? state with { Fault = null } : state;
    }
}
