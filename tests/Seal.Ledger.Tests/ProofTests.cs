using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Seal.Ledger.Merkle;
using static Seal.Ledger.Tests.Requests;

namespace Seal.Ledger.Tests;

public sealed class ProofTests(LedgerFixture fixture)
{
    private const string Origin = "ledger.example/test";

    [Fact]
    public async Task Roots_and_proofs_hold_at_every_size_up_to_600_across_the_edges_of_tiles()
    {
        await using var ledger = await fixture.OpenAsync();
        var range = new CompactRange();
        var heads = new List<TreeHead> { new(0, range.Root()) };
        var leaves = new List<byte[]>();
        for (var i = 0; leaves.Count < 600; i++)
        {
            // Batches of one to seven events, so that tiles fill at once and bit by bit.
            EventData[] events = [.. Enumerable.Range(0, int.Min((i % 7) + 1, 600 - leaves.Count)).Select(n => Event(body: $$"""{"n":{{n}}}"""))];
            foreach (var recorded in (await ledger.AppendAsync(To($"thing/{i}", 0, events), Ct)).Events)
            {
                leaves.Add(recorded.ToLeaf());
                range.Append(MerkleHash.Leaf(leaves[^1]));
                heads.Add(new TreeHead(range.Size, range.Root()));
            }
        }

        (await ledger.RecomputeAsync(Ct)).ShouldBe(heads[600]);
        (await ledger.CheckpointAsync(Ct)).Head.ShouldBe(heads[600]);
        for (var size = 1; size <= 600; size += size is > 250 and < 260 or > 508 and < 516 ? 1 : 13)
        {
            (await ledger.ProveConsistencyAsync(size, 600, Ct)).Proves(heads[size], heads[600]).ShouldBeTrue();
            foreach (var index in new[] { 0, size / 2, size - 1 })
            {
                (await ledger.ProveInclusionAsync(index, size, Ct)).Proves(leaves[index], heads[size]).ShouldBeTrue($"{index} in {size}");
            }
        }

        (await ledger.ProveInclusionAsync(3, 600, Ct)).Proves(leaves[4], heads[600]).ShouldBeFalse();
        await Should.ThrowAsync<ArgumentOutOfRangeException>(ledger.ProveInclusionAsync(3, 601, Ct));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(ledger.ProveInclusionAsync(3, 3, Ct));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(ledger.ProveConsistencyAsync(3, 601, Ct));
    }

    [Fact]
    public async Task Stored_tiles_have_the_widths_that_tlog_tiles_prescribes()
    {
        var options = await fixture.NewDatabaseAsync();
        await using var ledger = await EventLedger.OpenAsync(options, Ct);
        for (var i = 0; i < 13; i++)
        {
            await ledger.AppendAsync(To($"thing/{i}", 0, [.. Enumerable.Range(0, 100).Select(_ => Event())]), Ct);
        }

        await using var database = NpgsqlDataSource.Create(options.ConnectionString);
        await using var command = database.CreateCommand("select level, index, octet_length(hashes) / 32 from ledger.tiles order by 1, 2");
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var tiles = new List<(int, long, int)>();
        while (await reader.ReadAsync(Ct))
        {
            tiles.Add((reader.GetInt16(0), reader.GetInt64(1), reader.GetInt32(2)));
        }

        tiles.ShouldBe([(0, 0, 256), (0, 1, 256), (0, 2, 256), (0, 3, 256), (0, 4, 256), (1, 0, 5)]);
    }

    [Fact]
    public async Task What_is_stored_is_exactly_what_was_hashed()
    {
        var options = await fixture.NewDatabaseAsync();
        await using var ledger = await EventLedger.OpenAsync(options, Ct);
        await ledger.AppendAsync(To("name/腾讯 \"1\"", 0, Event(body: """{"text":"印章\n","number":1e21}""")) with { Metadata = """{ "by" : "x" }"""u8.ToArray() }, Ct);

        var recorded = (await ledger.FindAsync(0, Ct))!;
        Encoding.UTF8.GetString(recorded.ToLeaf()).ShouldBe(
            $$"""{"body":{"number":1e+21,"text":"印章\n"},"metadata":{"by":"x"},"position":0,"recordedAt":"{{recorded.RecordedAt:yyyy-MM-ddTHH:mm:ss.ffffff}}Z","stream":"name/腾讯 \"1\"","type":"thing.happened.v1","version":1}""");
        recorded.ToLeaf().ShouldBe(CanonicalJson.Canonicalise(recorded.ToLeaf()), "the envelope is canonical as a whole");

        await using var database = NpgsqlDataSource.Create(options.ConnectionString);
        await using var command = database.CreateCommand("select leaf_hash from ledger.events");
        ((byte[])(await command.ExecuteScalarAsync(Ct))!).ShouldBe(SHA256.HashData([0, .. recorded.ToLeaf()]));
        (await ledger.FindAsync(1, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task An_append_can_carry_its_own_proof()
    {
        var key = new EcdsaNoteKey(Origin);
        await using var ledger = await fixture.OpenAsync(o => o with { Signers = [key] });
        var results = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => ledger.AppendAsync(To($"thing/{i}", 0, Event(), Event()) with { WithProof = true }, Ct)));

        foreach (var result in results)
        {
            var checkpoint = SignedCheckpoint.Verify(result.Proof!.Checkpoint.Note, Origin, [key]);
            for (var i = 0; i < 2; i++)
            {
                result.Proof.Inclusions[i].Proves(result.Events[i].ToLeaf(), checkpoint.Head).ShouldBeTrue();
            }
        }
    }

    [Fact]
    public async Task A_checkpoint_is_signed_once_per_head_and_continues_the_one_before()
    {
        var key = new EcdsaNoteKey(Origin);
        await using var ledger = await fixture.OpenAsync(o => o with { Signers = [key] });
        var empty = await ledger.CheckpointAsync(Ct);
        empty.Head.ShouldBe(new TreeHead(0, MerkleHash.EmptyRoot));
        await ledger.AppendAsync(To("thing/1", 0), Ct);
        var one = await ledger.CheckpointAsync(Ct);
        (await ledger.CheckpointAsync(Ct)).ShouldBe(one, "ECDSA gives another signature each time");
        await ledger.AppendAsync(To("thing/1", 1), Ct);
        var two = SignedCheckpoint.Verify((await ledger.CheckpointAsync(Ct)).Note, Origin, [key]);
        (await ledger.ProveConsistencyAsync(1, 2, Ct)).Proves(one.Head, two.Head).ShouldBeTrue();
        (await ledger.ProveConsistencyAsync(0, 2, Ct)).Proves(empty.Head, two.Head).ShouldBeTrue();
    }

    [Fact]
    public async Task The_head_is_signed_unasked_while_it_moves()
    {
        var options = (await fixture.NewDatabaseAsync()) with { CheckpointInterval = TimeSpan.FromMilliseconds(20) };
        await using var ledger = await EventLedger.OpenAsync(options, Ct);
        await ledger.AppendAsync(To("thing/1", 0), Ct);
        await using var database = NpgsqlDataSource.Create(options.ConnectionString);
        await using var command = database.CreateCommand("select coalesce(max(size), 0) from ledger.checkpoints");
        while ((long)(await command.ExecuteScalarAsync(Ct))! < 1)
        {
            ledger.BackgroundFault.ShouldBeNull();
        }
    }

    [Fact]
    public async Task A_log_that_was_rewritten_is_not_signed_again()
    {
        var options = await fixture.NewDatabaseAsync();
        await using var ledger = await EventLedger.OpenAsync(options, Ct);
        await ledger.AppendAsync(To("thing/1", 0, Event(), Event(), Event()), Ct);
        await ledger.CheckpointAsync(Ct);
        await using (var owner = NpgsqlDataSource.Create(options.OwnerConnectionString!))
        {
            await using var forge = owner.CreateCommand("update ledger.events set leaf_hash = overlay(leaf_hash placing '\\x00'::bytea from 1 for 1), body = '{\"forged\":true}' where position = 0");
            await forge.ExecuteNonQueryAsync(Ct);
        }

        await ledger.AppendAsync(To("thing/1", 3), Ct);
        await Should.ThrowAsync<LedgerCorruptException>(ledger.CheckpointAsync(Ct));
        var recomputed = await ledger.RecomputeAsync(Ct);
        recomputed.Size.ShouldBe(4);
    }

    [Fact]
    public async Task A_ledger_without_signers_says_that_it_has_no_checkpoints()
    {
        await using var ledger = await fixture.OpenAsync(o => o with { Signers = [] });
        await ledger.AppendAsync(To("thing/1", 0), Ct);
        await Should.ThrowAsync<LedgerConfigurationException>(ledger.CheckpointAsync(Ct));
        ledger.BackgroundFault.ShouldBeNull();
    }
}
