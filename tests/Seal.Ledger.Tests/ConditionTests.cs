using static Seal.Ledger.Tests.Requests;

namespace Seal.Ledger.Tests;

public class ConditionTests(LedgerFixture fixture)
{
    [Fact]
    public async Task A_stream_that_moved_on_refuses_the_append_and_is_named_with_both_versions()
    {
        await using var ledger = await fixture.OpenAsync();
        await ledger.AppendAsync(To("seal/1", 0), Ct);
        await ledger.AppendAsync(To("seal/1", 1), Ct);
        var signing = To("signing/1", 0) with { Conditions = [new AppendCondition.StreamAt("seal/1", 1)] };

        var refused = await Should.ThrowAsync<ConditionFailedException>(ledger.AppendAsync(signing, Ct));

        refused.Condition.ShouldBe(new AppendCondition.StreamAt("seal/1", 1));
        refused.ActualVersion.ShouldBe(2);
        (await ledger.SizeAsync(Ct)).ShouldBe(2);
        await ledger.AppendAsync(signing with { Conditions = [new AppendCondition.StreamAt("seal/1", 2), new AppendCondition.StreamAt("seal/none", 0)] }, Ct);
    }

    [Fact]
    public async Task An_append_at_or_after_the_time_it_had_to_precede_is_refused()
    {
        var clock = new ManualClock(TimeProvider.System.GetUtcNow());
        await using var ledger = await fixture.OpenAsync(o => o with { Clock = clock });
        var end = clock.GetUtcNow() + TimeSpan.FromSeconds(5);
        AppendRequest InTime(string stream) => To(stream, 0) with { Conditions = [new AppendCondition.RecordedBefore(end, "certificate.end")] };
        await ledger.AppendAsync(InTime("signing/1"), Ct);
        clock.Pass(TimeSpan.FromSeconds(5));

        var late = await Should.ThrowAsync<ConditionFailedException>(ledger.AppendAsync(InTime("signing/2"), Ct));

        late.Condition.ShouldBeOfType<AppendCondition.RecordedBefore>().Name.ShouldBe("certificate.end");
        late.ActualTime.ShouldBe(end);
    }

    [Fact]
    public async Task A_thousand_signings_racing_with_freezes_never_come_after_the_freeze_they_did_not_see()
    {
        await using var ledger = await fixture.OpenAsync();
        await ledger.AppendAsync(To("seal/1", 0), Ct);
        var freezes = Task.Run(
            async () =>
            {
                for (var version = 1; version <= 50; version++)
                {
                    await ledger.AppendAsync(To("seal/1", version), Ct);
                }
            },
            Ct);
        Task[] signings = [.. Enumerable.Range(0, 1000).Select(async i =>
        {
            var version = (await ledger.StreamAsync("seal/1"))[^1].Version;
            var signing = To($"signing/{i}", 0, Event(body: $$"""{"seal":{{version}}}""")) with { Conditions = [new AppendCondition.StreamAt("seal/1", version)] };
            try
            {
                await ledger.AppendAsync(signing, Ct);
            }
            catch (ConditionFailedException)
            {
                // Lost the race, as it may.
            }
        })];
        await Task.WhenAll([freezes, .. signings]);

        long seal = 0;
        foreach (var recorded in await ledger.AllAsync())
        {
            if (recorded.Stream == "seal/1")
            {
                seal = recorded.Version;
            }
            else
            {
                recorded.Body.Text().ShouldBe($$"""{"seal":{{seal}}}""");
            }
        }
    }
}
