using Seal.Ledger.Auditing;

namespace Seal.Ledger.Tests.Auditing;

public sealed class TamperingTests(LedgerFixture fixture)
{
    private const string Changed = """update ledger.events set body = '{"n":7777}' where position = 123""";

    private const string Deleted = "delete from ledger.events where position = 123";

    private const string Inserted = """
        update ledger.events set position = -position - 2 where position >= 123;
        update ledger.events set position = -position - 1 where position < 0;
        insert into ledger.events select 123, 1, 11, type, recorded_at, metadata, '{"n":11}', leaf_hash from ledger.events where position = 122;
        """;

    private const string Swapped = """
        update ledger.events set position = -1 where position = 123;
        update ledger.events set position = 123 where position = 321;
        update ledger.events set position = 321 where position = -1;
        """;

    private const string TwiceAtOnePosition = """
        alter table ledger.events drop constraint events_pkey;
        insert into ledger.events select position, stream, 11, type, recorded_at, metadata, body, leaf_hash from ledger.events where position = 123;
        """;

    private const string Cut = "delete from ledger.events where position >= 590";

    private const string ClockTurned = "update ledger.events set recorded_at = recorded_at - interval '1 hour' where position = 123";

    [Fact]
    public async Task A_log_that_nobody_touched_is_in_order()
    {
        await using var log = await TamperedLog.CreateAsync(fixture);

        var result = await log.AuditAsync();

        result.Findings.ShouldBeEmpty();
        result.IsInOrder.ShouldBeTrue();
        (result.Entries, result.Signed, result.Streams, result.SignaturesChecked).ShouldBe((600, 600, 60, true));
        result.Checkpoints.ShouldBeGreaterThanOrEqualTo(2);
        (await log.AuditAsync(new AuditOptions())).SignaturesChecked.ShouldBeFalse();
    }

    [Theory]
    [InlineData(Changed, FindingCode.EntryChanged, 123)]
    [InlineData(Deleted, FindingCode.EntryMissing, 123)]
    [InlineData(Inserted, FindingCode.EntryChanged, 123)]
    [InlineData(Swapped, FindingCode.EntryChanged, 123)]
    [InlineData(Cut, FindingCode.EntryMissing, 590)]
    [InlineData(ClockTurned, FindingCode.EntryChanged, 123)]
    [InlineData("update ledger.tiles set hashes = overlay(hashes placing '\\x0000'::bytea from 123 * 32 + 1) where level = 0 and index = 0", FindingCode.TileChanged, 123)]
    [InlineData("update ledger.tiles set hashes = overlay(hashes placing '\\x0000'::bytea from 33) where level = 1 and index = 0", FindingCode.TileChanged, 256)]
    [InlineData("delete from ledger.tiles where level = 0 and index = 1", FindingCode.TileMissing, 256)]
    [InlineData("update ledger.events set leaf_hash = '\\x00' where position = 123", FindingCode.TableContradicts, 123)]
    [InlineData("update ledger.streams set version = 9 where name = 'thing/12'", FindingCode.TableContradicts, 128)]
    [InlineData("update ledger.head set size = 599", FindingCode.TableContradicts, 599)]
    [InlineData("update ledger.streams set name = 'thing/other' where name = 'thing/12'", FindingCode.EntryChanged, 120)]
    [InlineData("insert into ledger.events select 600, 1, 11, type, recorded_at, metadata, body, leaf_hash from ledger.events where position = 599", FindingCode.TableContradicts, 600)]
    [InlineData("update ledger.events set metadata = '[]' where position = 123", FindingCode.EntryChanged, 123)]
    [InlineData("update ledger.events set type = 'thing.changed.v1' where position = 123", FindingCode.EntryChanged, 123)]
    [InlineData("update ledger.events set version = 99 where position = 129", FindingCode.EntryChanged, 129)]
    [InlineData("update ledger.events set stream = 999 where position = 123", FindingCode.EntryMissing, 123)]
    [InlineData("update ledger.events set body = '\\xff00' where position = 123", FindingCode.EntryChanged, 123)]
    [InlineData("update ledger.events set recorded_at = 'infinity' where position = 123", FindingCode.EntryChanged, 123)]
    [InlineData("update ledger.events set recorded_at = '4000-01-01 BC' where position = 123", FindingCode.EntryChanged, 123)]
    [InlineData("alter table ledger.events alter body drop not null, alter type drop not null; update ledger.events set body = null, type = null where position = 123", FindingCode.EntryChanged, 123)]
    [InlineData("alter table ledger.events alter version drop not null; update ledger.events set version = null where position = 123", FindingCode.EntryChanged, 123)]
    [InlineData("alter table ledger.events alter leaf_hash drop not null; update ledger.events set leaf_hash = null where position = 123", FindingCode.TableContradicts, 123)]
    [InlineData(TwiceAtOnePosition, FindingCode.EntryOutOfPlace, 123)]
    [InlineData("insert into ledger.events select -1, stream, 11, type, recorded_at, metadata, body, leaf_hash from ledger.events where position = 129", FindingCode.TableContradicts, -1)]
    [InlineData("delete from ledger.streams where name = 'thing/12'", FindingCode.EntryMissing, 120)]
    [InlineData("update ledger.streams set type = 'other' where name = 'thing/12'", FindingCode.TableContradicts, 120)]
    [InlineData("alter table ledger.streams alter first_position drop not null; insert into ledger.streams values (999, 'thing/999', 'thing', 0, null, 0)", FindingCode.TableContradicts, 0)]
    [InlineData("insert into ledger.streams values (-1, 'thing/999', 'thing', 3, 700, 702)", FindingCode.TableContradicts, 700)]
    [InlineData("insert into ledger.streams values (-1, 'thing/999', 'thing', 3, 100, 9000)", FindingCode.TableContradicts, 100)]
    [InlineData("insert into ledger.streams values (-1, 'thing/999', 'thing', 10, 120, 129)", FindingCode.TableContradicts, 120)]
    [InlineData("alter table ledger.streams drop constraint streams_name_key; insert into ledger.streams values (-1, 'thing/12', 'thing', 10, 120, 129)", FindingCode.TableContradicts, 120)]
    [InlineData("alter table ledger.streams drop constraint streams_name_key; insert into ledger.streams values (-1, 'thing/12', 'thing', 10, 700, 709)", FindingCode.TableContradicts, 700)]
    [InlineData("update ledger.head set root = decode(repeat('00', 32), 'hex')", FindingCode.TableContradicts, 599)]
    [InlineData("update ledger.head set range = overlay(range placing '\\x0000'::bytea from 1)", FindingCode.TableContradicts, 599)]
    [InlineData("update ledger.head set recorded_at = recorded_at + interval '1 second'", FindingCode.TableContradicts, 599)]
    [InlineData("update ledger.head set recorded_at = '-infinity'", FindingCode.TableContradicts, 599)]
    [InlineData("update ledger.head set next_stream = 7", FindingCode.TableContradicts, 600)]
    [InlineData("delete from ledger.head", FindingCode.TableContradicts, 0)]
    [InlineData("update ledger.checkpoints set size = 299 where size = 300", FindingCode.TableContradicts, 298)]
    [InlineData("update ledger.checkpoints set root = '\\x00' where size = 300", FindingCode.TableContradicts, 299)]
    [InlineData("insert into ledger.requests values ('a', 'b', '', '', 600, 1, now())", FindingCode.TableContradicts, 600)]
    [InlineData("insert into ledger.requests values ('a', 'b', '', '', 9223372036854775807, 1, now())", FindingCode.TableContradicts, 9223372036854775807)]
    [InlineData("update ledger.head set origin = 'another'", FindingCode.TableContradicts, 599)]
    [InlineData("update ledger.events set position = 9223372036854775807 where position = 599", FindingCode.EntryMissing, 599)]
    [InlineData("insert into ledger.tiles values (0, 2, '\\x00')", FindingCode.TileMissing, 512)]
    [InlineData("insert into ledger.tiles values (0, 3, '')", FindingCode.TableContradicts, 768)]
    [InlineData("insert into ledger.tiles values (2, 0, '\\x00')", FindingCode.TableContradicts, 0)]
    [InlineData("insert into ledger.tiles values (99, 9223372036854775807, '\\x00')", FindingCode.TableContradicts, 9223372036854775807)]
    [InlineData("update ledger.tiles set hashes = hashes || '\\x00' where level = 0 and index = 1", FindingCode.TableContradicts, 256)]
    [InlineData("delete from ledger.tiles where level = 1", FindingCode.TileMissing, 0)]
    [InlineData("alter table ledger.tiles alter hashes drop not null; update ledger.tiles set hashes = null where level = 0 and index = 1", FindingCode.TileMissing, 256)]
    public async Task The_audit_names_the_first_bad_position_and_what_is_wrong(string tampering, string code, long position)
    {
        await using var log = await TamperedLog.CreateAsync(fixture);
        await log.ExecuteAsync(tampering);

        var result = await log.AuditAsync();

        result.IsInOrder.ShouldBeFalse();
        (result.Findings[0].Code, result.Findings[0].Position).ShouldBe((code, position), string.Join('\n', result.Findings.Take(5)));
        result.Findings[0].En.ShouldEndWith(".");
        result.Findings[0].Zh.ShouldEndWith("。");
    }

    [Theory]
    [InlineData(Changed, FindingCode.Rewritten, 0)]
    [InlineData(Swapped, FindingCode.TimeWentBack, 124)]
    [InlineData(Inserted, FindingCode.Rewritten, 0)]
    [InlineData(ClockTurned, FindingCode.TimeWentBack, 123)]
    [InlineData(Cut, FindingCode.EntryMissing, 590)]
    public async Task A_forger_who_recomputes_all_hashes_is_found_by_what_was_signed_before(string tampering, string code, long position)
    {
        await using var log = await TamperedLog.CreateAsync(fixture);
        await log.ExecuteAsync(tampering);
        await log.CoverUpAsync();

        var result = await log.AuditAsync();

        result.Findings.ShouldContain(finding => finding.Code == code && finding.Position == position, string.Join('\n', result.Findings.Take(8)));
        result.Findings.ShouldContain(finding => finding.Code == FindingCode.Rewritten || finding.Code == FindingCode.EntryMissing);
    }

    [Fact]
    public async Task A_tail_cut_off_with_all_its_traces_is_found_by_the_checkpoint_that_was_kept()
    {
        await using var log = await TamperedLog.CreateAsync(fixture);
        await log.ExecuteAsync("delete from ledger.events where position >= 290; delete from ledger.streams where first_position >= 290; delete from ledger.checkpoints");
        await log.CoverUpAsync();
        await using (var ledger = await log.OpenAsync())
        {
            await ledger.CheckpointAsync(Requests.Ct);
        }

        var result = await log.AuditAsync();

        result.Findings.ShouldHaveSingleItem().Code.ShouldBe(FindingCode.Shrunk);
        result.Findings[0].Position.ShouldBe(290);
        (await log.AuditAsync(log.Options with { Kept = [] })).IsInOrder.ShouldBeTrue("without a kept checkpoint nobody can know");
    }

    [Fact]
    public async Task A_log_signed_anew_by_its_operator_after_a_change_is_found_by_the_checkpoint_that_was_kept()
    {
        await using var log = await TamperedLog.CreateAsync(fixture);
        await log.ExecuteAsync(Changed + "; delete from ledger.checkpoints");
        await log.CoverUpAsync();
        await using (var ledger = await log.OpenAsync())
        {
            await ledger.CheckpointAsync(Requests.Ct);
        }

        (await log.AuditAsync()).Findings.ShouldHaveSingleItem().Code.ShouldBe(FindingCode.Rewritten);
    }

    [Fact]
    public async Task A_forged_checkpoint_is_found_and_so_is_where_it_parts_from_the_log()
    {
        await using var log = await TamperedLog.CreateAsync(fixture);
        var forged = SignedNote.Sign(new TreeHead(400, new byte[32]).ToCheckpointText("ledger.example/test"), [new EcdsaNoteKey("ledger.example/test")]);
        await log.ExecuteAsync($"insert into ledger.checkpoints values (400, decode(repeat('00', 32), 'hex'), '{forged}', now())");

        var result = await log.AuditAsync();

        result.Findings.Select(finding => (finding.Code, finding.Position)).ShouldBe([(FindingCode.RootMismatch, 300L), (FindingCode.CheckpointForged, null)], ignoreOrder: true);
    }

    [Fact]
    public async Task A_log_without_a_checkpoint_or_of_another_name_is_not_in_order()
    {
        await using var log = await TamperedLog.CreateAsync(fixture);
        (await log.AuditAsync(log.Options with { Keys = [new EcdsaNoteKey("other.example")] })).Findings.Select(finding => finding.Code)
            .ShouldContain(FindingCode.OtherLog);
        await log.ExecuteAsync("delete from ledger.checkpoints");
        (await log.AuditAsync(log.Options with { Kept = [] })).Findings.ShouldHaveSingleItem().Code.ShouldBe(FindingCode.CheckpointMissing);
    }

    [Fact]
    public async Task A_database_that_is_no_ledger_is_unreadable_and_not_tampered()
    {
        var options = await fixture.NewDatabaseAsync();
        await using var source = new DatabaseTileSource(options.ConnectionString);

        await Should.ThrowAsync<SourceUnreadableException>(Audit.RunAsync(source, new AuditOptions(), null, Requests.Ct));
    }
}
