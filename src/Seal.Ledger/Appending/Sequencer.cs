using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Npgsql;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Appending;

/// <summary>
/// Takes all appends of this process that wait and commits them together (group commit). Two batches are under way: while the
/// database writes one, the next is gathered, decided on what the log will be then, and begun. Only what hangs on the batch before
/// is left for the time under the head row's lock. Several processes contend for that lock; who has foreseen the log finds others'
/// rows in the way and goes back to taking the lock first.
/// </summary>
internal sealed class Sequencer : IAsyncDisposable
{
    /// <summary>So many bytes end a batch, whatever its number of appends: one statement must not grow without bound.</summary>
    private const int BatchBytes = 8 << 20;

    /// <summary>From so many appends on, the work that is done beside the batch before is worth one more round trip; fewer wait for its end.</summary>
    private const int WorthBeginning = 100;

    private readonly Channel<PendingAppend> _queue;
    private readonly LastBatch _last;
    private readonly Notices _notices;
    private readonly IReadOnlyList<BatchCommit> _commits;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Impediment _impediment = new();
    private readonly int _batchLimit;
    private readonly Task _loops;

    public Sequencer(Database database, LedgerOptions options, ClockGuard clock, string projections, Action<long> headMoved)
    {
        _notices = new Notices(options.Clock);
        _batchLimit = options.BatchLimit;
        _queue = Channel.CreateBounded<PendingAppend>(new BoundedChannelOptions(options.QueueLimit));
        _last = new LastBatch(new LogMemory(options.Clock));
        _commits = [.. Enumerable.Range(0, 2).Select(_ => new BatchCommit(database, options, clock, projections, _notices, _last, _impediment, headMoved))];
        _loops = Task.WhenAll(_commits.Select(commit => Task.Run(() => RunAsync(commit))));
    }

    /// <summary>What keeps this process from appending; null if nothing does, as far as is known.</summary>
    public LedgerException? Impediment => _impediment.Cause;

    /// <summary>Queues an append and waits for its answer. Until a batch has taken it, the caller may give it up.</summary>
    public async Task<AppendAnswer> AppendAsync(PendingAppend append, CancellationToken ct)
    {
        try
        {
            await _queue.Writer.WriteAsync(append, ct);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(EventLedger));
        }

        await using var giveUp = ct.Register(() => append.GiveUp(ct));
        return await append.Answer;
    }

    /// <summary>Takes no more, finishes what waits, then returns.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loops;
        foreach (var commit in _commits)
        {
            await commit.DisposeAsync();
        }

        _turn.Dispose();
    }

    /// <summary>Batch after batch. Whoever has the turn gathers and decides; it passes it on when its batch is on its way to the disk.</summary>
    private async Task RunAsync(BatchCommit commit)
    {
        while (true)
        {
            await DoneAsync(commit, limit => _turn.WaitAsync(limit));
            var passed = 0;
            try
            {
                var waiting = _queue.Reader.WaitToReadAsync().AsTask();
                await DoneAsync(commit, limit => CompletesAsync(waiting, limit));
                if (!await waiting)
                {
                    return;
                }

                if (await GatherAsync() is { Count: > 0 } batch)
                {
                    await CommitAsync(commit, batch, PassTurn);
                }
            }
            finally
            {
                PassTurn();
            }

            void PassTurn()
            {
                if (Interlocked.Exchange(ref passed, 1) == 0)
                {
                    _turn.Release();
                }
            }
        }
    }

    /// <summary>Waits for something; when it takes long, other processes are told meanwhile of what they do not know yet.</summary>
    private async Task DoneAsync(BatchCommit commit, Func<TimeSpan, Task<bool>> within)
    {
        while (!await within(_notices.Owed is null ? Timeout.InfiniteTimeSpan : Notices.Interval))
        {
            if (_notices.Owed is { } size)
            {
                await commit.NotifyAsync(size);
            }
        }
    }

    private static async Task<bool> CompletesAsync(Task<bool> waiting, TimeSpan limit) =>
        waiting.IsCompleted || await Task.WhenAny(waiting, Task.Delay(limit)) == waiting;

    /// <summary>
    /// What waits; while a batch is being written, until there is enough of it, or until that batch has ended and there is nothing
    /// to do beside it.
    /// </summary>
    private async Task<List<PendingAppend>> GatherAsync()
    {
        var batch = new List<PendingAppend>();
        var bytes = 0;
        while (true)
        {
            while (batch.Count < _batchLimit && bytes < BatchBytes && _queue.Reader.TryRead(out var append))
            {
                if (append.TryTake())
                {
                    batch.Add(append);
                    bytes += append.Length;
                }
            }

            if (batch.Count >= int.Min(WorthBeginning, _batchLimit) || bytes >= BatchBytes || _last.UnderWay is not { } before)
            {
                return batch;
            }

            var arrival = _queue.Reader.WaitToReadAsync().AsTask();
            if (await Task.WhenAny(arrival, before.Ended) == arrival && !await arrival)
            {
                await before.Ended;
            }
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Every caller gets an answer, and the one writer goes on, whatever happened to a batch.")]
    private async Task CommitAsync(BatchCommit commit, List<PendingAppend> batch, Action passTurn)
    {
        try
        {
            await commit.CommitAsync(batch, passTurn);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DiskFull)
        {
            // No append is to blame, and trying one by one would only ask a full disk again and again.
            RefuseAll(batch, new LedgerDiskFullException("The disk of PostgreSQL is full; make room on it. Nothing was appended. " + e.MessageText, outcomeUnknown: false, e));
        }
        catch (PostgresException) when (batch.Count > 1)
        {
            // The database refused a statement of the batch. One by one, only the culprit is refused.
            foreach (var append in batch)
            {
                await CommitAsync(commit, [append], passTurn);
            }
        }
        catch (PostgresException e)
        {
            batch[0].Refuse(new AppendRefusedException("PostgreSQL refused the append: " + e.MessageText, e));
        }
        catch (Exception e)
        {
            RefuseAll(batch, e);
        }
    }

    private void RefuseAll(List<PendingAppend> batch, Exception reason)
    {
        if (reason is LedgerException cause)
        {
            _impediment.Met(cause);
        }

        foreach (var append in batch)
        {
            append.Refuse(reason);
        }
    }
}
