using System.Data;
using System.Security.Cryptography;
using Npgsql;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Appending;

/// <summary>Commits one batch in two round trips, and finds out the truth when the connection breaks in between.</summary>
internal sealed class BatchCommit(Database database, LedgerOptions options, ClockGuard clock, string projections, Notices notices, LastBatch last, Impediment impediment, Action<long> headMoved)
    : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Guid _writer = new(RandomNumberGenerator.GetBytes(16));
    private NpgsqlConnection? _connection;
    private int _losses;
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
                        var notify = notices.IsDue;
                        last.Sent(decision);
                        try
                        {
                            var writing = BatchWrite.CommitAsync(_connection!, decision, _writer, _lastBatch, notify);
                            sending();
                            await writing;
                        }
                        finally
                        {
                            last.Ended();
                        }

                        notices.Committed(decision.State.Range.Size, notify);
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
                await RollBackAsync();
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
                    default:
                        last.Failed();
                        throw;
                }

                sent = null;
            }
            catch (Exception e) when (Database.IsConnectionLoss(e))
            {
                last.Failed();
                await DropConnectionAsync();
                await WaitOrGiveUpAsync(outcomeUnknown: sent is not null, isFirst: losses++ == 0, e);
            }
            catch (Exception e) when (e is not LedgerException)
            {
                // Unforeseen: the connection may stand inside a transaction, and must not serve the next batch.
                last.Failed();
                await DropConnectionAsync();
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
        if (_connection is null)
        {
            return;
        }

        try
        {
            await BatchWrite.NotifyAsync(_connection, size);
        }
        catch (Exception e) when (Database.IsConnectionLoss(e))
        {
            await DropConnectionAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }
    }

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

        await ConnectAsync();

        // A refusal may rest on what was only taken for new: the repetition of a request is answered like the first time.
        if (mayRecall && last.Recall(appends) is { } recalled && Decide(recalled, appends, isForeseen: true) is { WritesNothing: false, Refuses: false } presumed)
        {
            return presumed;
        }

        var underWay = last.UnderWay;
        var glimpse = await LogStateQuery.GlimpseAsync(_connection!, appends, options.Clock);
        return glimpse.After(underWay) is { } state && Decide(state, appends, isForeseen: true) is { WritesNothing: false } decision ? decision : null;
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
        await ConnectAsync();
        try
        {
            var decision = Decide(await LogStateQuery.LockAndReadAsync(_connection!, appends, options.Clock), appends, isForeseen: false);
            if (decision.WritesNothing)
            {
                await RollBackAsync();
            }

            return decision;
        }
        catch (LedgerException)
        {
            await RollBackAsync();
            throw;
        }
    }

    /// <summary>
    /// After a lost answer: did the last batch commit? The head's lock comes first, because a transaction whose client is
    /// gone may still be at work and holds it till its end; only then is the answer final.
    /// </summary>
    private async Task<bool> WasCommittedAsync()
    {
        try
        {
            return await AskForLastBatchAsync();
        }
        catch (PostgresException e) when (!Database.IsConnectionLoss(e))
        {
            await DropConnectionAsync();
            throw new LedgerUnavailableException("The append may or may not be in the log; PostgreSQL refused to tell: " + e.MessageText, outcomeUnknown: true, e);
        }
    }

    private async Task<bool> AskForLastBatchAsync()
    {
        await ConnectAsync();
        await using var batch = new NpgsqlBatch(_connection);
        batch.Add("begin isolation level read committed");
        batch.Add("select size from ledger.head for update");
        batch.Add("select batch from ledger.writers where id = $1", Sql.Uuid(_writer));
        batch.Add("rollback");
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.NextResultAsync();
        return await reader.ReadAsync() && reader.GetInt64(0) == _lastBatch;
    }

    private async Task RollBackAsync()
    {
        if (_connection is null)
        {
            return;
        }

        if (_connection.State != ConnectionState.Open)
        {
            // The server ended the session together with its refusal.
            await DropConnectionAsync();
            return;
        }

        try
        {
            await using var command = new NpgsqlCommand("rollback", _connection);
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception e) when (Database.IsConnectionLoss(e))
        {
            // The server is gone, and the transaction with it.
            await DropConnectionAsync();
        }
    }

    private async Task ConnectAsync()
    {
        var losses = database.Losses;
        if (_connection is not null && _losses != losses)
        {
            await _connection.DisposeAsync();
            _connection = null;
        }

        if (_connection is null)
        {
            _connection = await database.ConnectForWritingAsync();
            _losses = losses;
        }
    }

    private async Task DropConnectionAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }

        _connection = null;
        database.ForgetConnections();
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
