using System.Security.Cryptography;
using Npgsql;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Appending;

/// <summary>Decides and commits one batch after the other, and finds out the truth when the connection breaks in between.</summary>
internal sealed class BatchCommit(Database database, LedgerOptions options, ClockGuard clock, string projections, Notices notices, LastBatch last, Impediment impediment, Action<long> headMoved)
    : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Guid _writer = new(RandomNumberGenerator.GetBytes(16));
    private readonly WritingConnection _connection = new(database);
    private SentBatch? _before;
    private long _lastBatch;
    private long? _unreachableSince;

    /// <summary>Decides and commits a batch and answers its appends.</summary>
    /// <param name="appends">The batch.</param>
    /// <param name="sending">Told when all is decided and on its way: from then on only the database works on it.</param>
    /// <exception cref="PostgresException">The database refused a statement; nothing was committed and nobody answered.</exception>
    /// <exception cref="LedgerException">Nobody was answered; the exception is everybody's answer.</exception>
    public async Task CommitAsync(IReadOnlyList<PendingAppend> appends, Action sending)
    {
        BatchDecision? sent = null;
        var losses = 0;
        var mayForesee = true;
        var mayRecall = true;
        while (true)
        {
            try
            {
                if (sent is null || !await WasCommittedAsync())
                {
                    sent = null;
                    var decision = (mayForesee ? await ForeseeAsync(appends, mayRecall) : null) ?? await DecideLockedAsync(appends);
                    if (!decision.WritesNothing)
                    {
                        _lastBatch++;
                        sent = decision;
                        await WriteAsync(decision, sending);
                        impediment.Overcome();
                    }

                    sent = decision;
                }

                _unreachableSince = null;
                headMoved(sent.State.Range.Size);
                sent.AnswerAll();
                return;
            }
            catch (PostgresException e) when (!Database.IsConnectionLoss(e))
            {
                // The transaction is void, so what was sent is certainly not there.
                await _connection.RollBackAsync();
                _unreachableSince = null;
                switch (e.SqlState)
                {
                    case PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected:
                        if (sent is { IsForeseen: true })
                        {
                            last.Erred();
                        }

                        mayForesee = false;
                        break;
                    case PostgresErrorCodes.UniqueViolation when sent is { State.IsRecalled: true }:
                        last.Presumed();
                        mayRecall = false;
                        break;
                    case PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.LockNotAvailable when sent is { IsForeseen: true } && mayForesee:
                        // Rows that were begun before the lock are in the way of somebody else's, or somebody else's of ours.
                        last.Erred();
                        mayForesee = false;
                        break;
                    default:
                        last.Failed();
                        throw;
                }

                sent = null;
            }
            catch (Exception e) when (Database.IsConnectionLoss(e))
            {
                last.Failed();
                await _connection.DropAsync();
                await WaitOrGiveUpAsync(outcomeUnknown: sent is not null, isFirst: losses++ == 0, e);
            }
            catch (Exception e) when (e is not LedgerException)
            {
                // Unforeseen: the connection may stand inside a transaction, and must not serve the next batch.
                last.Failed();
                await _connection.DropAsync();
                if (sent is null)
                {
                    throw;
                }

                throw new LedgerUnavailableException("The append may or may not be in the log: " + e.Message, outcomeUnknown: true, e);
            }
        }
    }

    /// <summary>Tells other processes of a size of the log. Without a connection they find out by asking.</summary>
    public async Task NotifyAsync(long size)
    {
        notices.Told(size);
        if (_connection.Current is not { } connection)
        {
            return;
        }

        try
        {
            await BatchWrite.NotifyAsync(connection, size);
        }
        catch (Exception e) when (Database.IsConnectionLoss(e) || e is NpgsqlException or InvalidOperationException)
        {
            // They find out by asking; and whatever is the matter with the connection, the next batch shall not meet it.
            await _connection.DropAsync();
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    /// <summary>
    /// Decides a batch without the lock, while the one before it is being written: the lock is then asked for with all that is to be
    /// written behind it, and held no longer than that takes.
    /// </summary>
    /// <param name="appends">The batch.</param>
    /// <param name="mayRecall">Whether it may do without reading, where all is known.</param>
    /// <returns>Null where it must be decided under the lock: others append too, or there would be nothing to write, and so nobody to find out whether what is answered is true.</returns>
    private async Task<BatchDecision?> ForeseeAsync(IReadOnlyList<PendingAppend> appends, bool mayRecall)
    {
        if (!last.MayForesee())
        {
            return null;
        }

        var connection = await _connection.OpenAsync();
        _before = last.UnderWay;
        var underWay = _before?.Decision;
        if (underWay is { Events.Count: 0 } && appends.Any(a => LogMemory.IsRepeated(a, underWay)))
        {
            // No root would tell whether the request that is repeated came to anything.
            return null;
        }

        // A refusal may rest on what was only taken for new: the repetition of a request is answered like the first time.
        if (mayRecall && last.Recall(appends, underWay) is { } recalled && Decide(recalled, appends, isForeseen: true) is { WritesNothing: false, Refuses: false } presumed)
        {
            return presumed;
        }

        var glimpse = await LogStateQuery.GlimpseAsync(connection, appends, options.Clock);
        return glimpse.After(underWay) is { } state && Decide(state, appends, isForeseen: true) is { WritesNothing: false } decision ? decision : null;
    }

    /// <summary>
    /// Writes and commits. While the batch before is being written, what does not hang on it is begun already, and the rest is only
    /// asked for when that is done; otherwise all goes in one.
    /// </summary>
    private async Task WriteAsync(BatchDecision decision, Action sending)
    {
        var connection = _connection.Current!;
        var notify = notices.IsDue;
        var before = decision.IsForeseen && _before is { IsUnderWay: true } ? _before : null;
        var sent = last.Sent(decision);
        try
        {
            if (before is not null)
            {
                var beginning = BatchWrite.BeginAsync(connection, decision);
                sending();
                await beginning;
                await before.Ended;
                await BatchWrite.CommitAsync(connection, decision, isBegun: true, _writer, _lastBatch, notify);
            }
            else
            {
                var writing = BatchWrite.CommitAsync(connection, decision, isBegun: false, _writer, _lastBatch, notify);
                sending();
                await writing;
            }
        }
        finally
        {
            sent.End();
        }

        notices.Committed(decision.State.Range.Size, notify);
    }

    private BatchDecision Decide(LogState state, IReadOnlyList<PendingAppend> appends, bool isForeseen)
    {
        if (state.Projections != projections)
        {
            throw new LedgerConfigurationException(
                $"The inline projections of the ledger are '{state.Projections}', those of this process '{projections}': restart it with the ledger's version of the software.");
        }

        var decision = new BatchDecision(state, clock.Next(state.LastRecordedAt, state.DatabaseTime + options.Clock.GetElapsedTime(state.ReadAt)), options.IdempotencyLifetime, isForeseen);
        foreach (var append in appends)
        {
            decision.Take(append);
        }

        return decision;
    }

    private async Task<BatchDecision> DecideLockedAsync(IReadOnlyList<PendingAppend> appends)
    {
        var connection = await _connection.OpenAsync();
        try
        {
            var decision = Decide(await LogStateQuery.LockAndReadAsync(connection, appends, options.Clock), appends, isForeseen: false);
            if (decision.WritesNothing)
            {
                await _connection.RollBackAsync();
            }

            return decision;
        }
        catch (LedgerException)
        {
            await _connection.RollBackAsync();
            throw;
        }
    }

    /// <summary>
    /// After a lost answer: did the last batch commit? The head's lock comes first, because a transaction whose client is
    /// gone may still be at work and holds it till its end. What has not come that far is given up: should it come later, its number
    /// is too low.
    /// </summary>
    private async Task<bool> WasCommittedAsync()
    {
        try
        {
            return await AskForLastBatchAsync();
        }
        catch (PostgresException e) when (!Database.IsConnectionLoss(e))
        {
            await _connection.DropAsync();
            throw new LedgerUnavailableException("The append may or may not be in the log; PostgreSQL refused to tell: " + e.MessageText, outcomeUnknown: true, e);
        }
    }

    private async Task<bool> AskForLastBatchAsync()
    {
        var connection = await _connection.OpenAsync();
        if (await IsNotedAsync(connection))
        {
            await _connection.RollBackAsync();
            return true;
        }

        // It may still lie in a buffer on its way: it shall find that it has been given up.
        await BatchWrite.NoteAsync(connection, _writer, _lastBatch + 1);
        _lastBatch++;
        return false;
    }

    private async Task<bool> IsNotedAsync(NpgsqlConnection connection)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(LogStateQuery.Begin);
        batch.Add("select size from ledger.head for update");
        batch.Add("select batch from ledger.writers where id = $1", Sql.Uuid(_writer));
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.NextResultAsync();
        return await reader.ReadAsync() && reader.GetInt64(0) == _lastBatch;
    }

    /// <summary>A batch gives up at once if others have waited long enough; but not before the host was asked to bring the server back.</summary>
    private async Task WaitOrGiveUpAsync(bool outcomeUnknown, bool isFirst, Exception cause)
    {
        _unreachableSince ??= options.Clock.GetTimestamp();
        var isFutile = !isFirst || options.EnsureDatabase is null;
        if (isFutile && options.Clock.GetElapsedTime(_unreachableSince.Value) > options.Patience)
        {
            var outcome = outcomeUnknown ? "The append may or may not be in the log." : "Nothing was appended.";
            throw new LedgerUnavailableException($"PostgreSQL cannot be reached. {outcome} {cause.Message}", outcomeUnknown, cause);
        }

        await database.ReviveAsync(outcomeUnknown, CancellationToken.None);

        // A wait of real time whatever clock the options carry: it is for the server, not for the log.
        await Task.Delay(Pause);
    }
}
