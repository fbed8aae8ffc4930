using System.Diagnostics.CodeAnalysis;
using Npgsql;
using Seal.Ledger.Auditing;
using Seal.Ledger.Storage;
using static Seal.Ledger.Tests.Requests;

namespace Seal.Ledger.Tests.Auditing;

/// <summary>A log of 600 events in 60 streams, closed, and someone with every right in its database.</summary>
internal sealed class TamperedLog : IAsyncDisposable
{
    public const int Size = 600;

    private readonly LedgerOptions _options;
    private readonly NpgsqlDataSource _superuser;

    private TamperedLog(LedgerOptions options, NpgsqlDataSource superuser, EcdsaNoteKey key, string older) =>
        (_options, _superuser, Key, Older) = (options, superuser, key, older);

    public EcdsaNoteKey Key { get; }

    /// <summary>A checkpoint of the first 300 events, which an auditor kept.</summary>
    public string Older { get; }

    public string ConnectionString => _options.ConnectionString;

    public AuditOptions Options => new() { Keys = [Key], Kept = [Older] };

    public static async Task<TamperedLog> CreateAsync(LedgerFixture fixture)
    {
        var key = new EcdsaNoteKey("ledger.example/test");
        // Checkpoints of 300 and of all events, and none between that a slow machine would find the time for.
        var options = await fixture.NewDatabaseAsync() with { Signers = [key], CheckpointInterval = TimeSpan.FromHours(1) };
        string older;
        await using (var ledger = await EventLedger.OpenAsync(options, Ct))
        {
            await AppendAsync(ledger, 0, 30);
            older = (await ledger.CheckpointAsync(Ct)).Note;
            await AppendAsync(ledger, 30, 60);
            await ledger.CheckpointAsync(Ct);
        }

        return new TamperedLog(options, NpgsqlDataSource.Create(fixture.SuperuserConnectionString(options)), key, older);
    }

    public Task<EventLedger> OpenAsync() => EventLedger.OpenAsync(_options, Ct);

    [SuppressMessage("Security", "CA2100:Review SQL queries for security vulnerabilities", Justification = "The tests' own statements.")]
    public async Task ExecuteAsync(string sql)
    {
        await using var command = _superuser.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    public async Task<AuditResult> AuditAsync(AuditOptions? options = null)
    {
        await using var source = new DatabaseTileSource(ConnectionString);
        return await Audit.RunAsync(source, options ?? Options, null, Ct);
    }

    /// <summary>What a thorough forger does: everything that is computed from the events is computed anew from the forged ones.</summary>
    public async Task CoverUpAsync()
    {
        await using var database = new Database(ConnectionString, revive: null);
        await ForgedTables.WriteAsync(database, ExecuteAsync, Ct);
    }

    public async ValueTask DisposeAsync() => await _superuser.DisposeAsync();

    private static async Task AppendAsync(EventLedger ledger, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            await ledger.AppendAsync(To($"thing/{i}", 0, [.. Enumerable.Range(0, 10).Select(n => Event(body: $$"""{"n":{{n}}}"""))]), Ct);
        }
    }
}
