namespace Seal.Ledger.Tests;

/// <summary>A clock that runs as all do until a test sets it. Setting it moves the wall clock and nothing else.</summary>
internal sealed class JumpingClock : TimeProvider
{
    private long _offset;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _offset));

    public void Jump(TimeSpan by) => Interlocked.Add(ref _offset, by.Ticks);
}
