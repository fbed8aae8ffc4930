using Seal.Ledger.Storage;

namespace Seal.Ledger.Replication;

/// <summary>
/// Asks the database how long the log is, one question at a time: whoever comes while one is under way shares the next with all
/// others who do. An answer is thus never older than its question, and many readers cost the database no more than one.
/// </summary>
internal sealed class HeadQuestion(Database database)
{
    private readonly Lock _lock = new();
    private Task<LogHead> _underWay = Task.FromResult(new LogHead(0, []));
    private Task<LogHead>? _next;

    /// <summary>The head as it is now.</summary>
    /// <exception cref="LedgerUnavailableException">The database cannot be reached.</exception>
    public Task<LogHead> AskAsync(CancellationToken ct)
    {
        lock (_lock)
        {
            if (_next is null && _underWay.IsCompleted)
            {
                return (_underWay = Task.Run(ReadAsync, CancellationToken.None)).WaitAsync(ct);
            }

            var before = _underWay;
            return (_next ??= Task.Run(() => AfterAsync(before), CancellationToken.None)).WaitAsync(ct);
        }
    }

    private async Task<LogHead> AfterAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
        {
            (_underWay, _next) = (_next!, null);
        }

        return await ReadAsync();
    }

    private Task<LogHead> ReadAsync() => database.ReadAsync(connection => LogHead.ReadAsync(connection, CancellationToken.None), CancellationToken.None);
}
