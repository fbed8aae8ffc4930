using System.Diagnostics;

namespace Seal.Documents.Ofd;

/// <summary>What reading one file has cost so far, against its <see cref="OfdLimits"/>. One per opened file.</summary>
internal sealed class OfdBudget(OfdLimits limits, CancellationToken cancellation)
{
    private const int ClockEvery = 4096;
    private const int FilesFull = 10;

    private readonly long _started = Stopwatch.GetTimestamp();
    private long _decoded;
    private long _nodes;
    private long _untilClock = ClockEvery;

    public OfdLimits Limits { get; } = limits;

    public void SpendDecoded(long bytes)
    {
        _decoded += bytes;
        if (_decoded > Limits.MaxDecodedBytes)
        {
            throw new OfdFormatException(OfdProblem.TooLarge, $"more than {Limits.MaxDecodedBytes} bytes after decompression", nameof(OfdLimits.MaxDecodedBytes));
        }

        SpendTime(1 + (bytes >> 6));
    }

    public void SpendNodes(int count)
    {
        _nodes += count;
        if (_nodes > (long)Limits.MaxXmlNodes * FilesFull)
        {
            throw new OfdFormatException(OfdProblem.TooComplex, "too much XML in all files together", nameof(OfdLimits.MaxXmlNodes));
        }

        SpendTime(count);
    }

    /// <summary>Counts steps of work and looks at the clock every few thousand of them.</summary>
    public void SpendTime(long steps)
    {
        _untilClock -= steps;
        if (_untilClock > 0)
        {
            return;
        }

        _untilClock = ClockEvery;
        cancellation.ThrowIfCancellationRequested();
        if (Stopwatch.GetElapsedTime(_started) > Limits.MaxTime)
        {
            throw new OfdFormatException(OfdProblem.TooComplex, $"not read within {Limits.MaxTime}", nameof(OfdLimits.MaxTime));
        }
    }
}
