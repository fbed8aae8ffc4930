using System.Security.Cryptography;
using Npgsql;
using Seal.Ledger.Embedded;
using Seal.Ledger.Tests;

[assembly: AssemblyFixture(typeof(LedgerFixture))]

namespace Seal.Ledger.Tests;

/// <summary>One PostgreSQL cluster for all tests; each test has a database of its own in it.</summary>
public class LedgerFixture : IAsyncLifetime
{
    private readonly string _directory = TemporaryDirectory.New();
    private EmbeddedPostgres? _postgres;

    public EmbeddedPostgres Postgres => _postgres!;

    public virtual async ValueTask InitializeAsync() => _postgres = await EmbeddedPostgres.StartAsync(_directory, CancellationToken.None);

    public virtual async ValueTask DisposeAsync()
    {
        await Postgres.DisposeAsync();
        TemporaryDirectory.Delete(_directory, Postgres.Location);
    }

    public virtual async Task<LedgerOptions> NewDatabaseAsync()
    {
        var access = await Postgres.CreateDatabaseAsync("t" + RandomNumberGenerator.GetHexString(16, lowercase: true), TestContext.Current.CancellationToken);
        return new LedgerOptions
        {
            ConnectionString = access.ConnectionString,
            OwnerConnectionString = access.OwnerConnectionString,
            Origin = "ledger.example/test",
            Clock = TimeProvider.System,
            Signers = [new EcdsaNoteKey("ledger.example/test")],
        };
    }

    /// <summary>The same database for the cluster's superuser, whose password is the first line of the cluster's password file.</summary>
    public string SuperuserConnectionString(LedgerOptions options) => new NpgsqlConnectionStringBuilder(options.ConnectionString)
    {
        Username = "seal_superuser",
        Password = File.ReadLines(Path.Combine(Postgres.Location, "passwords")).First(),
    }.ConnectionString;

    public async Task<EventLedger> OpenAsync(Func<LedgerOptions, LedgerOptions>? change = null)
    {
        var options = await NewDatabaseAsync();
        return await EventLedger.OpenAsync(change?.Invoke(options) ?? options, TestContext.Current.CancellationToken);
    }
}
