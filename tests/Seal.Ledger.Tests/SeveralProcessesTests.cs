using static Seal.Ledger.Tests.Requests;

namespace Seal.Ledger.Tests;

public class SeveralProcessesTests(LedgerFixture fixture)
{
    [Fact]
    public async Task Three_ledgers_on_one_database_append_at_once_in_one_gapless_order()
    {
        var options = await fixture.NewDatabaseAsync();
        var ledgers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => EventLedger.OpenAsync(options, Ct)));
        var won = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, 600), new ParallelOptions { MaxDegreeOfParallelism = 30, CancellationToken = Ct }, async (i, ct) =>
        {
            try
            {
                // Each stream is wanted by two callers, mostly of two ledgers.
                await ledgers[i % 3].AppendAsync(To($"thing/{i / 2}", 0), ct);
                Interlocked.Increment(ref won);
            }
            catch (ConcurrencyException)
            {
                // The other was first.
            }
        });

        won.ShouldBe(300);
        (await ledgers[0].AllAsync()).Select(e => e.Position).ShouldBe(Enumerable.Range(0, 300).Select(p => (long)p));
        var recomputed = await ledgers[1].RecomputeAsync(Ct);
        foreach (var ledger in ledgers)
        {
            (await ledger.CheckpointAsync(Ct)).Head.ShouldBe(recomputed);
        }

        foreach (var ledger in ledgers)
        {
            await ledger.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_request_answered_by_one_process_is_replayed_by_another()
    {
        var options = await fixture.NewDatabaseAsync();
        await using var first = await EventLedger.OpenAsync(options, Ct);
        await using var second = await EventLedger.OpenAsync(options, Ct);
        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? first : second).AppendAsync(To("thing/1", 0) with { Idempotency = Key("k") }, Ct)));
        results.Count(r => !r.Replayed).ShouldBe(1);
        results.Select(r => r.Events.Single().Position).Distinct().ShouldBe([0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Large_batches_that_are_begun_beside_each_other_end_in_one_log(int processes)
    {
        const int Callers = 400;
        const int Rounds = 10;
        var options = await fixture.NewDatabaseAsync();
        var ledgers = await Task.WhenAll(Enumerable.Range(0, processes).Select(_ => EventLedger.OpenAsync(options, Ct)));
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            var ledger = ledgers[caller % processes];
            for (var round = 0; round < Rounds; round++)
            {
                // A stream of its own that grows, and every other time a request that is made twice.
                var request = To($"thing/{caller}", round) with { Idempotency = Key($"{caller}-{round}") };
                var answers = await Task.WhenAll(Enumerable.Range(0, 1 + (round % 2)).Select(_ => ledger.AppendAsync(request, Ct)));
                answers.Select(a => a.Events.Single().Position).Distinct().Count().ShouldBe(1);
                answers.Count(a => !a.Replayed).ShouldBe(1);
            }
        }));

        (await ledgers[0].AllAsync()).Select(e => e.Position).ShouldBe(Enumerable.Range(0, Callers * Rounds).Select(p => (long)p));
        (await ledgers[0].RecomputeAsync(Ct)).ShouldBe((await ledgers[^1].CheckpointAsync(Ct)).Head);
        foreach (var ledger in ledgers)
        {
            await ledger.DisposeAsync();
        }
    }
}
