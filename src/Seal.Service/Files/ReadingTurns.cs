using Seal.Service.Problems;

namespace Seal.Service.Files;

/// <summary>
/// Taking strangers' files apart costs seconds of a processor each at worst. Half of the processors judge, and only so many
/// files to judge are let into memory at all, so that no crowd of them stops everything else.
/// </summary>
public sealed class ReadingTurns : IDisposable
{
    /// <summary>How many files to judge are in memory at once before more are turned away.</summary>
    public const int MostInMemory = 64;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim _room = new(MostInMemory);
    private readonly SemaphoreSlim _judging = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>Takes a place for a file to judge, until what is given back is disposed of.</summary>
    /// <exception cref="ProblemException">All places are taken.</exception>
    public IDisposable EnterRoom() => _room.Wait(0, CancellationToken.None) ? new Place(_room) : throw new ProblemException(RequestProblems.TooBusy);

    /// <summary>Waits for a turn to judge a file, which lasts until what is given back is disposed of.</summary>
    /// <exception cref="ProblemException">It did not come in time.</exception>
    public async Task<IDisposable> JudgeAsync(CancellationToken cancellation) =>
        await _judging.WaitAsync(LongestWait, cancellation) ? new Place(_judging) : throw new ProblemException(RequestProblems.TooBusy);

    /// <inheritdoc/>
    public void Dispose()
    {
        _room.Dispose();
        _judging.Dispose();
    }

    private sealed class Place(SemaphoreSlim of) : IDisposable
    {
        public void Dispose() => of.Release();
    }
}
