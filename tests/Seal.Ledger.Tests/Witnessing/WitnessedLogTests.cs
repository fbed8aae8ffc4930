using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Seal.Ledger.Storage;
using Seal.Ledger.Tests.Auditing;
using Seal.Ledger.Witnessing;
using static Seal.Ledger.Tests.Requests;

namespace Seal.Ledger.Tests.Witnessing;

public sealed class WitnessedLogTests(LedgerFixture fixture)
{
    private readonly EcdsaNoteKey _logKey = new("ledger.example/test");

    [Fact]
    public async Task A_checkpoint_is_witnessed_when_enough_have_cosigned_it_though_another_is_dead_and_another_hangs()
    {
        await using var one = await WitnessHost.StartAsync("witness.example/1", _logKey);
        await using var two = await WitnessHost.StartAsync("witness.example/2", _logKey);
        using var hanging = new TcpListener(IPAddress.Loopback, 0);
        hanging.Start();
        var silent = new WitnessPeer(new Uri($"http://{hanging.LocalEndpoint}"), new EcdsaWitnessKey("witness.example/hangs"));
        var dead = new WitnessPeer(new Uri("http://127.0.0.1:1"), new EcdsaWitnessKey("witness.example/dead"));
        await using var ledger = await OpenAsync(await NewAsync(), 2, silent, dead, one.Peer, two.Peer);
        (await ledger.WitnessedCheckpointAsync(Ct)).ShouldBeNull();

        for (var size = 1; size <= 3; size++)
        {
            var took = Stopwatch.StartNew();
            await ledger.AppendAsync(To("thing/1", size - 1), Ct);
            took.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10), "the hanging witness is given a minute, and appends do not wait for it");
            await WitnessedAsync(ledger, size);
        }

        var witnessed = (await ledger.WitnessedCheckpointAsync(Ct))!;
        witnessed.Cosignatures.Select(said => (said.Witness, said.Size)).ShouldBe([("witness.example/1", 3L), ("witness.example/2", 3L)]);
        SignedCheckpoint.Verify(witnessed.Checkpoint.Note, ledger.Origin, [_logKey]).Head.Size.ShouldBe(3);
        SignedNote.Parse(witnessed.Checkpoint.Note).Verify([one.Key, two.Key]).Count.ShouldBe(2);
        (await ledger.CheckpointAsync(Ct)).Note.ShouldNotContain("witness.example", Case.Sensitive, "the plain checkpoint stays plain");
        await Eventually.TrueAsync(() => ledger.Witnesses.Witnesses.Single(state => state.Name == "witness.example/dead").Fault is not null);
        var status = ledger.Witnesses;
        (status.Needed, status.Size).ShouldBe((2, 3L));
        status.At!.Value.ShouldBeInRange(DateTimeOffset.UtcNow.AddMinutes(-2), DateTimeOffset.UtcNow.AddSeconds(1));
        status.Witnesses.Single(state => state.Name == "witness.example/1").ShouldSatisfyAllConditions(state => state.Size.ShouldBe(3), state => state.Fault.ShouldBeNull());
    }

    [Fact]
    public async Task A_log_that_does_not_know_where_a_witness_is_asks_and_goes_on_from_there()
    {
        await using var witness = await WitnessHost.StartAsync("witness.example/1", _logKey);
        var options = await NewAsync();
        await using (var ledger = await OpenAsync(options, 1, witness.Peer))
        {
            await ledger.AppendAsync(To("thing/1", 0, [.. Enumerable.Repeat(Event(), 300)]), Ct);
            await WitnessedAsync(ledger, 300);
        }

        await ExecuteAsync(options, "delete from ledger.cosignatures");
        await using var again = await OpenAsync(options, 1, witness.Peer);
        await again.AppendAsync(To("thing/1", 300), Ct);
        await WitnessedAsync(again, 301);
    }

    [Fact]
    public async Task A_quiet_log_asks_nobody_twice_not_even_after_a_start()
    {
        await using var witness = await WitnessHost.StartAsync("witness.example/1", _logKey);
        var options = await NewAsync();
        await using (var ledger = await OpenAsync(options, 1, witness.Peer))
        {
            await ledger.AppendAsync(To("thing/1", 0), Ct);
            await WitnessedAsync(ledger, 1);
        }

        var asked = witness.Asked;
        await using var again = await OpenAsync(options, 1, witness.Peer);
        await Eventually.TrueAsync(() => again.Witnesses.Witnesses is [{ Size: 1 }]);
        witness.Asked.ShouldBe(asked);
    }

    [Fact]
    public async Task Two_processes_of_one_ledger_have_their_checkpoints_witnessed_by_the_same_witnesses()
    {
        await using var one = await WitnessHost.StartAsync("witness.example/1", _logKey);
        await using var two = await WitnessHost.StartAsync("witness.example/2", _logKey);
        var options = await NewAsync();
        await using var first = await OpenAsync(options, 2, one.Peer, two.Peer);
        await using var second = await OpenAsync(options, 2, one.Peer, two.Peer);
        for (var i = 0; i < 20; i++)
        {
            await (i % 2 == 0 ? first : second).AppendAsync(To("thing/1", i), Ct);
        }

        await WitnessedAsync(first, 20);
        await WitnessedAsync(second, 20);
    }

    [Fact]
    public async Task A_log_rewritten_so_that_it_agrees_with_itself_is_not_cosigned()
    {
        await using var witness = await WitnessHost.StartAsync("witness.example/1", _logKey);
        var options = await NewAsync();
        await using (var ledger = await OpenAsync(options, 1, witness.Peer))
        {
            await ledger.AppendAsync(To("thing/1", 0, [.. Enumerable.Repeat(Event(), 30)]), Ct);
            await WitnessedAsync(ledger, 30);
        }

        await ForgeAsync(options, """update ledger.events set body = '{"n":7777}' where position = 12""");
        await using var forged = await OpenAsync(options, 1, witness.Peer);
        await forged.AppendAsync(To("thing/1", 30), Ct);

        await Eventually.TrueAsync(() => forged.Witnesses.Witnesses is [{ Fault: not null }]);
        forged.Witnesses.Witnesses[0].Fault!.ShouldBeOneOf(
            "The witness answered 409: Another tree of 30 entries was cosigned before: the log says two things.",
            "The witness answered 422: The proof does not show that the tree of 31 entries continues that of 30.");
        (await forged.WitnessedCheckpointAsync(Ct)).ShouldBeNull();
        witness.SizeOf(forged.Origin).ShouldBe(30);
    }

    [Fact]
    public async Task A_log_whose_end_was_cut_off_is_not_cosigned_and_health_says_so()
    {
        await using var witness = await WitnessHost.StartAsync("witness.example/1", _logKey);
        var options = await NewAsync();
        await using (var ledger = await OpenAsync(options, 1, witness.Peer))
        {
            await ledger.AppendAsync(To("thing/1", 0, [.. Enumerable.Repeat(Event(), 30)]), Ct);
            await WitnessedAsync(ledger, 30);
        }

        await ForgeAsync(options, "delete from ledger.events where position >= 20");
        await using var forged = await OpenAsync(options, 1, witness.Peer);

        await Eventually.TrueAsync(() => forged.Witnesses.Witnesses is [{ Fault: not null }]);
        forged.Witnesses.Witnesses[0].Fault!.ShouldContain("saw 30 entries and the log has only 20");
        witness.SizeOf(forged.Origin).ShouldBe(30);
    }

    [Fact]
    public async Task An_answer_that_the_witnesss_key_did_not_sign_is_not_kept()
    {
        var stranger = new EcdsaWitnessKey("witness.example/1");
        Func<WitnessAnswer, WitnessAnswer>[] bends =
        [
            answer => answer with { Body = answer.Body.Replace("A", "B", StringComparison.Ordinal) },
            answer => answer with { Body = new SignedNote("", [new NoteSignature(stranger.Name, stranger.KeyId, stranger.Sign("x"u8))]).SignatureLines() },
            answer => answer with { Body = "" },
            answer => answer with { Body = new string('x', 100_000) },
            answer => answer with { Status = 500, Body = "broken \u001b[31m" },
            answer => answer with { Status = 409, MediaType = WitnessAnswer.SizeMediaType, Body = "many\n" },
            answer => answer with { Status = 409, MediaType = WitnessAnswer.SizeMediaType, Body = "0\n" },
            answer => answer with { Status = 409, MediaType = WitnessAnswer.SizeMediaType, Body = "99\n" },
            answer => answer with { Status = 302 },
        ];
        foreach (var bend in bends)
        {
            await using var witness = await WitnessHost.StartAsync("witness.example/1", _logKey, bend);
            await using var ledger = await OpenAsync(await NewAsync(), 1, witness.Peer);
            await ledger.AppendAsync(To("thing/1", 0), Ct);

            await Eventually.TrueAsync(() => ledger.Witnesses.Witnesses is [{ Fault: not null }]);
            ledger.Witnesses.Witnesses[0].Fault!.ShouldNotContain("\u001b");
            (await ledger.WitnessedCheckpointAsync(Ct)).ShouldBeNull();

            witness.Bend = answer => answer;
            await WitnessedAsync(ledger, 1);
        }
    }

    [Fact]
    public async Task Witnesses_that_make_no_sense_are_refused_when_the_ledger_is_opened()
    {
        var options = await NewAsync();
        var peer = new WitnessPeer(new Uri("http://127.0.0.1:1"), new EcdsaWitnessKey("witness.example/1"));
        foreach (var witnesses in new WitnessOptions[]
        {
            new() { Peers = [peer], Needed = 2 }, new() { Peers = [peer], Needed = 0 }, new() { Peers = [peer, peer], Needed = 1 },
            new() { Peers = [peer with { Address = new Uri("ftp://w.example") }] }, new() { Peers = [peer with { Address = new Uri("/w", UriKind.Relative) }] },
        })
        {
            await Should.ThrowAsync<LedgerConfigurationException>(EventLedger.OpenAsync(options with { Witnesses = witnesses }, Ct));
        }
    }

    private static Task<EventLedger> OpenAsync(LedgerOptions options, int needed, params WitnessPeer[] peers) => EventLedger.OpenAsync(
        options with
        {
            Witnesses = new WitnessOptions
            {
                Peers = peers,
                Needed = needed,
                Interval = TimeSpan.FromMilliseconds(50),
                LongestPause = TimeSpan.FromMilliseconds(200),
                Timeout = TimeSpan.FromMinutes(1),
            },
        },
        Ct);

    private static async Task WitnessedAsync(EventLedger ledger, long size)
    {
        await Eventually.TrueAsync(() => ledger.Witnesses.Size == size);
        (await ledger.WitnessedCheckpointAsync(Ct))!.Checkpoint.Head.Size.ShouldBe(size);
    }

    private async Task<LedgerOptions> NewAsync() => await fixture.NewDatabaseAsync() with { Signers = [_logKey] };

    /// <summary>Someone with every right changes the log, computes all that follows from it anew, and takes away what was signed and said.</summary>
    private async Task ForgeAsync(LedgerOptions options, string change)
    {
        await ExecuteAsync(options, change + "; delete from ledger.checkpoints; delete from ledger.cosignatures");
        await using var database = new Database(options.ConnectionString, revive: null);
        await ForgedTables.WriteAsync(database, sql => ExecuteAsync(options, sql), Ct);
        // A leaf tile has no row until it is full.
        await ExecuteAsync(options, "delete from ledger.tiles where level = 0 and octet_length(hashes) < 256 * 32");
    }

    private async Task ExecuteAsync(LedgerOptions options, string sql)
    {
        await using var superuser = NpgsqlDataSource.Create(fixture.SuperuserConnectionString(options));
#pragma warning disable CA2100 // The tests' own statements.
        await using var command = superuser.CreateCommand(sql);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(Ct);
    }
}
