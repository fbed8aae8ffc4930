using System.Globalization;
using Seal.Ledger.Auditing;

namespace Seal.Cli.Auditing;

/// <summary>How many entries a second, and how long the rest takes at that; what an earlier run has done counts for neither.</summary>
internal sealed class Pace(TimeProvider clock)
{
    private AuditProgress? _first;
    private AuditProgress _last;
    private long _started;

    public void Report(AuditProgress progress)
    {
        if (_first is null)
        {
            (_first, _started) = (progress, clock.GetTimestamp());
        }

        _last = progress;
    }

    public override string ToString()
    {
        var elapsed = clock.GetElapsedTime(_started).TotalSeconds;
        if (_first is not { } first || _last.Done == first.Done || elapsed <= 0)
        {
            return "";
        }

        var rate = (_last.Done - first.Done) / elapsed;
        var left = TimeSpan.FromSeconds(double.Min((_last.Total - _last.Done) / rate, 359_999));
        return string.Create(CultureInfo.InvariantCulture, $"{rate:N0}/s {(int)left.TotalHours:00}:{left.Minutes:00}:{left.Seconds:00}");
    }
}
