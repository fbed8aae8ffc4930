namespace Seal.Ledger.Appending;

/// <summary>
/// What other processes have been told of this one's appends. Each notification wakes a session and a process, which a busy
/// ledger must not do for every batch.
/// </summary>
internal sealed class Notices(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private long _committed;
    private long _told;
    private long _toldAt;

    /// <summary>How long other processes may be kept waiting.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Whether the next batch shall carry a notification.</summary>
    public bool IsDue => clock.GetElapsedTime(Volatile.Read(ref _toldAt)) >= Interval;

    /// <summary>The size of the log that others must still be told of; null if they know.</summary>
    public long? Owed
    {
        get
        {
            lock (_gate)
            {
                return _committed > _told ? _committed : null;
            }
        }
    }

    /// <summary>A batch was committed.</summary>
    public void Committed(long size, bool told)
    {
        lock (_gate)
        {
            _committed = long.Max(_committed, size);
        }

        if (told)
        {
            Told(size);
        }
    }

    /// <summary>Others were told of a size, or will find out by asking.</summary>
    public void Told(long size)
    {
        lock (_gate)
        {
            _told = long.Max(_told, size);
            _toldAt = clock.GetTimestamp();
        }
    }
}
