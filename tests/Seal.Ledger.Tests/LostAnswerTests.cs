using Npgsql;
using static Seal.Ledger.Tests.Requests;

namespace Seal.Ledger.Tests;

/// <summary>The connection breaks between the two generals: only asking afterwards tells whether the batch is there.</summary>
public sealed class LostAnswerTests(LedgerFixture fixture)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_commit_whose_line_was_cut_is_found_out_and_stands_exactly_once(bool afterTheCommit)
    {
        var options = await fixture.NewDatabaseAsync();
        var direct = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        await using var proxy = new LossyProxy(direct.Host!);

        // Without prepared statements each commit carries its text, which the proxy looks for.
        var proxied = new NpgsqlConnectionStringBuilder(options.ConnectionString) { Host = proxy.Directory, MaxAutoPrepare = 1, AutoPrepareMinUsages = 1_000_000 };
        await using var ledger = await EventLedger.OpenAsync(options with { ConnectionString = proxied.ConnectionString }, Ct);
        for (var i = 0; i < 10; i++)
        {
            if (afterTheCommit)
            {
                proxy.LoseNextAnswer();
            }
            else
            {
                proxy.LoseNextCommit();
            }

            var result = await ledger.AppendAsync(To("thing/1", i), Ct);
            result.Events.Single().Version.ShouldBe(i + 1);
        }

        proxy.Cuts.ShouldBe(10);
        (await ledger.SizeAsync(Ct)).ShouldBe(10);
        (await ledger.RecomputeAsync(Ct)).ShouldBe((await ledger.CheckpointAsync(Ct)).Head);
    }

    [Theory]
    [InlineData(true, "The process has given this batch up.")]
    [InlineData(false, "The log is not as it was foreseen.")]
    public async Task A_commit_that_was_given_up_and_comes_after_all_is_refused_and_stands_exactly_once(bool inFrontOfItsRepetition, string refusal)
    {
        var options = await fixture.NewDatabaseAsync();
        var direct = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        await using var proxy = new LossyProxy(direct.Host!);

        // As above; and each commit goes out in one piece.
        var proxied = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            Host = proxy.Directory,
            MaxAutoPrepare = 1,
            AutoPrepareMinUsages = 1_000_000,
            WriteBufferSize = 1 << 16,
        };
        await using var ledger = await EventLedger.OpenAsync(options with { ConnectionString = proxied.ConnectionString }, Ct);
        proxy.HoldNextCommit(inFrontOfItsRepetition);

        var result = await ledger.AppendAsync(To("thing/1", 0), Ct);
        if (!inFrontOfItsRepetition)
        {
            await proxy.DeliverAsync();
        }

        (await proxy.LateAnswer.WaitAsync(Ct)).ShouldContain(refusal);
        result.Events.Single().Version.ShouldBe(1);
        (await ledger.AppendAsync(To("thing/1", 1), Ct)).Events.Single().Position.ShouldBe(1);
        (await ledger.SizeAsync(Ct)).ShouldBe(2);
        (await ledger.RecomputeAsync(Ct)).ShouldBe((await ledger.CheckpointAsync(Ct)).Head);
    }

    [Fact]
    public async Task A_backend_terminated_again_and_again_under_load_costs_no_append()
    {
        var options = await fixture.NewDatabaseAsync();
        await using var ledger = await EventLedger.OpenAsync(options, Ct);
        var callers = Task.WhenAll(Enumerable.Range(0, 40).Select(async caller =>
        {
            for (var i = 0; i < 25; i++)
            {
                (await ledger.AppendAsync(To($"thing/{caller}", i), Ct)).Events.Single().Version.ShouldBe(i + 1);
            }
        }));
        await using var service = NpgsqlDataSource.Create(options.ConnectionString);
        for (var kills = 0; !callers.IsCompleted && kills < 20; kills++)
        {
            await using var kill = service.CreateCommand(
                "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and usename = current_user");
            await kill.ExecuteScalarAsync(Ct);
        }

        await callers;
        (await ledger.SizeAsync(Ct)).ShouldBe(1000);
        (await ledger.RecomputeAsync(Ct)).ShouldBe((await ledger.CheckpointAsync(Ct)).Head);
    }
}
