using System.Collections.Concurrent;
using static Seal.Ledger.Tests.Requests;

namespace Seal.Ledger.Tests;

/// <summary>Somebody sets the clock while 32 callers append without a pause.</summary>
public sealed class ClockUnderLoadTests(LedgerFixture fixture)
{
    private const int Callers = 32;
    private const int Appends = 20;

    private readonly JumpingClock _clock = new();
    private readonly ConcurrentBag<RecordedEvent> _answered = [];
    private readonly ConcurrentBag<ClockJumpException> _refused = [];
    private readonly TaskCompletionSource _mended = new();

    [Theory]
    [InlineData("00:00:03")]
    [InlineData("01:00:00")]
    [InlineData("365.00:00:00")]
    public async Task A_clock_set_back_and_set_right_again_is_not_noticed_by_callers_and_time_never_goes_back(string by)
    {
        await using var ledger = await fixture.OpenAsync(o => o with { Clock = _clock });
        var callers = CallAsync(ledger);

        await Eventually.TrueAsync(() => _answered.Count > Callers * 4);
        _clock.Jump(-TimeSpan.Parse(by));
        await Eventually.TrueAsync(() => _answered.Count > Callers * 10);
        _clock.Jump(TimeSpan.Parse(by));
        await callers;

        _refused.ShouldBeEmpty();
        await AllIsThereInOrderAsync(ledger);
        (await ledger.AppendAsync(To("thing/last", 0), Ct)).Events[0].RecordedAt.ShouldBe(TimeProvider.System.GetUtcNow(), TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("00:20:00")]
    [InlineData("01:00:00")]
    [InlineData("365.00:00:00")]
    public async Task A_clock_set_forward_stops_all_callers_and_they_go_on_by_themselves_when_it_is_set_right(string by)
    {
        await using var ledger = await fixture.OpenAsync(o => o with { Clock = _clock });
        var callers = CallAsync(ledger);

        await Eventually.TrueAsync(() => _answered.Count > Callers * 4);
        _clock.Jump(TimeSpan.Parse(by));
        await Eventually.TrueAsync(() => _refused.Count == Callers);
        ledger.Impediment.ShouldBeOfType<ClockJumpException>();
        await Should.ThrowAsync<ClockJumpException>(ledger.RehearseAsync(Ct));
        _clock.Jump(-TimeSpan.Parse(by));
        await ledger.RehearseAsync(Ct);
        ledger.Impediment.ShouldBeNull();
        _mended.SetResult();
        await callers;

        await AllIsThereInOrderAsync(ledger);
        _answered.Max(e => e.RecordedAt).ShouldBe(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(1), "the wrong time is nowhere in the log");
    }

    [Fact]
    public async Task A_ledger_opened_while_the_clock_is_behind_goes_on_when_it_is_set_right()
    {
        var options = await fixture.NewDatabaseAsync() with { Clock = _clock };
        await using (var before = await EventLedger.OpenAsync(options, Ct))
        {
            await before.AppendAsync(To("thing/1", 0), Ct);
        }

        _clock.Jump(TimeSpan.FromHours(-3));
        await using var ledger = await EventLedger.OpenAsync(options, Ct);
        await ledger.AppendAsync(To("thing/1", 1), Ct);
        _clock.Jump(TimeSpan.FromHours(3));
        await ledger.AppendAsync(To("thing/1", 2), Ct);
    }

    private Task CallAsync(EventLedger ledger) => Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
    {
        for (var i = 0; i < Appends; i++)
        {
            _answered.Add(await AppendAsync(ledger, To($"thing/{caller}", i)));
        }
    }));

    private async Task<RecordedEvent> AppendAsync(EventLedger ledger, AppendRequest request)
    {
        try
        {
            return (await ledger.AppendAsync(request, Ct)).Events.Single();
        }
        catch (ClockJumpException refused)
        {
            _refused.Add(refused);
            await _mended.Task;
            return (await ledger.AppendAsync(request, Ct)).Events.Single();
        }
    }

    private async Task AllIsThereInOrderAsync(EventLedger ledger)
    {
        var there = await ledger.AllAsync();
        there.Select(e => e.ToLeaf()).ShouldBe(_answered.OrderBy(e => e.Position).Select(e => e.ToLeaf()));
        there.Count.ShouldBe(Callers * Appends);
        there.Select(e => e.RecordedAt).ShouldBeInOrder();
        (await ledger.RecomputeAsync(Ct)).ShouldBe((await ledger.CheckpointAsync(Ct)).Head);
    }
}
