using static Seal.Ledger.Tests.Requests;

namespace Seal.Ledger.Tests;

public class IdempotencyTests(LedgerFixture fixture)
{
    [Fact]
    public async Task A_repeated_request_gets_the_same_events_and_outcome_and_appends_nothing()
    {
        await using var ledger = await fixture.OpenAsync();
        var request = To("thing/1", 0, Event(), Event()) with { Idempotency = Key("k", outcome: "201") };
        var first = await ledger.AppendAsync(request, Ct);
        var again = await ledger.AppendAsync(request, Ct);

        first.Replayed.ShouldBeFalse();
        (again.Replayed, again.Outcome).ShouldBe((true, "201"));
        again.Events.Select(e => e.ToLeaf()).ShouldBe(first.Events.Select(e => e.ToLeaf()));
        (await ledger.SizeAsync(Ct)).ShouldBe(2);

        var found = await ledger.FindRequestAsync("tester", "k", "request"u8.ToArray(), Ct);
        found!.Events.Count.ShouldBe(2);
        found.Replayed.ShouldBeTrue();
        (await ledger.FindRequestAsync("another", "k", "request"u8.ToArray(), Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_key_used_for_another_request_is_a_conflict()
    {
        await using var ledger = await fixture.OpenAsync();
        await ledger.AppendAsync(To("thing/1", 0) with { Idempotency = Key("k") }, Ct);

        await Should.ThrowAsync<IdempotencyConflictException>(ledger.AppendAsync(To("thing/2", 0) with { Idempotency = Key("k", "another") }, Ct));
        await Should.ThrowAsync<IdempotencyConflictException>(ledger.FindRequestAsync("tester", "k", "another"u8.ToArray(), Ct));
        await ledger.AppendAsync(To("thing/2", 0) with { Idempotency = Key("k", "another") with { Scope = "somebody else" } }, Ct);
    }

    [Fact]
    public async Task The_same_request_a_hundred_times_at_once_is_made_once()
    {
        await using var ledger = await fixture.OpenAsync();
        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => ledger.AppendAsync(To("thing/1", 0) with { Idempotency = Key("k") }, Ct)));

        results.Count(r => !r.Replayed).ShouldBe(1);
        results.ShouldAllBe(r => r.Events.Single().Position == 0 && r.Outcome == "200");
    }

    [Fact]
    public async Task A_key_is_free_again_when_its_time_is_over()
    {
        var clock = new ManualClock(TimeProvider.System.GetUtcNow());
        await using var ledger = await fixture.OpenAsync(o => o with { Clock = clock, IdempotencyLifetime = TimeSpan.FromMinutes(5) });
        await ledger.AppendAsync(To("thing/1", 0) with { Idempotency = Key("k") }, Ct);
        clock.Pass(TimeSpan.FromMinutes(4.9));
        (await ledger.AppendAsync(To("thing/1", 0) with { Idempotency = Key("k") }, Ct)).Replayed.ShouldBeTrue();
        clock.Pass(TimeSpan.FromMinutes(0.2));

        (await ledger.FindRequestAsync("tester", "k", "request"u8.ToArray(), Ct)).ShouldBeNull();
        (await ledger.AppendAsync(To("thing/1", 1) with { Idempotency = Key("k", "another") }, Ct)).Replayed.ShouldBeFalse();
    }

    [Fact]
    public async Task A_refused_request_leaves_its_key_free()
    {
        await using var ledger = await fixture.OpenAsync();
        await Should.ThrowAsync<ConcurrencyException>(ledger.AppendAsync(To("thing/1", 7) with { Idempotency = Key("k") }, Ct));
        (await ledger.AppendAsync(To("thing/1", 0) with { Idempotency = Key("k") }, Ct)).Replayed.ShouldBeFalse();
    }

    [Fact]
    public async Task A_request_without_events_is_remembered_too()
    {
        await using var ledger = await fixture.OpenAsync();
        var request = new AppendRequest([], default) { Idempotency = Key("k", outcome: "204") };
        (await ledger.AppendAsync(request, Ct)).Replayed.ShouldBeFalse();
        var again = await ledger.AppendAsync(request, Ct);
        (again.Replayed, again.Outcome, again.Events.Count).ShouldBe((true, "204", 0));
    }
}
