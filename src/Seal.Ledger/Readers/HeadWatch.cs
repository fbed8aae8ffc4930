using System.Globalization;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Readers;

/// <summary>
/// Knows how long the log is and wakes those who wait for it to grow: at once for this process's own appends, by LISTEN for
/// those of others, and by asking now and then, which is all there is where no connection can LISTEN.
/// </summary>
internal sealed class HeadWatch : IAsyncDisposable
{
    /// <summary>The channel that every batch notifies, with the log's new size.</summary>
    public const string Channel = "seal_ledger";

    private static readonly TimeSpan Polling = TimeSpan.FromMilliseconds(250);

    // With LISTEN, only in case a notification was lost together with its connection.
    private static readonly TimeSpan Reassurance = TimeSpan.FromSeconds(5);

    private readonly Database _database;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _head;
    private Task _loop = Task.CompletedTask;

    public HeadWatch(Database database) => _database = database;

    /// <summary>The size of the log as last heard.</summary>
    public long Head => Volatile.Read(ref _head);

    /// <summary>Begins to watch what other processes append.</summary>
    public void Start() => _loop = Task.Run(_database.CanListen ? ListenAsync : PollAsync);

    public void MovedTo(long size)
    {
        TaskCompletionSource moved;
        lock (_lock)
        {
            if (size <= _head)
            {
                return;
            }

            Volatile.Write(ref _head, size);
            moved = _moved;
            _moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        moved.SetResult();
    }

    /// <summary>Waits until there is an event at a position; gives the size of the log.</summary>
    public async Task<long> BeyondAsync(long position, CancellationToken ct)
    {
        while (true)
        {
            Task moved;
            lock (_lock)
            {
                if (_head > position)
                {
                    return _head;
                }

                moved = _moved.Task;
            }

            await moved.WaitAsync(ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task PollAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await AskAsync();
            }
            catch (Exception e) when (Database.IsConnectionLoss(e) || e is LedgerUnavailableException or OperationCanceledException)
            {
                // Away, or closing: asked again if not closing. The readers' own states tell of it.
            }

            await Task.Delay(Polling, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await using var connection = await _database.ConnectForListeningAsync(_stop.Token);
                connection.Notification += (_, heard) =>
                {
                    if (long.TryParse(heard.Payload, NumberStyles.None, CultureInfo.InvariantCulture, out var size))
                    {
                        MovedTo(size);
                    }
                };
                await using var listen = Sql.Command($"listen {Channel}", connection);
                await listen.ExecuteNonQueryAsync(_stop.Token);
                while (true)
                {
                    await AskAsync();
                    await connection.WaitAsync(Reassurance, _stop.Token);
                }
            }
            catch (Exception e) when (Database.IsConnectionLoss(e) || e is LedgerUnavailableException or OperationCanceledException)
            {
                await Task.Delay(Polling, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task AskAsync() => MovedTo(await _database.ReadAsync(
        async connection =>
        {
            await using var command = Sql.Command("select size from ledger.head", connection);
            return (long)(await command.ExecuteScalarAsync(_stop.Token))!;
        },
        _stop.Token));
}
