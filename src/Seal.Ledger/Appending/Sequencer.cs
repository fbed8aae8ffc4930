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

    private readonly Channel<PendingAppend> queue;
    private readonly BatchCommit commit;
    private readonly int batchLimit;
    private readonly Task loop;

    public Sequencer(Database database, LedgerOptions options, ClockGuard clock, string projections, Action<long> headMoved)
    {
        commit = new BatchCommit(database, options, clock, projections, headMoved);
        batchLimit = options.BatchLimit;
        queue = Channel.CreateBounded<PendingAppend>(new BoundedChannelOptions(options.QueueLimit) { SingleReader = true });
        loop = Task.Run(RunAsync);
    }

    /// <summary>Queues an append and waits for its answer. Until a batch has taken it, the caller may give it up.</summary>
    public async Task<AppendAnswer> AppendAsync(PendingAppend append, CancellationToken ct)
    {
        try
        {
            await queue.Writer.WriteAsync(append, ct);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(EventLedger));
        }

        await using CancellationTokenRegistration giveUp = ct.Register(() => append.GiveUp(ct));
        return await append.Answer;
    }

    /// <summary>Takes no more, finishes what waits, then returns.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop;
        await commit.DisposeAsync();
    }

    private async Task RunAsync()
    {
        while (await queue.Reader.WaitToReadAsync())
        {
            var batch = new List<PendingAppend>();
            int bytes = 0;
            while (batch.Count < batchLimit && bytes < BatchBytes && queue.Reader.TryRead(out PendingAppend? append))
            {
                if (!append.TryTake())
                    continue;
                batch.Add(append);
                bytes += append.Length;
            }

            if (batch.Count > 0)
                await CommitAsync(batch);
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Every caller gets an answer, and the one writer goes on, whatever happened to a batch.")]
    private async Task CommitAsync(List<PendingAppend> batch)
    {
        try
        {
            await commit.CommitAsync(batch);
        }
        catch (PostgresException) when (batch.Count > 1)
        {
            // The database refused a statement of the batch. One by one, only the culprit is refused.
            foreach (PendingAppend append in batch)
                await CommitAsync([append]);
        }
        catch (PostgresException e)
        {
            batch[0].Refuse(new AppendRefusedException("PostgreSQL refused the append: " + e.MessageText, e));
        }
        catch (Exception e)
        {
            foreach (PendingAppend append in batch)
                append.Refuse(e);
        }
    }
}
