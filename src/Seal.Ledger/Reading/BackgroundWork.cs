using System.Diagnostics.CodeAnalysis;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Reading;

/// <summary>What goes on beside the appends: signing checkpoints while the head moves, and forgetting old requests.</summary>
internal sealed class BackgroundWork : IAsyncDisposable
{
    private readonly LedgerOptions options;
    private readonly Checkpoints checkpoints;
    private readonly RequestRows requests;
    private readonly CancellationTokenSource stop = new();
    private readonly Task loop;
    private long head;
    private long signed;
    private Exception? fault;

    public BackgroundWork(LedgerOptions options, Checkpoints checkpoints, RequestRows requests)
    {
        this.options = options;
        this.checkpoints = checkpoints;
        this.requests = requests;
        loop = Task.Run(RunAsync);
    }

    public DateTimeOffset Now => options.Clock.GetUtcNow();

    public Exception? Fault => Volatile.Read(ref fault);

    public void HeadMoved(long size) => Volatile.Write(ref head, size);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await loop;
        await TryAsync(SignAsync, CancellationToken.None);
        stop.Dispose();
    }

    private async Task RunAsync()
    {
        DateTimeOffset lastForgetting = DateTimeOffset.MinValue;
        try
        {
            while (true)
            {
                await Task.Delay(options.CheckpointInterval, options.Clock, stop.Token);
                await TryAsync(SignAsync, stop.Token);
                if (Now - lastForgetting > TimeSpan.FromMinutes(1))
                {
                    lastForgetting = Now;
                    await TryAsync(ct => requests.ForgetAsync(Now, ct), stop.Token);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Closing.
        }
    }

    private async Task SignAsync(CancellationToken ct)
    {
        long size = Volatile.Read(ref head);
        if (size == signed || options.Signers.Count == 0)
            return;
        await checkpoints.CoveringAsync(size, ct);
        signed = size;
    }

    /// <summary>A failure here must not end the loop: it is kept for health, and the next round tries again.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Kept and shown by EventLedger.BackgroundFault.")]
    private async Task TryAsync(Func<CancellationToken, Task> work, CancellationToken ct)
    {
        try
        {
            await work(ct);
            Volatile.Write(ref fault, null);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            Volatile.Write(ref fault, e);
        }
    }
}
