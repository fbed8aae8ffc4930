using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Npgsql;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Appending;

/// <summary>
/// The one writer of this process: takes all appends that wait and commits them together (group commit). Several
/// processes contend for the head row's lock, and for nothing else.
/// </summary>
internal sealed class Sequencer : IAsyncDisposable
{
    /// <summary>So many bytes end a batch, whatever its number of appends: one statement must not grow without bound.</summary>
    private const int BatchBytes = 8 << 20;

    private readonly Channel<PendingAppend> _queue;
    private readonly BatchCommit _commit;
    private readonly int _batchLimit;
    private readonly Task _loop;

    public Sequencer(Database database, LedgerOptions options, ClockGuard clock, string projections, Action<long> headMoved)
    {
        _commit = new BatchCommit(database, options, clock, projections, headMoved);
        _batchLimit = options.BatchLimit;
        _queue = Channel.CreateBounded<PendingAppend>(new BoundedChannelOptions(options.QueueLimit) { SingleReader = true });
        _loop = Task.Run(RunAsync);
    }

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
        await _loop;
        await _commit.DisposeAsync();
    }

    private async Task RunAsync()
    {
        while (await WaitAsync())
        {
            var batch = new List<PendingAppend>();
            var bytes = 0;
            while (batch.Count < _batchLimit && bytes < BatchBytes && _queue.Reader.TryRead(out var append))
            {
                if (!append.TryTake())
                {
                    continue;
                }

                batch.Add(append);
                bytes += append.Length;
            }

            if (batch.Count > 0)
            {
                await CommitAsync(batch);
            }
        }
    }

    /// <summary>Waits for an append; when none comes, others are told of the last ones.</summary>
    private async Task<bool> WaitAsync()
    {
        var waiting = _queue.Reader.WaitToReadAsync();
        if (waiting.IsCompleted || !_commit.OwesNotice)
        {
            return await waiting;
        }

        var coming = waiting.AsTask();
        if (await Task.WhenAny(coming, Task.Delay(BatchCommit.NoticeInterval)) != coming)
        {
            await _commit.NotifyAsync();
        }

        return await coming;
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Every caller gets an answer, and the one writer goes on, whatever happened to a batch.")]
    private async Task CommitAsync(List<PendingAppend> batch)
    {
        try
        {
            await _commit.CommitAsync(batch);
        }
        catch (PostgresException) when (batch.Count > 1)
        {
            // The database refused a statement of the batch. One by one, only the culprit is refused.
            foreach (var append in batch)
            {
                await CommitAsync([append]);
            }
        }
        catch (PostgresException e)
        {
            batch[0].Refuse(new AppendRefusedException("PostgreSQL refused the append: " + e.MessageText, e));
        }
        catch (Exception e)
        {
            foreach (var append in batch)
            {
                append.Refuse(e);
            }
        }
    }
}
