using Seal.Service.Problems;

namespace Seal.Service.Files;

/// <summary>
/// Taking strangers' files apart costs seconds of a processor each at worst. Half of the processors judge, half look at what
/// is to be sealed, and the others wait; only so many files to judge are let into memory at all. So no crowd of them stops
/// everything else.
/// </summary>
public sealed class ReadingTurns : IDisposable
{
    /// <summary>How many files to judge are in memory at once before more are turned away.</summary>
    public const int MostInMemory = 64;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly int AtOnce = Math.Max(1, Environment.ProcessorCount / 2);
    private readonly SemaphoreSlim _room = new(MostInMemory);
    private readonly SemaphoreSlim _judging = new(AtOnce);
    private readonly SemaphoreSlim _preparing = new(AtOnce);

    /// <summary>Takes a place for a file to judge, until what is given back is disposed of.</summary>
    /// <exception cref="ProblemException">All places are taken.</exception>
    public IDisposable EnterRoom() => _room.Wait(0, CancellationToken.None) ? new Place(_room) : throw new ProblemException(RequestProblems.TooBusy);

    /// <summary>Waits for a turn to judge a file, which lasts until what is given back is disposed of.</summary>
    /// <exception cref="ProblemException">It did not come in time.</exception>
    public async Task<IDisposable> JudgeAsync(CancellationToken cancellation) =>
        await _judging.WaitAsync(LongestWait, cancellation) ? new Place(_judging) : throw new ProblemException(RequestProblems.TooBusy);

    /// <summary>Waits for a turn to look at a file that is to be sealed.</summary>
    public async Task<IDisposable> PrepareAsync(CancellationToken cancellation)
    {
        await _preparing.WaitAsync(cancellation);
        return new Place(_preparing);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _room.Dispose();
        _judging.Dispose();
        _preparing.Dispose();
    }

    private sealed class Place(SemaphoreSlim of) : IDisposable
    {
        public void Dispose() => of.Release();
    }
}
