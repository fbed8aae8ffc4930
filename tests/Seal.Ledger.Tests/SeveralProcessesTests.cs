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
}
