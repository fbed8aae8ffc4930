using Npgsql;
using Seal.Ledger.Embedded;
using Seal.Testing;
using static Seal.Ledger.Tests.Requests;

namespace Seal.Ledger.Tests;

/// <summary>The disk that PostgreSQL writes to fills up, and is given room again.</summary>
public sealed class DiskFullTests : IAsyncLifetime
{
    private static readonly string Body = $$"""{"text":"{{new string('x', 4000)}}"}""";

    private readonly Dictionary<string, List<RecordedEvent>> _answered = [];
    private SmallDisk? _disk;
    private EmbeddedPostgres? _postgres;

    private SmallDisk Disk => _disk!;

    private EmbeddedPostgres Postgres => _postgres!;

    public async ValueTask InitializeAsync()
    {
        _disk = await SmallDisk.MountAsync();
        Assert.SkipWhen(_disk is null, SmallDisk.NotAllowed);
        _postgres = await EmbeddedPostgres.StartAsync(Disk.Cluster, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }

        if (_disk is not null)
        {
            await _disk.DisposeAsync();
        }
    }

    [Fact]
    public async Task While_the_disk_is_full_appends_are_refused_with_that_reason_and_go_on_when_there_is_room()
    {
        await using var ledger = await OpenAsync();
        var server = Postgres.ProcessId;
        await SwitchWalAsync();
        await AppendAsync(ledger, "thing/first");
        Disk.Fill();

        var refusals = await Task.WhenAll(Enumerable.Range(0, 20).Select(caller => AppendUntilRefusedAsync(ledger, $"thing/{caller}")));

        foreach (var refused in refusals)
        {
            refused.ShouldBeOfType<LedgerDiskFullException>().OutcomeUnknown.ShouldBeFalse();
        }

        ledger.Impediment.ShouldBeOfType<LedgerDiskFullException>();
        await Should.ThrowAsync<LedgerDiskFullException>(ledger.RehearseAsync(Ct));

        (await ledger.StreamAsync("thing/first")).Select(e => e.ToLeaf()).ShouldBe(_answered["thing/first"].Select(e => e.ToLeaf()), "what is there can be read");
        Disk.MakeRoom();
        await ledger.RehearseAsync(Ct);
        ledger.Impediment.ShouldBeNull();
        await AllIsThereAsync(ledger, []);
        Postgres.ProcessId.ShouldBe(server);
    }

    [Fact]
    public async Task PostgreSQL_stopped_by_a_full_disk_is_started_again_when_there_is_room()
    {
        await using var ledger = await OpenAsync();
        await AppendAsync(ledger, "thing/first");
        Disk.Fill(but: 8 << 20);
        LedgerUnavailableException? stopped = null;
        for (var i = 0; stopped is null; i++)
        {
            await SwitchWalAsync();
            stopped = await TryAppendAsync(ledger, "thing/last");
        }

        var still = await Should.ThrowAsync<LedgerDiskFullException>(ledger.AppendAsync(To("thing/other", 0), Ct));

        still.OutcomeUnknown.ShouldBeFalse();
        stopped.ShouldBeOfType<LedgerDiskFullException>();
        Disk.MakeRoom();
        await AllIsThereAsync(ledger, stopped.OutcomeUnknown ? ["thing/last"] : []);
    }

    /// <summary>Every stream has what was answered and nothing else; one whose last answer is open may have that append too, whole.</summary>
    private async Task AllIsThereAsync(EventLedger ledger, IReadOnlyCollection<string> open)
    {
        await AppendAsync(ledger, "thing/afterwards");
        foreach (var (stream, answered) in _answered)
        {
            var there = await ledger.StreamAsync(stream);
            there.Take(answered.Count).Select(e => e.ToLeaf()).ShouldBe(answered.Select(e => e.ToLeaf()));
            (there.Count - answered.Count).ShouldBeOneOf(open.Contains(stream) ? [0, 2] : [0]);
        }

        (await ledger.RecomputeAsync(Ct)).ShouldBe((await ledger.CheckpointAsync(Ct)).Head);
    }

    private async Task AppendAsync(EventLedger ledger, string stream)
    {
        if (!_answered.TryGetValue(stream, out var answered))
        {
            _answered.Add(stream, answered = []);
        }

        answered.AddRange((await ledger.AppendAsync(To(stream, answered.Count, Event(body: Body), Event(body: Body)), Ct)).Events);
    }

    private async Task<LedgerUnavailableException?> TryAppendAsync(EventLedger ledger, string stream)
    {
        try
        {
            await AppendAsync(ledger, stream);
            return null;
        }
        catch (LedgerUnavailableException refused)
        {
            return refused;
        }
    }

    private async Task<LedgerUnavailableException> AppendUntilRefusedAsync(EventLedger ledger, string stream)
    {
        while (true)
        {
            if (await TryAppendAsync(ledger, stream) is { } refused)
            {
                return refused;
            }
        }
    }

    /// <summary>Begins a new file of PostgreSQL's own log, so that a test knows how much room is left in it.</summary>
    private async Task SwitchWalAsync()
    {
        var superuser = new NpgsqlConnectionStringBuilder(Postgres.ConnectionString)
        {
            Username = "seal_superuser",
            Password = File.ReadLines(Path.Combine(Postgres.Location, "passwords")).First(),
            Pooling = false,
        };
        await using var source = NpgsqlDataSource.Create(superuser);
        await using var command = source.CreateCommand("select pg_switch_wal()");
        await command.ExecuteNonQueryAsync(Ct);
    }

    private async Task<EventLedger> OpenAsync() => await EventLedger.OpenAsync(
        new LedgerOptions
        {
            ConnectionString = Postgres.ConnectionString,
            OwnerConnectionString = Postgres.OwnerConnectionString,
            EnsureDatabase = Postgres.EnsureRunningAsync,
            Origin = "ledger.example/full",
            Clock = TimeProvider.System,
            Patience = TimeSpan.FromMinutes(1),
            Signers = [new EcdsaNoteKey("ledger.example/full")],
        },
        Ct);
}
