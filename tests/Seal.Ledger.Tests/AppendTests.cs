using static Seal.Ledger.Tests.Requests;

namespace Seal.Ledger.Tests;

public class AppendTests(LedgerFixture fixture)
{
    [Fact]
    public async Task What_was_appended_is_read_back_in_canonical_form()
    {
        await using var ledger = await fixture.OpenAsync();
        var result = await ledger.AppendAsync(
            To("thing/1", 0, Event(body: """{ "b": 1.0, "a": "é" }"""), Event("thing.changed.v2")) with { Metadata = """{"by":"x"}"""u8.ToArray() }, Ct);

        result.Replayed.ShouldBeFalse();
        result.Events.Select(e => (e.Position, e.Version)).ShouldBe([(0, 1), (1, 2)]);
        var read = await ledger.StreamAsync("thing/1");
        read[0].Body.Text().ShouldBe("""{"a":"é","b":1}""");
        read[0].Metadata.Text().ShouldBe("""{"by":"x"}""");
        read.Select(e => e.ToLeaf()).ShouldBe(result.Events.Select(e => e.ToLeaf()));
        read[1].Type.ShouldBe("thing.changed.v2");
    }

    [Fact]
    public async Task A_lost_race_names_the_stream_and_both_versions_and_appends_nothing()
    {
        await using var ledger = await fixture.OpenAsync();
        await ledger.AppendAsync(To("thing/1", 0), Ct);
        var request = new AppendRequest([new("thing/2", 0, [Event()]), new("thing/1", 0, [Event()])], default);

        var lost = await Should.ThrowAsync<ConcurrencyException>(ledger.AppendAsync(request, Ct));

        (lost.Stream, lost.Expected, lost.Actual).ShouldBe(("thing/1", 0, 1));
        (await ledger.SizeAsync(Ct)).ShouldBe(1);
        (await ledger.StreamAsync("thing/2")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_many_who_race_for_one_version_exactly_one_wins()
    {
        await using var ledger = await fixture.OpenAsync();
        Task<AppendResult>[] racers = [.. Enumerable.Range(0, 50).Select(_ => ledger.AppendAsync(To("name/轰动", 0), Ct))];
        await Task.WhenAny(Task.WhenAll(racers));
        await Task.WhenAll(racers.Select(r => r.ContinueWith(_ => { }, TaskScheduler.Default)));

        racers.Count(r => r.IsCompletedSuccessfully).ShouldBe(1);
        racers.Where(r => r.IsFaulted).ShouldAllBe(r => r.Exception!.InnerException is ConcurrencyException);
        (await ledger.SizeAsync(Ct)).ShouldBe(1);
    }

    [Fact]
    public async Task Positions_have_no_gap_under_64_concurrent_callers_of_whom_some_are_refused()
    {
        await using var ledger = await fixture.OpenAsync();
        await Parallel.ForEachAsync(Enumerable.Range(0, 64), new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = Ct }, async (caller, ct) =>
        {
            for (var i = 0; i < 10; i++)
            {
                await ledger.AppendAsync(To($"thing/{caller}", i * 2, Event(), Event()), ct);
                await Should.ThrowAsync<ConcurrencyException>(ledger.AppendAsync(To($"thing/{caller}", 0), ct));
            }
        });

        var all = await ledger.AllAsync();
        all.Select(e => e.Position).ShouldBe(Enumerable.Range(0, 1280).Select(i => (long)i));
        foreach (var stream in all.GroupBy(e => e.Stream))
        {
            stream.Select(e => e.Version).ShouldBe(Enumerable.Range(1, 20).Select(i => (long)i));
        }

        all.Zip(all.Skip(1)).ShouldAllBe(pair => pair.First.RecordedAt <= pair.Second.RecordedAt);
    }
}
