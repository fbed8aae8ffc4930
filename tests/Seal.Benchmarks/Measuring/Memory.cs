using System.Diagnostics;

namespace Seal.Benchmarks.Measuring;

/// <summary>How much memory some work takes, as the operating system counts it.</summary>
internal static class Memory
{
    /// <summary>The most resident memory while the work runs, less what there was before it.</summary>
    /// <returns>In MB (10^6 bytes).</returns>
    public static async Task<double> AboveIdleAsync(Func<Task> work)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var idle = Resident();
        var peak = idle;
        var running = work();
        while (!running.IsCompleted)
        {
            peak = Math.Max(peak, Resident());
            await Task.WhenAny(running, Task.Delay(20));
        }

        await running;
        return (peak - idle) / 1e6;
    }

    private static long Resident()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
