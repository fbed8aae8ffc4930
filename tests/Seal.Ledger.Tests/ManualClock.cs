namespace Seal.Ledger.Tests;

/// <summary>A clock that a test moves, in whole seconds. Time passing moves both hands; a jump moves only the wall clock.</summary>
internal sealed class ManualClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private DateTimeOffset _now = new(start.Ticks - (start.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return _ticks;
        }
    }

    public void Pass(TimeSpan time)
    {
        lock (_gate)
        {
            _now += time;
            _ticks += time.Ticks;
        }
    }

    public void Jump(TimeSpan time)
    {
        lock (_gate)
        {
            _now += time;
        }
    }
}
