using static Seal.Ledger.Tests.Requests;

namespace Seal.Ledger.Tests.Readers;

public class AsyncProjectionTests(LedgerFixture fixture)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Every_event_counts_once_whichever_process_appends_and_leads()
    {
        var options = await OptionsAsync();
        var ledgers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => EventLedger.OpenAsync(options, Ct)));
        foreach (var ledger in ledgers)
        {
            ledger.Readers.Start([new Tallies()]);
        }

        await Parallel.ForEachAsync(Enumerable.Range(0, 300), new ParallelOptions { MaxDegreeOfParallelism = 20, CancellationToken = Ct }, async (i, ct) =>
        {
            await ledgers[i % 3].AppendAsync(To($"thing/{i}", 0, Event(), Event("thing.else.v1")), ct);
            if (i == 150)
            {
                // Whoever leads goes; another goes on at once, because the lease was given back.
                await ledgers[0].Readers.DisposeAsync();
            }
        });

        (await ledgers[1].Readers.WaitForAsync("tallies", 600, Patience, Ct)).ShouldBeTrue();
        var (build, happened) = await new Tallies().ReadAsync(ledgers[2]);
        (build.Position, happened).ShouldBe((600, 300));
        var state = (await ledgers[1].Readers.StatesAsync(Ct)).Single();
        (state.Serving, state.LagEvents, state.LagTime, state.Fault).ShouldBe((true, 0, TimeSpan.Zero, null));
        foreach (var ledger in ledgers)
        {
            await ledger.DisposeAsync();
        }
    }

    [Fact]
    public async Task It_stands_still_at_an_event_it_cannot_take_and_goes_on_when_it_can()
    {
        await using var ledger = await EventLedger.OpenAsync(await OptionsAsync(), Ct);
        var tallies = new Tallies();
        tallies.StumbleAt(37);
        ledger.Readers.Start([tallies]);
        for (var i = 0; i < 50; i++)
        {
            await ledger.AppendAsync(To($"thing/{i}", 0), Ct);
        }

        ReaderState? state = null;
        await Eventually.TrueAsync(() => (state = ledger.Readers.Latest.SingleOrDefault())?.Fault is { Attempts: > 1 });
        (state!.Position, state.LagEvents, state.Fault!.Position, state.Fault.Code).ShouldBe((37, 13, 37, nameof(FormatException)));
        state.LagTime.ShouldBeGreaterThan(TimeSpan.Zero);

        tallies.StumbleAt(-1);
        (await ledger.Readers.WaitForAsync("tallies", 50, Patience, Ct)).ShouldBeTrue();
        (await tallies.ReadAsync(ledger)).Happened.ShouldBe(50);
        (await ledger.Readers.StatesAsync(Ct)).Single().Fault.ShouldBeNull();
    }

    [Fact]
    public async Task A_new_version_is_built_beside_the_old_which_serves_and_goes_on_until_then()
    {
        var options = await OptionsAsync();
        await using var old = await EventLedger.OpenAsync(options, Ct);
        old.Readers.Start([new Tallies(1)]);
        await old.AppendAsync(To("thing/1", 0, [.. Enumerable.Range(0, 500).Select(_ => Event())]), Ct);
        (await old.Readers.WaitForAsync("tallies", 500, Patience, Ct)).ShouldBeTrue();
        await WaitUntilServingAsync(old, 1);

        await using var changed = await EventLedger.OpenAsync(options, Ct);
        var second = new Tallies(2);
        second.StumbleAt(400);
        changed.Readers.Start([second]);
        await Eventually.TrueAsync(() => changed.Readers.Latest.Any(s => s is { Version: 2, Fault: not null }));
        await old.AppendAsync(To("thing/2", 0), Ct);
        (await old.Readers.WaitForAsync("tallies", 501, Patience, Ct)).ShouldBeTrue("the old version goes on while the new one stands still");
        (await new Tallies().ReadAsync(changed)).ShouldSatisfyAllConditions(read => read.Build.Version.ShouldBe(1), read => read.Happened.ShouldBe(501));

        second.StumbleAt(-1);
        await WaitUntilServingAsync(changed, 2);
        (await second.ReadAsync(changed)).ShouldSatisfyAllConditions(read => read.Build.Version.ShouldBe(2), read => read.Happened.ShouldBe(501));
        (await changed.Readers.StatesAsync(Ct)).Count.ShouldBe(1, "the old build is gone");
        await changed.AppendAsync(To("thing/3", 0), Ct);
        (await changed.Readers.WaitForAsync("tallies", 502, Patience, Ct)).ShouldBeTrue();
    }

    [Fact]
    public async Task An_operator_may_have_it_built_anew()
    {
        await using var ledger = await EventLedger.OpenAsync(await OptionsAsync(), Ct);
        var tallies = new Tallies();
        ledger.Readers.Start([tallies]);
        await ledger.AppendAsync(To("thing/1", 0, [.. Enumerable.Range(0, 500).Select(_ => Event())]), Ct);
        await WaitUntilServingAsync(ledger, 1);
        var first = await tallies.ReadAsync(ledger);

        (await ledger.Readers.RebuildAsync("tallies", Ct)).ShouldBe(RebuildAnswer.Beside);
        await Eventually.TrueAsync(() => ledger.Readers.Latest is [{ Generation: 2, Serving: true }]);
        var again = await tallies.ReadAsync(ledger);
        again.Build.Table.ShouldNotBe(first.Build.Table);
        again.Happened.ShouldBe(500);
        await Should.ThrowAsync<ArgumentException>(ledger.Readers.RebuildAsync("nothing", Ct));
    }

    [Fact]
    public async Task What_there_is_much_of_is_counted_the_same()
    {
        await using var ledger = await EventLedger.OpenAsync(await OptionsAsync() with { ReaderChunk = 1500 }, Ct);
        for (var i = 0; i < 5; i++)
        {
            await ledger.AppendAsync(To($"thing/{i}", 0, [.. Enumerable.Range(0, 900).Select(n => Event(n % 3 == 0 ? "thing.else.v1" : "thing.happened.v1"))]), Ct);
        }

        ledger.Readers.Start([new Tallies()]);
        await WaitUntilServingAsync(ledger, 1);
        var (build, happened) = await new Tallies().ReadAsync(ledger);
        (build.Position, happened).ShouldBe((4500, 3000));
    }

    [Fact]
    public async Task Nothing_is_read_from_a_first_build_that_has_not_caught_up()
    {
        await using var ledger = await EventLedger.OpenAsync(await OptionsAsync(), Ct);
        await ledger.AppendAsync(To("thing/1", 0), Ct);
        var tallies = new Tallies();
        tallies.StumbleAt(0);
        ledger.Readers.Start([tallies]);
        await Eventually.TrueAsync(() => ledger.Readers.Latest is [{ Fault: not null }]);
        (await ledger.Readers.ReadAsync<ProjectionBuild>("tallies", (_, build) => Task.FromResult(build), Ct)).ShouldBeNull();
        (await ledger.Readers.WaitForAsync("tallies", 1, TimeSpan.Zero, Ct)).ShouldBeFalse();
    }

    private static async Task WaitUntilServingAsync(EventLedger ledger, int version) =>
        await Eventually.TrueAsync(() => ledger.Readers.Latest is [{ Serving: true } only] && only.Version == version);

    private async Task<LedgerOptions> OptionsAsync() => await fixture.NewDatabaseAsync() with { ReaderLease = TimeSpan.FromSeconds(2), ReaderChunk = 128 };
}
