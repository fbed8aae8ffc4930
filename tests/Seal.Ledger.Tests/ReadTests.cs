using static Seal.Ledger.Tests.Requests;

namespace Seal.Ledger.Tests;

public sealed class ReadTests(LedgerFixture fixture)
{
    [Fact]
    public async Task A_stream_is_read_as_it_stood_at_a_version_a_time_or_a_position()
    {
        var clock = new ManualClock(TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(1));
        await using var ledger = await fixture.OpenAsync(o => o with { Clock = clock });
        var start = clock.GetUtcNow();
        for (var i = 0; i < 5; i++)
        {
            await ledger.AppendAsync(To("thing/1", i), Ct);
            await ledger.AppendAsync(To("thing/2", i), Ct);
            clock.Pass(TimeSpan.FromMinutes(1));
        }

        (await ledger.StreamAsync("thing/1")).Count.ShouldBe(5);
        (await ledger.StreamAsync("thing/1", ReadUntil.Version(3))).Select(e => e.Version).ShouldBe([1, 2, 3]);
        (await ledger.StreamAsync("thing/1", ReadUntil.Version(0))).ShouldBeEmpty();
        (await ledger.StreamAsync("thing/1", ReadUntil.Time(start + TimeSpan.FromMinutes(2)))).Select(e => e.Version).ShouldBe([1, 2, 3]);
        (await ledger.StreamAsync("thing/1", ReadUntil.Time(start - TimeSpan.FromTicks(10)))).ShouldBeEmpty();
        (await ledger.StreamAsync("thing/1", ReadUntil.Position(5))).Select(e => e.Position).ShouldBe([0, 2, 4]);
        (await ledger.StreamAsync("thing/none")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Several_streams_are_read_as_of_one_moment_and_a_missing_one_is_empty()
    {
        await using var ledger = await fixture.OpenAsync();
        var writing = Task.Run(
            async () =>
            {
                for (var i = 0; i < 100; i++)
                {
                    await ledger.AppendAsync(new AppendRequest([new("thing/1", i, [Event()]), new("thing/2", i, [Event()])], default), Ct);
                }
            },
            Ct);
        do
        {
            var read = await ledger.ReadStreamsAsync(["thing/1", "thing/2", "thing/none"], ReadUntil.All, Ct);
            read["thing/1"].Count.ShouldBe(read["thing/2"].Count, "they are always written together");
            read["thing/none"].ShouldBeEmpty();
        }
        while (!writing.IsCompleted);
        await writing;
    }

    [Fact]
    public async Task A_long_stream_and_a_long_log_are_read_whole_and_in_order()
    {
        await using var ledger = await fixture.OpenAsync();
        for (var i = 0; i < 5; i++)
        {
            await ledger.AppendAsync(To("thing/1", i * 500, [.. Enumerable.Range(0, 500).Select(n => Event(n == 7 ? "thing.rare.v1" : "thing.happened.v1"))]), Ct);
        }

        (await ledger.StreamAsync("thing/1")).Select(e => e.Version).ShouldBe(Enumerable.Range(1, 2500).Select(v => (long)v));
        (await ledger.AllAsync()).Count.ShouldBe(2500);
        (await ledger.ReadAllAsync(10, ["thing.rare.v1"], Ct).ToListAsync(Ct)).Select(e => e.Position).ShouldBe([507, 1007, 1507, 2007]);
        (await ledger.ReadAllAsync(2500, null, Ct).ToListAsync(Ct)).ShouldBeEmpty();
    }
}
