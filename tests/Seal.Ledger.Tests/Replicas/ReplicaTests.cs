using Npgsql;
using Seal.Ledger.Tiles;
using static Seal.Ledger.Tests.Requests;

namespace Seal.Ledger.Tests.Replicas;

/// <summary>A ledger with a streaming replica beside it.</summary>
[Collection(typeof(OneReplica))]
public sealed class ReplicaTests(ReplicaFixture fixture)
{
    [Fact]
    public async Task What_is_shown_is_read_at_the_replica_and_is_the_same_there()
    {
        var options = await fixture.NewDatabaseAsync();
        await using (var ledger = await EventLedger.OpenAsync(options, Ct))
        {
            for (var n = 0; n < 5; n++)
            {
                await ledger.AppendAsync(To("thing/1", n), Ct);
            }

            await fixture.CaughtUpAsync();
            await Eventually.TrueAsync(() => ledger.Replica is { Fault: null, LagEvents: 0 });
            var before = ledger.Replica!;
            (await CountAsync(ledger, "thing/1")).ShouldBe(5);
            (await ledger.Shown.ReadStreamAsync("thing/1", ReadUntil.All, Ct).ToListAsync(Ct)).Count.ShouldBe(5);
            (await ledger.Shown.ReadAllAsync(0, null, Ct).ToListAsync(Ct)).Count.ShouldBe(5);
            (await ledger.Shown.FindAsync(4, Ct))!.Version.ShouldBe(5);
            (await ledger.Tiles.ReadAsync(TilePath.Entries(0, 5), Ct)).ShouldNotBeNull();
            var checkpoint = await ledger.CheckpointAsync(Ct);
            (await ledger.Shown.ProveInclusionAsync(2, 5, Ct)).Proves((await ledger.FindAsync(2, Ct))!.ToLeaf(), checkpoint.Head).ShouldBeTrue();
            (await ledger.Shown.ProveConsistencyAsync(2, 5, Ct)).Hashes.ShouldNotBeEmpty();
            ledger.Replica!.Served.ShouldBeGreaterThan(before.Served + 6);
            (ledger.Replica.Behind, ledger.Replica.Failed).ShouldBe((before.Behind, before.Failed));
        }

        // PostgreSQL's own count, which is kept when the connections are gone: the watch reads the head alone.
        await EventuallyAsync(async () => await AskReplicaAsync(options, "select (coalesce(sum(seq_scan + idx_scan), 0) > 0)::text from pg_stat_user_tables where relname = 'events'") == "true");
    }

    [Fact]
    public async Task What_was_acknowledged_is_shown_although_the_replica_has_not_replayed_it()
    {
        await using var ledger = await fixture.OpenAsync();
        await ledger.AppendAsync(To("thing/1", 0), Ct);
        await fixture.Replica.PauseAsync();
        try
        {
            for (var n = 1; n < 20; n++)
            {
                await ledger.AppendAsync(To("thing/1", n), Ct);
                (await CountAsync(ledger, "thing/1")).ShouldBe(n + 1);
            }

            await Eventually.TrueAsync(() => ledger.Replica is { Fault: ReplicaFault.Behind, LagEvents: >= 19, Lag.TotalSeconds: >= 1 });
            (await CountAsync(ledger, "thing/1")).ShouldBe(20);
        }
        finally
        {
            await fixture.Replica.ResumeAsync();
        }

        await Eventually.TrueAsync(() => ledger.Replica is { Fault: null, LagEvents: 0 });
        var served = ledger.Replica!.Served;
        (await CountAsync(ledger, "thing/1")).ShouldBe(20);
        ledger.Replica.Served.ShouldBe(served + 1);
    }

    [Fact]
    public async Task A_replica_that_has_not_replayed_the_making_of_the_ledger_is_behind()
    {
        var options = await fixture.NewDatabaseAsync();
        await fixture.Replica.PauseAsync();
        try
        {
            await using var ledger = await EventLedger.OpenAsync(options, Ct);
            await ledger.AppendAsync(To("thing/1", 0), Ct);
            (await CountAsync(ledger, "thing/1")).ShouldBe(1);
            await Eventually.TrueAsync(() => ledger.Replica is { Fault: ReplicaFault.Behind, LagEvents: 1 });
            await fixture.Replica.ResumeAsync();
            await Eventually.TrueAsync(() => ledger.Replica is { Fault: null, LagEvents: 0 });
        }
        finally
        {
            await fixture.Replica.ResumeAsync();
        }
    }

    [Fact]
    public async Task What_another_process_acknowledged_is_shown_as_well()
    {
        var options = await fixture.NewDatabaseAsync();
        await using var writer = await EventLedger.OpenAsync(options, Ct);
        await using var reader = await EventLedger.OpenAsync(options, Ct);
        await Eventually.TrueAsync(() => reader.Replica is { Fault: null });
        await fixture.Replica.PauseAsync();
        try
        {
            for (var n = 0; n < 10; n++)
            {
                await writer.AppendAsync(To("thing/1", n), Ct);
                (await CountAsync(reader, "thing/1")).ShouldBe(n + 1);
            }

            reader.Replica!.Behind.ShouldBePositive();
        }
        finally
        {
            await fixture.Replica.ResumeAsync();
        }
    }

    [Fact]
    public async Task Whoever_appends_sees_it_at_once_while_others_append_and_the_replica_replays()
    {
        await using var ledger = await fixture.OpenAsync();
        await Parallel.ForEachAsync(Enumerable.Range(0, 8), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Ct }, async (i, ct) =>
        {
            for (var n = 0; n < 40; n++)
            {
                await ledger.AppendAsync(To($"thing/{i}", n), ct);
                (await CountAsync(ledger, $"thing/{i}")).ShouldBe(n + 1);
            }
        });
        ledger.Replica!.Failed.ShouldBe(0);
    }

    [Fact]
    public async Task A_replica_that_dies_fails_no_read_and_is_read_again_when_it_is_back()
    {
        await using var ledger = await fixture.OpenAsync();
        await ledger.AppendAsync(To("thing/1", 0), Ct);
        await Eventually.TrueAsync(() => ledger.Replica is { Fault: null, LagEvents: 0 });
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(
            async () =>
            {
                while (!enough.IsCancellationRequested)
                {
                    (await CountAsync(ledger, "thing/1")).ShouldBe(1);
                }
            },
            Ct)).ToList();
        await fixture.Replica.KillAsync();
        try
        {
            await Eventually.TrueAsync(() => ledger.Replica is { Fault: ReplicaFault.Away, Code: not null });
            (await CountAsync(ledger, "thing/1")).ShouldBe(1);
        }
        finally
        {
            await fixture.Replica.StartAgainAsync();
        }

        await Eventually.TrueAsync(() => ledger.Replica is { Fault: null });
        var served = ledger.Replica!.Served;
        await Eventually.TrueAsync(() => ledger.Replica.Served > served);
        await enough.CancelAsync();
        await Task.WhenAll(readers);
    }

    [Fact]
    public async Task A_ledger_opens_without_its_replica_and_reads_it_when_it_comes()
    {
        var options = await fixture.NewDatabaseAsync();
        await fixture.Replica.KillAsync();
        EventLedger ledger;
        try
        {
            ledger = await EventLedger.OpenAsync(options, Ct);
            await ledger.AppendAsync(To("thing/1", 0), Ct);
            (await CountAsync(ledger, "thing/1")).ShouldBe(1);
        }
        finally
        {
            await fixture.Replica.StartAgainAsync();
        }

        await using var _ = ledger;
        await Eventually.TrueAsync(() => ledger.Replica is { Fault: null, LagEvents: 0 });
        var served = ledger.Replica!.Served;
        (await CountAsync(ledger, "thing/1")).ShouldBe(1);
        ledger.Replica.Served.ShouldBe(served + 1);
    }

    [Fact]
    public async Task A_replica_with_another_history_is_not_read()
    {
        var options = await fixture.NewDatabaseAsync();
        await using var ledger = await EventLedger.OpenAsync(options, Ct);
        await ledger.AppendAsync(To("thing/1", 0), Ct);
        await fixture.CaughtUpAsync();
        await fixture.Replica.PauseAsync();
        try
        {
            // As after the primary was set back to a backup: first it has less than the replica, then as much, but not the same.
            await SetHeadAsync(options, "size = size - 1");
            await Eventually.TrueAsync(() => ledger.Replica is { Fault: ReplicaFault.OtherHistory });
            await SetHeadAsync(options, "size = size + 1, root = sha256(root)");
            (await CountAsync(ledger, "thing/1")).ShouldBe(1);
            await Eventually.TrueAsync(() => ledger.Replica is { Fault: ReplicaFault.OtherHistory, LagEvents: 0 });
        }
        finally
        {
            await fixture.Replica.ResumeAsync();
        }
    }

    private static async Task<int> CountAsync(EventLedger ledger, string stream) =>
        (int?)(await ledger.Shown.Projections.GetAsync("counts", stream, Ct))?.Document["count"] ?? 0;

    private Task<string> AskReplicaAsync(LedgerOptions options, string sql) => fixture.Replica.AskReplicaAsync(sql, options.ConnectionString);

    private async Task SetHeadAsync(LedgerOptions options, string change)
    {
        await using var superuser = NpgsqlDataSource.Create(fixture.SuperuserConnectionString(options));
        await using var command = superuser.CreateCommand($"update ledger.head set {change}");
        await command.ExecuteNonQueryAsync(Ct);
    }

    private static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await condition())
        {
            await timer.WaitForNextTickAsync(Ct);
        }
    }
}
