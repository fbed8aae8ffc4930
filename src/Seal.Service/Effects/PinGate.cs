using System.Collections.Concurrent;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Ledger;
using Seal.Service.Commands;
using Seal.Service.Vault;

namespace Seal.Service.Effects;

/// <summary>
/// Lets only a few PINs of one holding be tried at the same time, in all processes together, each until it is counted, so that a
/// burst of guesses gets hardly more tries than the limit.
/// </summary>
public sealed class PinGate(StreamLoader loader, PinTurns turns) : IDisposable
{
    /// <summary>How many at a time; fewer than lock a holding.</summary>
    public const int AtOnce = 4;

    // Those of one process wait here, and do not press the database for their turns.
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
        var release = new Release(gate, turns);
        work.Turn = release;
        release.Turn = await turns.TakeAsync(holding, AtOnce, cancellation);
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

    private sealed class Release(SemaphoreSlim gate, PinTurns turns) : IAsyncDisposable
    {
        public Guid? Turn { get; set; }

        public async ValueTask DisposeAsync()
        {
            try
            {
                if (Turn is { } turn)
                {
                    await turns.GiveBackAsync(turn);
                }
            }
            finally
            {
                gate.Release();
            }
        }
    }
}
