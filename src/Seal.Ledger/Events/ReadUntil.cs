namespace Seal.Ledger;

/// <summary>Up to where streams are read: to the end, or as they stood at a version, a time or a position.</summary>
public readonly record struct ReadUntil
{
    private readonly long? _version;
    private readonly long? _position;
    private readonly DateTimeOffset? _time;

    private ReadUntil(long? version, long? position, DateTimeOffset? time)
    {
        _version = version;
        _position = position;
        _time = time;
    }

    /// <summary>To the end.</summary>
    public static ReadUntil All => default;

    /// <summary>The version up to which is read; null if another bound is given, or none.</summary>
    public long? LastVersion => _version;

    internal long MaximumVersion => _version ?? long.MaxValue;

    internal long MaximumPosition => _position ?? long.MaxValue;

    internal DateTimeOffset MaximumTime => _time ?? DateTimeOffset.MaxValue;

    /// <summary>Up to and with this version of each stream read.</summary>
    /// <param name="version">Version, from 1; 0 reads nothing.</param>
    /// <returns>The bound.</returns>
    public static ReadUntil Version(long version) => new(version, null, null);

    /// <summary>Everything recorded at this time or before it.</summary>
    /// <param name="time">The time.</param>
    /// <returns>The bound.</returns>
    public static ReadUntil Time(DateTimeOffset time) => new(null, null, time);

    /// <summary>Up to and with this position in the whole log.</summary>
    /// <param name="position">Position, from 0.</param>
    /// <returns>The bound.</returns>
    public static ReadUntil Position(long position) => new(null, position, null);
}
