namespace Seal.Ledger.Tests;

/// <summary>A clock that a test moves, in whole seconds. Time passing moves both hands; a jump moves only the wall clock.</summary>
internal sealed class ManualClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private DateTimeOffset now = new(start.Ticks - (start.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
    private long ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
            return now;
    }

    public override long GetTimestamp()
    {
        lock (gate)
            return ticks;
    }

    public void Pass(TimeSpan time)
    {
        lock (gate)
        {
            now += time;
            ticks += time.Ticks;
        }
    }

    public void Jump(TimeSpan time)
    {
        lock (gate)
            now += time;
    }
}
