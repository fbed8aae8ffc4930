using static Seal.Ledger.Tests.Requests;

namespace Seal.Ledger.Tests;

public sealed class ClockTests(LedgerFixture fixture)
{
    private readonly ManualClock _clock = new(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task Recorded_time_never_goes_back_when_the_clock_does()
    {
        await using var ledger = await fixture.OpenAsync(o => o with { Clock = _clock });
        var first = (await ledger.AppendAsync(To("thing/1", 0), Ct)).Events[0].RecordedAt;
        _clock.Jump(TimeSpan.FromHours(-3));
        (await ledger.AppendAsync(To("thing/1", 1), Ct)).Events[0].RecordedAt.ShouldBe(first);
        first.Ticks.ShouldBe(first.Ticks / 10 * 10, "PostgreSQL and the envelope keep microseconds");
    }

    [Fact]
    public async Task A_clock_that_jumps_forward_stops_appends_until_an_operator_confirms_it()
    {
        await using var ledger = await fixture.OpenAsync(o => o with { Clock = _clock });
        await ledger.AppendAsync(To("thing/1", 0), Ct);
        _clock.Jump(TimeSpan.FromMinutes(11));

        var stopped = await Should.ThrowAsync<ClockJumpException>(ledger.AppendAsync(To("thing/1", 1), Ct));
        stopped.Clock.ShouldBe(_clock.GetUtcNow());
        await Should.ThrowAsync<ClockJumpException>(ledger.AppendAsync(To("thing/1", 1), Ct));
        ledger.ConfirmClock();
        (await ledger.AppendAsync(To("thing/1", 1), Ct)).Events[0].RecordedAt.ShouldBeGreaterThan(stopped.Plausible);
        _clock.Pass(TimeSpan.FromSeconds(5));
        await ledger.AppendAsync(To("thing/1", 2), Ct);
    }

    [Fact]
    public async Task A_mended_clock_ends_the_stop_by_itself()
    {
        await using var ledger = await fixture.OpenAsync(o => o with { Clock = _clock });
        await ledger.AppendAsync(To("thing/1", 0), Ct);
        _clock.Jump(TimeSpan.FromDays(900));
        await Should.ThrowAsync<ClockJumpException>(ledger.AppendAsync(To("thing/1", 1), Ct));
        _clock.Jump(TimeSpan.FromDays(-900));
        await ledger.AppendAsync(To("thing/1", 1), Ct);
    }

    [Fact]
    public async Task A_quiet_night_is_no_jump()
    {
        // The database's clock stands still in this test, so the whole story lies in its past.
        _clock.Jump(TimeSpan.FromDays(-3));
        await using var ledger = await fixture.OpenAsync(o => o with { Clock = _clock });
        await ledger.AppendAsync(To("thing/1", 0), Ct);
        _clock.Pass(TimeSpan.FromHours(14));
        await ledger.AppendAsync(To("thing/1", 1), Ct);
    }

    [Fact]
    public async Task A_service_that_was_down_for_months_starts_and_one_whose_clock_lost_its_mind_does_not()
    {
        var options = (await fixture.NewDatabaseAsync()) with { Clock = new ManualClock(_clock.GetUtcNow() - TimeSpan.FromDays(300)) };
        await using (var before = await EventLedger.OpenAsync(options, Ct))
        {
            await before.AppendAsync(To("thing/1", 0), Ct);
        }

        await using (var after = await EventLedger.OpenAsync(options with { Clock = _clock }, Ct))
        {
            await after.AppendAsync(To("thing/1", 1), Ct);
        }

        _clock.Jump(TimeSpan.FromDays(400));
        await using var mad = await EventLedger.OpenAsync(options with { Clock = _clock }, Ct);
        (await Should.ThrowAsync<ClockJumpException>(mad.AppendAsync(To("thing/1", 2), Ct))).Witness.ShouldContain("last event");
    }

    [Fact]
    public async Task A_first_start_with_a_clock_ahead_of_the_database_is_stopped_and_can_be_told_not_to_be()
    {
        _clock.Jump(TimeSpan.FromDays(30));
        var options = (await fixture.NewDatabaseAsync()) with { Clock = _clock };
        await using (var ledger = await EventLedger.OpenAsync(options, Ct))
        {
            (await Should.ThrowAsync<ClockJumpException>(ledger.AppendAsync(To("thing/1", 0), Ct))).Witness.ShouldContain("database");
        }

        await using var trusting = await EventLedger.OpenAsync(options with { MaximumForwardJump = Timeout.InfiniteTimeSpan }, Ct);
        await trusting.AppendAsync(To("thing/1", 0), Ct);
    }

    [Fact]
    public async Task The_time_is_told_to_nobody_while_the_clock_is_ahead_or_behind()
    {
        await using var ledger = await fixture.OpenAsync(o => o with { Clock = _clock });
        await ledger.AppendAsync(To("thing/1", 0), Ct);
        (await ledger.TimeAsync(Ct)).ShouldBe(_clock.GetUtcNow());

        _clock.Jump(TimeSpan.FromMinutes(11));
        (await Should.ThrowAsync<ClockJumpException>(ledger.TimeAsync(Ct))).Message.ShouldContain("later than");
        _clock.Jump(TimeSpan.FromMinutes(-22));
        (await Should.ThrowAsync<ClockJumpException>(ledger.TimeAsync(Ct))).Message.ShouldContain("earlier than");
        _clock.Jump(TimeSpan.FromMinutes(11));
        (await ledger.TimeAsync(Ct)).ShouldBe(_clock.GetUtcNow());
    }

    [Fact]
    public async Task The_time_that_is_told_is_never_before_the_last_event()
    {
        await using var ledger = await fixture.OpenAsync(o => o with { Clock = _clock });
        var last = (await ledger.AppendAsync(To("thing/1", 0), Ct)).Events[0].RecordedAt;
        _clock.Jump(TimeSpan.FromMinutes(-1));
        (await ledger.TimeAsync(Ct)).ShouldBe(last);
    }
}
