using Npgsql;
using Seal.Ledger.Auditing;
using Seal.Ledger.Storage;
using Seal.Ledger.Tests.Auditing;
using Seal.Ledger.Tiles;
using Seal.Ledger.Witnessing;
using static Seal.Ledger.Tests.Requests;

namespace Seal.Ledger.Tests.Witnessing;

/// <summary>A log of 30 events that two witnesses saw, and someone with every right in its database.</summary>
public sealed class WitnessedAuditTests(LedgerFixture fixture) : IAsyncLifetime
{
    private const string Changed = """update ledger.events set body = '{"n":7777}' where position = 12""";

    private readonly EcdsaNoteKey _logKey = new("ledger.example/test");
    private readonly string _folder = TemporaryDirectory.New();
    private LedgerOptions? _options;
    private WitnessHost? _one;
    private WitnessHost? _two;

    public async ValueTask InitializeAsync()
    {
        _one = await WitnessHost.StartAsync("witness.example/1", _logKey);
        _two = await WitnessHost.StartAsync("witness.example/2", _logKey);
        _options = await fixture.NewDatabaseAsync() with
        {
            Signers = [_logKey],
            Witnesses = new WitnessOptions { Peers = [_one.Peer, _two.Peer], Needed = 2, Interval = TimeSpan.FromMilliseconds(50) },
        };
        await using var ledger = await EventLedger.OpenAsync(_options, Ct);
        await ledger.AppendAsync(To("thing/1", 0, [.. Enumerable.Repeat(Event(), 30)]), Ct);
        await Eventually.TrueAsync(() => ledger.Witnesses.Size == 30);
        await new TileExport(ledger).ExportAsync(_folder, null, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _one!.DisposeAsync();
        await _two!.DisposeAsync();
        TemporaryDirectory.Delete(_folder);
    }

    [Fact]
    public async Task A_log_that_witnesses_saw_is_in_order_and_the_auditor_hears_what_each_saw()
    {
        foreach (var result in new[] { await AuditAsync(), await AuditFolderAsync() })
        {
            result.Findings.ShouldBeEmpty();
            var testimony = result.Testimony.ShouldNotBeNull();
            (testimony.Needed, testimony.Size).ShouldBe((2, 30L));
            testimony.Seen.Select(said => (said.Witness, said.Size)).ShouldBe([("witness.example/1", 30L), ("witness.example/2", 30L)]);
        }

        (await AuditAsync(new AuditOptions { Keys = [_logKey] })).Testimony.ShouldBeNull();
    }

    [Fact]
    public async Task A_witness_that_saw_nothing_is_missed_when_it_is_needed_and_not_when_others_are_enough()
    {
        var stranger = new EcdsaWitnessKey("witness.example/3");

        (await AuditAsync(Options with { Witnesses = [_one!.Key, stranger] })).Findings.ShouldHaveSingleItem().Code.ShouldBe(FindingCode.NotWitnessed);
        (await AuditAsync(Options with { Witnesses = [_one.Key, _two!.Key, stranger] })).IsInOrder.ShouldBeTrue();
    }

    [Fact]
    public async Task A_log_rewritten_with_all_its_traces_contradicts_what_the_witnesses_saw()
    {
        await ForgeAsync(Changed);

        var result = await AuditAsync();

        result.Findings.ShouldContain(finding => finding.Code == FindingCode.RootMismatch, string.Join('\n', result.Findings));
    }

    [Fact]
    public async Task A_log_rewritten_and_signed_anew_has_no_witness()
    {
        await ForgeAsync(Changed + "; delete from ledger.checkpoints; delete from ledger.cosignatures");
        await SignAnewAsync();

        (await AuditAsync()).Findings.ShouldHaveSingleItem().Code.ShouldBe(FindingCode.NotWitnessed);
        (await AuditAsync(Options with { Witnesses = [] })).IsInOrder.ShouldBeTrue("without witnesses nobody can know");
    }

    [Fact]
    public async Task A_line_that_a_witness_never_wrote_under_the_new_checkpoint_is_told()
    {
        await ForgeAsync(Changed + "; delete from ledger.checkpoints");
        await SignAnewAsync();

        var result = await AuditAsync();

        result.Findings.Select(finding => finding.Code).ShouldBe(
            [FindingCode.NotWitnessed, FindingCode.CosignatureForged, FindingCode.CosignatureForged], ignoreOrder: true);
        result.Findings.ShouldAllBe(finding => finding.En.EndsWith('.') && finding.Zh.EndsWith('。'));
    }

    [Fact]
    public async Task A_log_cut_short_is_found_by_the_checkpoint_that_a_witness_saw()
    {
        var seen = await File.ReadAllTextAsync(Path.Combine(_folder, TileExport.WitnessedName), Ct);
        await ForgeAsync("delete from ledger.events where position >= 20; delete from ledger.checkpoints; delete from ledger.cosignatures");
        await SignAnewAsync();

        var result = await AuditAsync(Options with { Kept = [seen] });

        result.Findings.Select(finding => finding.Code).ShouldContain(FindingCode.Shrunk);
        result.Testimony!.Size.ShouldBe(30);
    }

    private AuditOptions Options => new() { Keys = [_logKey], Witnesses = [_one!.Key, _two!.Key], WitnessesNeeded = 2 };

    private async Task<AuditResult> AuditAsync(AuditOptions? options = null)
    {
        await using var source = new DatabaseTileSource(_options!.ConnectionString);
        return await Audit.RunAsync(source, options ?? Options, null, Ct);
    }

    private async Task<AuditResult> AuditFolderAsync()
    {
        await using var source = new FolderTileSource(_folder);
        return await Audit.RunAsync(source, Options, null, Ct);
    }

    private async Task SignAnewAsync()
    {
        await using var ledger = await EventLedger.OpenAsync(_options! with { Witnesses = new WitnessOptions() }, Ct);
        await ledger.CheckpointAsync(Ct);
    }

    private async Task ForgeAsync(string change)
    {
        await ExecuteAsync(change);
        await using var database = new Database(_options!.ConnectionString, revive: null);
        await ForgedTables.WriteAsync(database, ExecuteAsync, Ct);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var superuser = NpgsqlDataSource.Create(fixture.SuperuserConnectionString(_options!));
#pragma warning disable CA2100 // The tests' own statements.
        await using var command = superuser.CreateCommand(sql);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(Ct);
    }
}
