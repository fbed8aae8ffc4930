using System.Diagnostics.CodeAnalysis;
using Npgsql;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Readers;

/// <summary>What a loop is made of.</summary>
internal sealed record ReaderTools(Database Database, EventRows Events, HeadWatch Head, TimeSpan LeaseLength, int ChunkSize, Action<string, string> Failed);

/// <summary>
/// One build of one reader in this process: waits for its lease, then reads as its leader until it loses it. At an event that
/// it cannot take it stands still, says so in its row, and tries again with growing pauses.
/// </summary>
internal abstract class ReaderLoop(ReaderTools tools, LedgerReader reader, long generation)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    // Between two chunks that were not full: a reader need not commit as often as the log does.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    protected ReaderTools Tools => tools;

    protected ReaderLease Lease { get; } = new(tools.Database, reader.Name, generation, tools.LeaseLength);

    protected long Term { get; private set; }

    /// <summary>The next event to be taken. A loop that takes one event at a time moves it along with each.</summary>
    protected long Position { get; set; }

    protected bool Serving { get; set; }

    /// <summary>Runs until it is told to stop; then gives the lease back.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A reader tries again for ever; what is wrong stands in its row or, if the database is away, in the ledger's health.")]
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (await Lease.TryTakeAsync(stop) is { } place)
                {
                    (Term, Position, Serving) = (place.Term, place.Position, place.Serving);
                    await LeadAsync(stop);
                }
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                break;
            }
            catch (LeaseLostException)
            {
                // Tried for again below.
            }
            catch (Exception e)
            {
                tools.Failed(reader.Name, CodeOf(e));
            }

            await Task.Delay(tools.LeaseLength / 4, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Takes a chunk and moves on to its end, for good.</summary>
    /// <exception cref="LeaseLostException">Nothing of it counts.</exception>
    protected abstract Task TakeAsync(List<RecordedEvent> chunk, long end, CancellationToken ct);

    /// <summary>What must be there before the first chunk.</summary>
    protected virtual Task PrepareAsync(CancellationToken ct) => Task.CompletedTask;

    private static string CodeOf(Exception e) => e is PostgresException refused ? refused.SqlState : e.GetType().Name;

    [SuppressMessage("Reliability", "CA2025", Justification = "The renewal is awaited before the source is disposed of.")]
    private async Task LeadAsync(CancellationToken stop)
    {
        using var leading = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var renewing = RenewAsync(leading);
        try
        {
            await PrepareAsync(leading.Token);
            await ReadAsync(leading.Token);
        }
        catch (OperationCanceledException) when (leading.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            throw new LeaseLostException(reader.Name);
        }
        finally
        {
            await leading.CancelAsync();
            await renewing;
            await Lease.ReleaseAsync(Term, CancellationToken.None);
        }
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        var feed = new EventFeed(tools.Events, reader.Types);
        var length = tools.ChunkSize;
        var pause = FirstPause;
        while (true)
        {
            // A build that has caught up takes its place with a chunk, if need be with an empty one.
            var head = Serving ? await tools.Head.BeyondAsync(Position, ct) : tools.Head.Head;
            var end = long.Max(Position, long.Min(Position + length, head));
            try
            {
                await TakeAsync(await feed.ReadAsync(Position, end, head, ct), end, ct);
                Position = end;
                length = int.Min(length * 2, tools.ChunkSize);
                pause = FirstPause;
            }
            catch (Exception e) when (e is not (LeaseLostException or OperationCanceledException or LedgerUnavailableException) && !(Database.IsConnectionLoss(e) && e is not PostgresException { SqlState: "25P03" }))
            {
                tools.Failed(reader.Name, CodeOf(e));
                if (end - Position > 1)
                {
                    // Somewhere in here: the half of it tells more.
                    length = int.Max(1, (int)((end - Position) / 2));
                    continue;
                }

                await Lease.StopAtAsync(Term, Position, CodeOf(e), ct);
                await Task.Delay(pause, ct);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
                continue;
            }

            if (end == head)
            {
                await Task.Delay(Pace, ct);
            }
        }
    }

    /// <summary>Renews the lease while this process leads. When it cannot for so long that another may lead, the work is stopped.</summary>
    private async Task RenewAsync(CancellationTokenSource leading)
    {
        var ct = leading.Token;
        var last = TimeProvider.System.GetTimestamp();
        while (!ct.IsCancellationRequested)
        {
            await Task.Delay(tools.LeaseLength / 3, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                if (!ct.IsCancellationRequested)
                {
                    await Lease.RenewAsync(Term, ct);
                    last = TimeProvider.System.GetTimestamp();
                }
            }
            catch (LeaseLostException)
            {
                await leading.CancelAsync();
            }
            catch (Exception e) when (e is OperationCanceledException or LedgerUnavailableException || Database.IsConnectionLoss(e))
            {
                if (TimeProvider.System.GetElapsedTime(last) >= tools.LeaseLength * 2 / 3)
                {
                    await leading.CancelAsync();
                }
            }
        }
    }
}
