using System.Text.Json.Nodes;
using Npgsql;
using Seal.Ledger.Storage;
using static Seal.Ledger.Tests.Requests;

namespace Seal.Ledger.Tests;

public sealed class MigrationTests(LedgerFixture fixture)
{
    // As the first migration made them; later columns are not there yet.
    private static readonly string[] Tables =
    [
        "events (position, stream, version, type, recorded_at, metadata, body, leaf_hash)", "streams (id, name, type, version, first_position, last_position)",
        "tiles (level, index, hashes)", "head (only_row, origin, size, root, range, recorded_at, next_stream, projections)", "checkpoints (size, root, note, signed_at)",
        "requests (scope, key, digest, outcome, first_position, events, expires_at)", "writers (id, batch, seen_at)", "projections (name, kind, version, position)",
    ];

    [Fact]
    public async Task A_database_of_the_first_version_is_brought_up_to_date_with_all_that_is_in_it()
    {
        var today = await fixture.NewDatabaseAsync() with { Projections = [new Counted()] };
        await using var filled = await EventLedger.OpenAsync(today, Ct);
        for (var i = 0; i < 300; i++)
        {
            await filled.AppendAsync(To($"thing/{i % 50}", i / 50) with { Idempotency = Key($"k{i}") }, Ct);
        }

        var checkpoint = await filled.CheckpointAsync(Ct);
        var older = today with { ConnectionString = (await fixture.NewDatabaseAsync()).ConnectionString };
        older = older with { OwnerConnectionString = new NpgsqlConnectionStringBuilder(today.OwnerConnectionString!) { Database = new NpgsqlConnectionStringBuilder(older.ConnectionString).Database }.ConnectionString };
        await MakeFirstVersionAsync(today.OwnerConnectionString!, older.OwnerConnectionString!);

        await using var ledger = await EventLedger.OpenAsync(older, Ct);
        (await ledger.SizeAsync(Ct)).ShouldBe(300);
        (await ledger.AllAsync()).Select(e => e.ToLeaf()).ShouldBe((await filled.AllAsync()).Select(e => e.ToLeaf()));
        (await ledger.CheckpointAsync(Ct)).ShouldBe(checkpoint);
        (await ledger.RecomputeAsync(Ct)).ShouldBe(checkpoint.Head);
        ((int)(await ledger.Projections.GetAsync("counted", "thing/7", Ct))!.Document["count"]!).ShouldBe(6);
        (await ledger.AppendAsync(To("thing/7", 5) with { Idempotency = Key("k257") }, Ct)).Replayed.ShouldBeTrue();
        (await ledger.AppendAsync(To("thing/7", 6), Ct)).Events.Single().Position.ShouldBe(300);
        ((int)(await ledger.Projections.GetAsync("counted", "thing/7", Ct))!.Document["count"]!).ShouldBe(7);
    }

    [Fact]
    public void Each_migration_has_a_number_of_its_own() =>
        Migrations.All().Select(migration => migration.Number).ShouldBe(Enumerable.Range(1, Migrations.All().Count));

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused_in_a_sentence_and_left_alone()
    {
        var options = await fixture.NewDatabaseAsync();
        await (await EventLedger.OpenAsync(options, Ct)).DisposeAsync();
        await using var owner = NpgsqlDataSource.Create(options.OwnerConnectionString!);
        await using var command = owner.CreateCommand("insert into ledger.migrations (number, name) values (900, '900-of-the-future.sql')");
        await command.ExecuteNonQueryAsync(Ct);
        var refused = await Should.ThrowAsync<LedgerConfigurationException>(EventLedger.OpenAsync(options, Ct));
        refused.Message.ShouldContain("900");
        refused.Message.ShouldContain("newer version");
    }

    private static async Task MakeFirstVersionAsync(string source, string target)
    {
        await using var from = NpgsqlDataSource.Create(source);
        await using var to = NpgsqlDataSource.Create(target);
        var first = Migrations.All()[0];
        await ExecuteAsync(to, "create schema ledger; create schema projections; create table ledger.migrations (number integer primary key, name text not null, applied_at timestamptz not null default now())");
        await ExecuteAsync(to, await Migrations.ReadAsync(first.Name, Ct));
        await ExecuteAsync(to, $"insert into ledger.migrations (number, name) values (1, '{first.Name}')");
        await ExecuteAsync(to, "create table projections.counted (key text collate \"C\" not null primary key, position bigint not null, document jsonb not null)");
        foreach (var table in Tables.Select(t => "ledger." + t).Append("projections.counted (key, position, document)"))
        {
            await using var reading = await from.OpenConnectionAsync(Ct);
            await using var writing = await to.OpenConnectionAsync(Ct);
            await using var read = await reading.BeginRawBinaryCopyAsync($"copy {table} to stdout (format binary)", Ct);
            await using var write = await writing.BeginRawBinaryCopyAsync($"copy {table} from stdin (format binary)", Ct);
            await read.CopyToAsync(write, Ct);
        }

        // The rights that the first version gave.
        await ExecuteAsync(to, "grant usage on schema ledger, projections to seal_service; grant select, insert, update, delete on projections.counted to seal_service");
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
#pragma warning disable CA2100 // The test's own statements.
        await using var command = database.CreateCommand(sql);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(Ct);
    }

    private sealed class Counted : InlineProjection
    {
        public override string Name => "counted";

        public override int Version => 1;

        public override IReadOnlySet<string> Types { get; } = new HashSet<string> { "thing.happened.v1" };

        public override IEnumerable<string> KeysOf(EventToProject e) => [e.Stream];

        public override JsonObject? Apply(string key, JsonObject? row, RecordedEvent e) => new() { ["count"] = ((int?)row?["count"] ?? 0) + 1 };
    }
}
