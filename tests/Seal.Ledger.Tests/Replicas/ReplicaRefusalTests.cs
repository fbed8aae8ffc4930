using Npgsql;
using Seal.Testing;
using static Seal.Ledger.Tests.Requests;

namespace Seal.Ledger.Tests.Replicas;

/// <summary>What is given as a replica and is none.</summary>
[Collection(typeof(OneReplica))]
public sealed class ReplicaRefusalTests(ReplicaFixture fixture, LedgerFixture other)
{
    [Fact]
    public async Task The_primary_itself_is_refused_as_its_replica()
    {
        var options = await fixture.NewDatabaseAsync();
        (await RefusedAsync(options with { ReplicaConnectionString = options.ConnectionString })).ShouldContain("the primary itself");
    }

    [Fact]
    public async Task The_replica_of_another_cluster_is_refused()
    {
        var elsewhere = await other.NewDatabaseAsync();
        (await RefusedAsync(await fixture.NewDatabaseAsync() with { ReplicaConnectionString = elsewhere.ConnectionString })).ShouldContain("another cluster");
    }

    [Fact]
    public async Task Another_ledger_on_the_same_replica_is_refused()
    {
        var options = await fixture.NewDatabaseAsync();
        var neighbour = await fixture.NewDatabaseAsync();
        await using (await EventLedger.OpenAsync(neighbour with { Origin = "ledger.example/neighbour" }, Ct))
        {
        }

        await fixture.CaughtUpAsync();
        var sentence = await RefusedAsync(options with { ReplicaConnectionString = neighbour.ReplicaConnectionString });
        sentence.ShouldContain($"set Database={new NpgsqlConnectionStringBuilder(options.ConnectionString).Database}");
    }

    [Fact]
    public async Task A_replica_that_is_promoted_is_read_no_more_and_refused_at_the_next_start()
    {
        var options = await fixture.NewDatabaseAsync();
        await using var replica = await fixture.AnotherAsync();
        options = options with { ReplicaConnectionString = replica.Of(options.ConnectionString) };
        await using (var ledger = await EventLedger.OpenAsync(options, Ct))
        {
            await Eventually.TrueAsync(() => ledger.Replica is { Fault: null });
            await replica.PromoteAsync();
            await ledger.AppendAsync(To("thing/1", 0), Ct);
            (await ledger.Shown.Projections.GetAsync("counts", "thing/1", Ct)).ShouldNotBeNull();
            await Eventually.TrueAsync(() => ledger.Replica is { Fault: ReplicaFault.NoStandby });
        }

        (await RefusedAsync(options)).ShouldContain("was promoted");
    }

    [Fact]
    public async Task Through_PgBouncer_the_replica_is_read_and_the_wrong_one_refused()
    {
        var direct = await fixture.NewDatabaseAsync();
        await using var before = await PgBouncer.StartAsync(direct.ConnectionString, direct.OwnerConnectionString!);
        await using var beforeReplica = await PgBouncer.StartAsync(direct.ReplicaConnectionString!);
        var options = direct with
        {
            ConnectionString = before.Through(direct.ConnectionString),
            OwnerConnectionString = before.Through(direct.OwnerConnectionString!),
            ReplicaConnectionString = beforeReplica.Through(direct.ConnectionString),
            Pooled = true,
        };
        (await RefusedAsync(options with { ReplicaConnectionString = options.ConnectionString })).ShouldContain("the primary itself");
        await using var ledger = await EventLedger.OpenAsync(options, Ct);
        await Parallel.ForEachAsync(Enumerable.Range(0, 8), Ct, async (i, ct) =>
        {
            for (var n = 0; n < 10; n++)
            {
                await ledger.AppendAsync(To($"thing/{i}", n), ct);
                (await ledger.Shown.ReadStreamAsync($"thing/{i}", ReadUntil.All, ct).ToListAsync(ct)).Count.ShouldBe(n + 1);
            }
        });
        await Eventually.TrueAsync(() => ledger.Replica is { Fault: null, LagEvents: 0 });
        var served = ledger.Replica!.Served;
        (await ledger.Shown.ReadAllAsync(0, null, Ct).ToListAsync(Ct)).Count.ShouldBe(80);
        ledger.Replica.Served.ShouldBe(served + 2);
        ledger.Replica.Failed.ShouldBe(0);
    }

    private static async Task<string> RefusedAsync(LedgerOptions options) =>
        (await Should.ThrowAsync<LedgerConfigurationException>(() => EventLedger.OpenAsync(options, Ct))).Message;
}
