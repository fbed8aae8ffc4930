using Seal.Ledger.Readers;
using Seal.Ledger.Storage;
using static Seal.Ledger.Tests.Requests;

namespace Seal.Ledger.Tests.Readers;

public class AutomationTests(LedgerFixture fixture)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Of_several_processes_one_reacts_to_each_event_in_order()
    {
        var options = await fixture.NewDatabaseAsync();
        var diary = new Diary();
        var ledgers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => EventLedger.OpenAsync(options, Ct)));
        foreach (var ledger in ledgers)
        {
            ledger.Readers.Start([diary]);
        }

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => ledgers[i % 3].AppendAsync(To($"thing/{i}", 0), Ct)));
        (await ledgers[0].Readers.WaitForAsync("diary", 200, Patience, Ct)).ShouldBeTrue();
        diary.Written.ShouldBe(Enumerable.Range(0, 200).Select(i => (long)i));
        foreach (var ledger in ledgers)
        {
            await ledger.DisposeAsync();
        }
    }

    [Fact]
    public async Task What_another_process_appends_is_heard_of_without_asking()
    {
        var options = await fixture.NewDatabaseAsync();
        await using var reading = await EventLedger.OpenAsync(options, Ct);
        await using var writing = await EventLedger.OpenAsync(options, Ct);
        var diary = new Diary();
        reading.Readers.Start([diary]);
        await writing.AppendAsync(To("thing/0", 0), Ct);
        await Eventually.TrueAsync(() => !diary.Written.IsEmpty);

        // Asked is only every five seconds; ten in a row that are heard of by asking would take most of a minute.
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        for (var i = 1; i <= 10; i++)
        {
            await writing.AppendAsync(To($"thing/{i}", 0), Ct);
            await Eventually.TrueAsync(() => diary.Written.Count > i);
        }

        System.Diagnostics.Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task A_leader_that_lost_its_lease_can_write_nothing_more()
    {
        var options = await fixture.NewDatabaseAsync();
        await using var ledger = await EventLedger.OpenAsync(options, Ct);
        await using var database = new Database(options.ConnectionString, revive: null, options.Pooled);
        await new ReaderRows(database).EnrolAsync([new Diary()], Ct);
        var sleeper = new ReaderLease(database, "diary", 1, TimeSpan.FromMilliseconds(50));
        var other = new ReaderLease(database, "diary", 1, TimeSpan.FromMinutes(1));
        var asleep = (await sleeper.TryTakeAsync(Ct))!.Value;
        await sleeper.AdvanceAsync(asleep.Term, 5, Ct);

        ReaderPlace? taken = null;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while ((taken = await other.TryTakeAsync(Ct)) is null)
        {
            await timer.WaitForNextTickAsync(Ct);
        }

        taken.Value.ShouldSatisfyAllConditions(place => place.Position.ShouldBe(5), place => place.Term.ShouldBeGreaterThan(asleep.Term));
        await Should.ThrowAsync<LeaseLostException>(sleeper.AdvanceAsync(asleep.Term, 6, Ct));
        await Should.ThrowAsync<LeaseLostException>(sleeper.RenewAsync(asleep.Term, Ct));
        await Should.ThrowAsync<LeaseLostException>(sleeper.StopAtAsync(asleep.Term, 6, "X", Ct));
        (await sleeper.TryTakeAsync(Ct)).ShouldBeNull("the other has it");
        await other.AdvanceAsync(taken.Value.Term, 6, Ct);
    }
}
