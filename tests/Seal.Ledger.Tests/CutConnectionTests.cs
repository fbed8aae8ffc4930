using Npgsql;
using static Seal.Ledger.Tests.Requests;

namespace Seal.Ledger.Tests;

/// <summary>Two batches are under way, one being written and one that is begun and waits for it, when the server cuts their connections.</summary>
public sealed class CutConnectionTests(LedgerFixture fixture)
{
    private const int Rounds = 5;
    private const int Appends = 40;

    // Whoever writes waits for the table that the test has locked. Whoever comes next has begun and waits for that one's end, or,
    // after the first round's mishap, waits for the row of the head.
    private const string Writing = "wait_event = 'relation'";
    private const string Next = "wait_event <> 'relation'";

    [Theory]
    [InlineData(Writing)]
    [InlineData(Next)]
    [InlineData("true")]
    public async Task Whichever_of_two_batches_under_way_is_cut_every_append_of_both_stands_exactly_once(string cut)
    {
        var options = await fixture.NewDatabaseAsync() with { BatchLimit = Appends / 2 };
        await using var superuser = NpgsqlDataSource.Create(fixture.SuperuserConnectionString(options));
        await using var ledger = await EventLedger.OpenAsync(options, Ct);
        for (var round = 0; round < Rounds; round++)
        {
            Task<AppendResult[]> callers;
            await using (var held = await superuser.OpenConnectionAsync(Ct))
            await using (var transaction = await held.BeginTransactionAsync(Ct))
            {
                await using var hold = new NpgsqlCommand("lock table ledger.writers in share mode", held, transaction);
                await hold.ExecuteNonQueryAsync(Ct);
                var version = round;
                callers = Task.WhenAll(Enumerable.Range(0, Appends).Select(caller => ledger.AppendAsync(To($"thing/{caller}", version), Ct)));
                await CutAsync(superuser, cut);
            }

            foreach (var result in await callers)
            {
                result.Events.Single().Version.ShouldBe(round + 1);
            }
        }

        (await ledger.SizeAsync(Ct)).ShouldBe(Rounds * Appends);
        (await ledger.RecomputeAsync(Ct)).ShouldBe((await ledger.CheckpointAsync(Ct)).Head);
    }

    private const string Stuck = "select * from pg_stat_activity where datname = current_database() and usename = 'seal_service' and (wait_event_type = 'Lock' or state = 'idle in transaction')";

    /// <summary>Cuts as soon as both are under way; found out and done in one statement, for one that waits may give up and begin anew.</summary>
    private static async Task CutAsync(NpgsqlDataSource superuser, string cut)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (await CountAsync(superuser, $"select count(pg_terminate_backend(pid)) from (select *, count(*) over () as backends from ({Stuck}) as stuck) as both_stuck where backends = 2 and {cut}") == 0)
        {
            await timer.WaitForNextTickAsync(Ct);
        }
    }

    private static async Task<long> CountAsync(NpgsqlDataSource superuser, string query)
    {
#pragma warning disable CA2100 // The test's own statements.
        await using var command = superuser.CreateCommand(query);
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }
}
