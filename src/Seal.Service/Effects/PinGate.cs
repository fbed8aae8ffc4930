using System.Collections.Concurrent;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Ledger;
using Seal.Service.Commands;

namespace Seal.Service.Effects;

/// <summary>
/// Lets only a few PINs of one holding be tried at the same time, each until it is counted, so that a burst of guesses gets
/// hardly more tries than the limit.
/// </summary>
public sealed class PinGate(StreamLoader loader) : IDisposable
{
    /// <summary>How many at a time; fewer than lock a holding.</summary>
    public const int AtOnce = 4;

    private readonly ConcurrentDictionary<HoldingId, SemaphoreSlim> _gates = new();

    /// <summary>Waits for a turn, which lasts until the command ends.</summary>
    /// <exception cref="ConcurrencyException">The PIN was locked while waiting: the command is to be decided anew.</exception>
    public async Task EnterAsync(HoldingId holding, Work work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (work.Turn is not null)
        {
            return;
        }

        var gate = _gates.GetOrAdd(holding, _ => new SemaphoreSlim(AtOnce));
        await gate.WaitAsync(cancellation);
        work.Turn = new Release(gate);
        var states = await loader.LoadAsync([holding.PinStream], States.None, ReadUntil.All, cancellation);
        if (states.Get<PinAttempts>(holding.PinStream).IsLocked)
        {
            throw new ConcurrencyException(holding.PinStream.ToString(), 0, states.VersionOf(holding.PinStream));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var gate in _gates.Values)
        {
            gate.Dispose();
        }
    }

    private sealed class Release(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
