namespace Seal.Service.Commands;

/// <summary>
/// Requests under one idempotency key take turns: of several at once one is carried out and the others, once it is done, get
/// its answer, instead of beginning the same work side by side. Between processes the ledger alone sees to it.
/// </summary>
public sealed class RequestTurns
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Scope, string Key), Queue> _queues = [];

    /// <summary>Waits for the turn at a key; it lasts until what is given back is disposed of.</summary>
    public async Task<IDisposable> TakeAsync(RequestKey key, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(key);
        Queue? queue;
        lock (_lock)
        {
            if (!_queues.TryGetValue((key.Scope, key.Key), out queue))
            {
                _queues[(key.Scope, key.Key)] = queue = new Queue();
            }

            queue.Length++;
        }

        try
        {
            await queue.Gate.WaitAsync(cancellation);
        }
        catch
        {
            Leave(key, queue);
            throw;
        }

        return new Turn(this, key, queue);
    }

    private void Leave(RequestKey key, Queue queue)
    {
        lock (_lock)
        {
            if (--queue.Length == 0)
            {
                _queues.Remove((key.Scope, key.Key));
                queue.Gate.Dispose();
            }
        }
    }

    private sealed class Queue
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public int Length { get; set; }
    }

    private sealed class Turn(RequestTurns turns, RequestKey key, Queue queue) : IDisposable
    {
        public void Dispose()
        {
            queue.Gate.Release();
            turns.Leave(key, queue);
        }
    }
}
