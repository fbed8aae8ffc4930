using Seal.Testing;

namespace Seal.Ledger.Tests.Replicas;

/// <summary>The tests that share one replica, one after another.</summary>
[CollectionDefinition]
public sealed class OneReplica : ICollectionFixture<ReplicaFixture>;

/// <summary>A cluster with a streaming replica. Ledgers are opened with it; each test leaves it as it found it.</summary>
public sealed class ReplicaFixture : LedgerFixture
{
    private StreamingReplica? _replica;

    public StreamingReplica Replica => _replica!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _replica = await AnotherAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await Replica.DisposeAsync();
        await base.DisposeAsync();
    }

    public override async Task<LedgerOptions> NewDatabaseAsync()
    {
        var options = await base.NewDatabaseAsync();
        await CaughtUpAsync();
        return options with { ReplicaConnectionString = Replica.Of(options.ConnectionString), Projections = [new Counts()] };
    }

    public Task<StreamingReplica> AnotherAsync() =>
        StreamingReplica.StartAsync(new Npgsql.NpgsqlConnectionStringBuilder(Postgres.ConnectionString)
        {
            Username = "seal_superuser",
            Password = File.ReadLines(Path.Combine(Postgres.Location, "passwords")).First(),
        }.ConnectionString);

    /// <summary>Waits until the replica has replayed all there is.</summary>
    public Task CaughtUpAsync() => Replica.CaughtUpAsync();
}
