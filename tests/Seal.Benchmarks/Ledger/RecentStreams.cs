using System.Collections.Concurrent;

namespace Seal.Benchmarks.Ledger;

/// <summary>Which stream the next append goes to: nine in ten a new one, one in ten one of the last so many.</summary>
internal sealed class RecentStreams(int most, string prefix)
{
    private readonly ConcurrentQueue<(string Stream, long Version)> _idle = new();
    private long _count;

    /// <summary>A stream that no other caller writes at the same time, and its version.</summary>
    public (string Stream, long Version) Take()
    {
        var number = Interlocked.Increment(ref _count);
        return number % 10 == 0 && _idle.TryDequeue(out var known) ? known : ($"thing/{prefix}-{number}", 0);
    }

    /// <summary>Gives a stream back.</summary>
    public void Give(string stream, long version)
    {
        _idle.Enqueue((stream, version));
        if (_idle.Count > most)
        {
            _idle.TryDequeue(out _);
        }
    }
}
