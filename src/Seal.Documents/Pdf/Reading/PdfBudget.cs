using System.Diagnostics;

namespace Seal.Documents.Pdf;

/// <summary>What reading one file has cost so far, against its <see cref="PdfLimits"/>. One per opened file.</summary>
internal sealed class PdfBudget(PdfLimits limits, CancellationToken cancellation)
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _values;
    private long _decoded;
    private long _untilClock = ClockEvery;

    private const int ClockEvery = 4096;

    public PdfLimits Limits { get; } = limits;

    public void SpendValues(long count)
    {
        _values += count;
        if (_values > Limits.MaxValues)
        {
            throw new PdfFormatException(PdfProblem.TooManyObjects, $"more than {Limits.MaxValues} values", nameof(PdfLimits.MaxValues));
        }

        SpendTime(count);
    }

    public void SpendDecoded(long bytes)
    {
        _decoded += bytes;
        if (_decoded > Limits.MaxDecodedBytes)
        {
            throw new PdfFormatException(PdfProblem.TooLarge, $"more than {Limits.MaxDecodedBytes} bytes after decompression", nameof(PdfLimits.MaxDecodedBytes));
        }
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
            throw new PdfFormatException(PdfProblem.TooComplex, $"not read within {Limits.MaxTime}", nameof(PdfLimits.MaxTime));
        }
    }
}
