using System.Diagnostics.CodeAnalysis;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Reading;

/// <summary>What goes on beside the appends: signing checkpoints while the head moves, and forgetting old requests.</summary>
internal sealed class BackgroundWork : IAsyncDisposable
{
    private readonly LedgerOptions _options;
    private readonly Checkpoints _checkpoints;
    private readonly RequestRows _requests;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private long _head;
    private long _signed;
    private Exception? _fault;

    public BackgroundWork(LedgerOptions options, Checkpoints checkpoints, RequestRows requests)
    {
        _options = options;
        _checkpoints = checkpoints;
        _requests = requests;
        _loop = Task.Run(RunAsync);
    }

    public DateTimeOffset Now => _options.Clock.GetUtcNow();

    public Exception? Fault => Volatile.Read(ref _fault);

    /// <summary>Two batches may be told of in the wrong order.</summary>
    public void HeadMoved(long size)
    {
        long known;
        while ((known = Volatile.Read(ref _head)) < size && Interlocked.CompareExchange(ref _head, size, known) != known)
        {
            // The other one was told of meanwhile.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        await TryAsync(SignAsync, CancellationToken.None);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var lastForgetting = DateTimeOffset.MinValue;
        try
        {
            while (true)
            {
                await Task.Delay(_options.CheckpointInterval, _options.Clock, _stop.Token);
                await TryAsync(SignAsync, _stop.Token);
                if (Now - lastForgetting > TimeSpan.FromMinutes(1))
                {
                    lastForgetting = Now;
                    await TryAsync(ct => _requests.ForgetAsync(Now, ct), _stop.Token);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Closing.
        }
    }

    private async Task SignAsync(CancellationToken ct)
    {
        var size = Volatile.Read(ref _head);
        if (size == _signed || _options.Signers.Count == 0)
        {
            return;
        }

        await _checkpoints.CoveringAsync(size, ct);
        _signed = size;
    }

    /// <summary>A failure here must not end the loop: it is kept for health, and the next round tries again.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Kept and shown by EventLedger.BackgroundFault.")]
    private async Task TryAsync(Func<CancellationToken, Task> work, CancellationToken ct)
    {
        try
        {
            await work(ct);
            Volatile.Write(ref _fault, null);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            Volatile.Write(ref _fault, e);
        }
    }
}
