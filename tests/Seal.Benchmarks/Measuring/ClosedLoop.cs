using System.Diagnostics;

namespace Seal.Benchmarks.Measuring;

/// <summary>Callers that ask again as soon as they are answered.</summary>
internal static class ClosedLoop
{
    /// <summary>Answers a second, over the middle of the run: the first part warms up and is not counted.</summary>
    /// <param name="callers">How many ask at once.</param>
    /// <param name="warmUp">Not counted.</param>
    /// <param name="length">Counted.</param>
    /// <param name="ask">One request; told the caller's number.</param>
    public static async Task<double> RateAsync(int callers, TimeSpan warmUp, TimeSpan length, Func<int, Task> ask)
    {
        long answered = 0;
        using var stop = new CancellationTokenSource();
        var all = Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await ask(caller);
                Interlocked.Increment(ref answered);
            }
        })).ToList();
        await Task.WhenAny(Task.Delay(warmUp), Task.WhenAny(all));
        var before = Interlocked.Read(ref answered);
        var watch = Stopwatch.StartNew();
        await Task.WhenAny(Task.Delay(length), Task.WhenAny(all));
        var counted = Interlocked.Read(ref answered) - before;
        var rate = counted / watch.Elapsed.TotalSeconds;
        await stop.CancelAsync();
        await Task.WhenAll(all);
        return rate;
    }

    /// <summary>Middle of some figures.</summary>
    public static double Median(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
