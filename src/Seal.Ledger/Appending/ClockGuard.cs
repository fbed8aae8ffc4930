namespace Seal.Ledger.Appending;

/// <summary>Gives every batch its time, and refuses a clock that has jumped forward; for those who state the time to others, backward too.</summary>
/// <remarks>
/// A late time alone proves nothing, for a log may be quiet for days. So a clock is believed unless a witness contradicts it:
/// the process's own monotonic clock since the last batch; at the first batch after a start, when there is no such memory, the
/// time of the last event and a generous limit of silence; and always the database server's clock. On one machine the
/// last says the same as ours, but among several processes it finds the one machine whose clock is ahead.
/// A clock behind the log's time cannot do harm: the log's time is then used again. One that was set back and is set right
/// again has not jumped: while it is behind, the monotonic clock keeps what it would say.
/// A machine that slept looks like a jump, because the monotonic clock slept too; an operator confirms it, or restarts.
/// </remarks>
internal sealed class ClockGuard(TimeProvider clock, TimeSpan maximumJump, TimeSpan maximumSilence)
{
    private readonly Lock _gate = new();
    private DateTimeOffset? _seen;
    private long _seenAt;
    private bool _confirmed;
    private TimeSpan _confirmedLead;

    /// <summary>An operator has looked at the clock and found it right, as it is now.</summary>
    public void Confirm()
    {
        lock (_gate)
        {
            See(clock.GetUtcNow());
            _confirmed = true;
        }
    }

    /// <summary>The time of the next batch: the later of clock and last time, in whole microseconds.</summary>
    /// <param name="last">Time of the last event; null if the log is empty.</param>
    /// <param name="database">The database server's clock.</param>
    /// <exception cref="ClockJumpException">A witness contradicts the clock.</exception>
    public DateTimeOffset Next(DateTimeOffset? last, DateTimeOffset database)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            if (_confirmed)
            {
                _confirmedLead = now > database ? now - database : TimeSpan.Zero;
                _confirmed = false;
            }

            if (maximumJump != Timeout.InfiniteTimeSpan)
            {
                Watch(now, last, database);
            }

            var time = last > now ? last.Value : now;
            return new DateTimeOffset(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
        }
    }

    /// <summary>
    /// The time for one who states it to others, such as a time-stamping authority: a clock that is behind does no harm to the
    /// log, whose time never goes back, but it would state too early a time.
    /// </summary>
    /// <param name="last">Time of the last event; null if the log is empty.</param>
    /// <param name="database">The database server's clock.</param>
    /// <exception cref="ClockJumpException">A witness contradicts the clock.</exception>
    public DateTimeOffset Tell(DateTimeOffset? last, DateTimeOffset database)
    {
        lock (_gate)
        {
            if (maximumJump != Timeout.InfiniteTimeSpan)
            {
                var now = clock.GetUtcNow();
                if (_seen is { } before)
                {
                    Reach(now, before + clock.GetElapsedTime(_seenAt), maximumJump, "this process's monotonic clock");
                }

                Reach(now, database, maximumJump, "the database server's clock");
                Reach(now, last ?? now, maximumJump, "the time of the last event");
            }

            return Next(last, database);
        }
    }

    private static void Reach(DateTimeOffset now, DateTimeOffset expected, TimeSpan tolerance, string witness)
    {
        if (expected - now > tolerance)
        {
            throw new ClockJumpException(now, expected - tolerance, witness);
        }
    }

    private void Watch(DateTimeOffset now, DateTimeOffset? last, DateTimeOffset database)
    {
        var expected = _seen + clock.GetElapsedTime(_seenAt);
        if (!(now <= last))
        {
            if (expected is { } own)
            {
                Believe(now, own, maximumJump, "this process's monotonic clock");
            }
            else if (last is { } quiet)
            {
                Believe(now, quiet, maximumSilence, "the time of the last event");
            }

            Believe(now, database + _confirmedLead, maximumJump, "the database server's clock");
        }

        // More than clocks drift: what is seen of such a clock is nothing to compare the right time with.
        var isSetBack = expected is { } plausible ? plausible - now > maximumJump : now < last;
        if (!isSetBack)
        {
            See(now);
        }
    }

    private static void Believe(DateTimeOffset now, DateTimeOffset expected, TimeSpan tolerance, string witness)
    {
        if (now - expected > tolerance)
        {
            throw new ClockJumpException(now, expected + tolerance, witness);
        }
    }

    private void See(DateTimeOffset now)
    {
        _seen = now;
        _seenAt = clock.GetTimestamp();
    }
}
