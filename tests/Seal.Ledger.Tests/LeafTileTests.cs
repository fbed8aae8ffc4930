using Npgsql;
using static Seal.Ledger.Tests.Requests;

namespace Seal.Ledger.Tests;

/// <summary>Tiles of leaf hashes, written from memory where the log is known from memory.</summary>
public sealed class LeafTileTests(LedgerFixture fixture)
{
    private const string WrongTiles = """
        select count(*) from ledger.tiles t where level = 0 and hashes is distinct from
            (select string_agg(leaf_hash, '' order by position) from ledger.events where position between t.index * 256 and t.index * 256 + 255)
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(300)]
    [InlineData(1000)]
    public async Task A_full_tile_holds_the_leaf_hashes_of_its_events(int together)
    {
        var options = await fixture.NewDatabaseAsync();
        await using var ledger = await EventLedger.OpenAsync(options, Ct);
        await AppendAsync(ledger, "a", 1200, together);

        (await ScalarAsync(options, WrongTiles)).ShouldBe(0);
        (await ScalarAsync(options, "select count(*) from ledger.tiles where level = 0")).ShouldBe(4);
    }

    [Fact]
    public async Task Processes_that_take_turns_within_a_tile_write_it_whole()
    {
        var options = await fixture.NewDatabaseAsync();
        await using var one = await EventLedger.OpenAsync(options, Ct);
        await using var other = await EventLedger.OpenAsync(options, Ct);
        for (var turn = 0; turn < 12; turn++)
        {
            await AppendAsync(turn % 2 == 0 ? one : other, $"turn{turn}", 100, together: 40);
        }

        (await ScalarAsync(options, WrongTiles)).ShouldBe(0);
        (await ScalarAsync(options, "select count(*) from ledger.tiles where level = 0")).ShouldBe(4);
    }

    [Fact]
    public async Task A_process_that_begins_in_the_middle_of_a_tile_writes_it_whole()
    {
        var options = await fixture.NewDatabaseAsync();
        for (var start = 0; start < 8; start++)
        {
            await using var ledger = await EventLedger.OpenAsync(options, Ct);
            await AppendAsync(ledger, $"start{start}", 100, together: 100);
        }

        (await ScalarAsync(options, WrongTiles)).ShouldBe(0);
        (await ScalarAsync(options, "select count(*) from ledger.tiles where level = 0")).ShouldBe(3);
    }

    private static async Task AppendAsync(EventLedger ledger, string prefix, int events, int together)
    {
        foreach (var some in Enumerable.Range(0, events).Chunk(together))
        {
            await Task.WhenAll(some.Select(i => ledger.AppendAsync(To($"thing/{prefix}-{i}", 0), Ct)));
        }
    }

    private static async Task<long> ScalarAsync(LedgerOptions options, string sql)
    {
        await using var database = NpgsqlDataSource.Create(options.ConnectionString);
#pragma warning disable CA2100 // The test's own statements.
        await using var command = database.CreateCommand(sql);
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }
}
