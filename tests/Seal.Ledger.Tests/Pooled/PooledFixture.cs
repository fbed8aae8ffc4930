using Seal.Ledger.Tests.Pooled;
using Seal.Testing;

[assembly: AssemblyFixture(typeof(PooledFixture))]

namespace Seal.Ledger.Tests.Pooled;

/// <summary>A cluster that is reached through PgBouncer in transaction mode only.</summary>
public sealed class PooledFixture : LedgerFixture
{
    private PgBouncer? _bouncer;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _bouncer = await PgBouncer.StartAsync(Postgres.ConnectionString, Postgres.OwnerConnectionString);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_bouncer is not null)
        {
            await _bouncer.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    public override async Task<LedgerOptions> NewDatabaseAsync()
    {
        var options = await base.NewDatabaseAsync();
        return options with
        {
            ConnectionString = _bouncer!.Through(options.ConnectionString),
            OwnerConnectionString = _bouncer.Through(options.OwnerConnectionString!),
            Pooled = true,
        };
    }
}
