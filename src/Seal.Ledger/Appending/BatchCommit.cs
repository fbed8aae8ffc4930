using System.Security.Cryptography;
using Npgsql;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Appending;

/// <summary>Commits one batch in two round trips, and finds out the truth when the connection breaks in between.</summary>
internal sealed class BatchCommit(Database database, LedgerOptions options, ClockGuard clock, string projections, Action<long> headMoved) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Guid writer = new(RandomNumberGenerator.GetBytes(16));
    private NpgsqlConnection? connection;
    private long lastBatch;
    private long? unreachableSince;

    /// <summary>Decides and commits a batch and answers its appends.</summary>
    /// <exception cref="PostgresException">The database refused a statement; nothing was committed and nobody answered.</exception>
    /// <exception cref="LedgerException">Nobody was answered; the exception is everybody's answer.</exception>
    public async Task CommitAsync(IReadOnlyList<PendingAppend> appends)
    {
        BatchDecision? sent = null;
        while (true)
        {
            try
            {
                if (sent is null || !await WasCommittedAsync())
                {
                    sent = null;
                    BatchDecision decision = await DecideAsync(appends);
                    if (!decision.WritesNothing)
                    {
                        lastBatch++;
                        sent = decision;
                        await BatchWrite.CommitAsync(connection!, decision, writer, lastBatch);
                    }

                    sent = decision;
                }

                unreachableSince = null;
                headMoved(sent.State.Range.Size);
                sent.AnswerAll();
                return;
            }
            catch (PostgresException e) when (!Database.IsConnectionLoss(e))
            {
                // The transaction is void, so what was sent is certainly not there.
                await RollBackAsync();
                if (e.SqlState is not (PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected))
                    throw;
                sent = null;
            }
            catch (Exception e) when (Database.IsConnectionLoss(e))
            {
                await DropConnectionAsync();
                await WaitOrGiveUpAsync(outcomeUnknown: sent is not null, e);
            }
            catch (Exception e) when (e is not LedgerException)
            {
                // Unforeseen: the connection may stand inside a transaction, and must not serve the next batch.
                await DropConnectionAsync();
                throw;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (connection is not null)
            await connection.DisposeAsync();
    }

    private async Task<BatchDecision> DecideAsync(IReadOnlyList<PendingAppend> appends)
    {
        connection ??= await database.ConnectForWritingAsync();
        try
        {
            LogState state = await LogStateQuery.ReadAsync(connection, appends, CancellationToken.None);
            if (state.Projections != projections)
            {
                throw new LedgerConfigurationException(
                    $"The inline projections of the ledger are '{state.Projections}', those of this process '{projections}': restart it with the ledger's version of the software.");
            }

            var decision = new BatchDecision(state, clock.Next(state.LastRecordedAt, state.DatabaseTime), options.IdempotencyLifetime);
            foreach (PendingAppend append in appends)
                decision.Take(append);
            if (decision.WritesNothing)
                await RollBackAsync();
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
        connection ??= await database.ConnectForWritingAsync();
        await using var batch = new NpgsqlBatch(connection);
        batch.Add("begin isolation level read committed");
        batch.Add("select size from ledger.head for update");
        batch.Add("select batch from ledger.writers where id = $1", Sql.Uuid(writer));
        batch.Add("rollback");
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync();
        await reader.NextResultAsync();
        return await reader.ReadAsync() && reader.GetInt64(0) == lastBatch;
    }

    private async Task RollBackAsync()
    {
        if (connection is null)
            return;
        try
        {
            await using var command = new NpgsqlCommand("rollback", connection);
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception e) when (Database.IsConnectionLoss(e))
        {
            // The server is gone, and the transaction with it.
            await DropConnectionAsync();
        }
    }

    private async Task DropConnectionAsync()
    {
        if (connection is not null)
            await connection.DisposeAsync();
        connection = null;
        database.ForgetConnections();
    }

    private async Task WaitOrGiveUpAsync(bool outcomeUnknown, Exception cause)
    {
        unreachableSince ??= options.Clock.GetTimestamp();
        if (options.Clock.GetElapsedTime(unreachableSince.Value) > options.Patience)
        {
            string outcome = outcomeUnknown ? "The append may or may not be in the log." : "Nothing was appended.";
            throw new LedgerUnavailableException($"PostgreSQL cannot be reached. {outcome} {cause.Message}", outcomeUnknown, cause);
        }

        await database.ReviveAsync(outcomeUnknown, CancellationToken.None);

        // A wait of real time whatever clock the options carry: it is for the server, not for the log.
        await Task.Delay(Pause);
    }
}
