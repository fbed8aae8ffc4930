using System.Text;
using System.Text.Json.Nodes;
using Npgsql;
using static Seal.Ledger.Tests.Requests;

namespace Seal.Ledger.Tests;

public sealed class RefusalTests(LedgerFixture fixture)
{
    [Fact]
    public async Task One_callers_refusal_never_fails_another_callers_append()
    {
        await using var ledger = await fixture.OpenAsync(o => o with { Projections = [new Explosive()] });
        Task<AppendResult>[] appends = [.. Enumerable.Range(0, 200).Select(i => ledger.AppendAsync(
            To($"thing/{i}", 0, Event(body: (i % 4) switch { 0 => """{"do":"throw"}""", 1 => """{"do":"break the database"}""", _ => "{}" })), Ct))];
        await Task.WhenAll(appends.Select(a => a.ContinueWith(_ => { }, TaskScheduler.Default)));

        for (var i = 0; i < appends.Length; i++)
        {
            if (i % 4 > 1)
            {
                appends[i].IsCompletedSuccessfully.ShouldBeTrue();
            }
            else
            {
                appends[i].Exception!.InnerException.ShouldBeOfType<AppendRefusedException>();
            }
        }

        (await ledger.SizeAsync(Ct)).ShouldBe(100);
        (await ledger.RecomputeAsync(Ct)).ShouldBe((await ledger.CheckpointAsync(Ct)).Head);
        (await ledger.Projections.CountAsync("explosive", [], Ct)).ShouldBe(100);
    }

    [Fact]
    public async Task An_event_fills_an_entry_of_65535_bytes_and_not_one_byte_more()
    {
        await using var ledger = await fixture.OpenAsync();
        var envelope = (await ledger.AppendAsync(To("thing/1", 0, Event(body: """{"a":""}""")), Ct)).Events[0].ToLeaf().Length;
        string Filled(int total) => $$"""{"a":"{{new string('x', total - envelope)}}"}""";

        var refused = await Should.ThrowAsync<EventTooLargeException>(ledger.AppendAsync(To("thing/2", 0, Event(body: Filled(65_536))), Ct));
        refused.Length.ShouldBe(65_536);
        (await ledger.AppendAsync(To("thing/2", 0, Event(body: Filled(65_535))), Ct)).Events[0].ToLeaf().Length.ShouldBe(65_535);
        (await ledger.RecomputeAsync(Ct)).ShouldBe((await ledger.CheckpointAsync(Ct)).Head);
    }

    [Theory]
    [InlineData("thing")]
    [InlineData("/1")]
    [InlineData("thing/")]
    [InlineData("Thing/1")]
    [InlineData("thing/a\0b")]
    [InlineData("thing/a\nb")]
    public async Task A_text_that_cannot_name_a_stream_is_refused_before_anything_else(string stream)
    {
        await using var ledger = await fixture.OpenAsync();
        await Should.ThrowAsync<ArgumentException>(ledger.AppendAsync(To(stream, 0), Ct));
    }

    [Fact]
    public async Task A_malformed_append_is_refused()
    {
        await using var ledger = await fixture.OpenAsync();
        await Should.ThrowAsync<ArgumentException>(ledger.AppendAsync(new AppendRequest([], default), Ct));
        await Should.ThrowAsync<ArgumentException>(ledger.AppendAsync(new AppendRequest([new("thing/1", 0, [])], default), Ct));
        await Should.ThrowAsync<ArgumentException>(ledger.AppendAsync(new AppendRequest([new("thing/1", 0, [Event()]), new("thing/1", 1, [Event()])], default), Ct));
        await Should.ThrowAsync<ArgumentException>(ledger.AppendAsync(To("thing/1", 0, Event("Not a type")), Ct));
        await Should.ThrowAsync<ArgumentException>(ledger.AppendAsync(To("thing/" + (char)0xD800, 0), Ct));
        await Should.ThrowAsync<CanonicalJsonException>(ledger.AppendAsync(To("thing/1", 0, Event(body: "[]")), Ct));
        await Should.ThrowAsync<CanonicalJsonException>(ledger.AppendAsync(To("thing/1", 0) with { Metadata = "1"u8.ToArray() }, Ct));
        (await ledger.SizeAsync(Ct)).ShouldBe(0);
    }

    [Fact]
    public async Task The_services_role_can_neither_change_nor_delete_an_event()
    {
        var options = await fixture.NewDatabaseAsync();
        await using var ledger = await EventLedger.OpenAsync(options, Ct);
        await ledger.AppendAsync(To("thing/1", 0), Ct);
        await using var service = NpgsqlDataSource.Create(options.ConnectionString);
        foreach (var sql in new[]
        {
            "update ledger.events set body = ''", "delete from ledger.events", "truncate ledger.events", "drop table ledger.events",
            "delete from ledger.streams", "delete from ledger.tiles", "delete from ledger.head", "insert into ledger.migrations (number, name) values (9, 'x')",
            "update ledger.checkpoints set note = ''", "delete from ledger.checkpoints", "create table ledger.mine (a int)", "create table projections.mine (a int)",
        })
        {
            var refused = await Should.ThrowAsync<PostgresException>(async () => await ExecuteAsync(service, sql));
            refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, sql);
        }
    }

    [Fact]
    public async Task A_caller_that_gives_up_before_its_turn_appends_nothing()
    {
        await using var ledger = await fixture.OpenAsync();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(ledger.AppendAsync(To("thing/1", 0), cancelled.Token));
        (await ledger.SizeAsync(Ct)).ShouldBe(0);
    }

    [Fact]
    public async Task A_closed_ledger_takes_no_more_and_has_finished_what_it_took()
    {
        var ledger = await fixture.OpenAsync();
        Task<AppendResult>[] appends = [.. Enumerable.Range(0, 300).Select(i => ledger.AppendAsync(To($"thing/{i}", 0), Ct))];
        await ledger.DisposeAsync();
        appends.ShouldAllBe(a => a.IsCompletedSuccessfully);
        await Should.ThrowAsync<ObjectDisposedException>(ledger.AppendAsync(To("thing/x", 0), Ct));
    }

    [Fact]
    public async Task Another_log_in_the_database_is_noticed()
    {
        var options = await fixture.NewDatabaseAsync();
        await (await EventLedger.OpenAsync(options, Ct)).DisposeAsync();
        await Should.ThrowAsync<LedgerConfigurationException>(EventLedger.OpenAsync(options with { Origin = "another.example" }, Ct));
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    /// <summary>Throws in the fold, or makes a row that PostgreSQL refuses (jsonb has no zero character).</summary>
    private sealed class Explosive : InlineProjection
    {
        public override string Name => "explosive";

        public override int Version => 1;

        public override IReadOnlySet<string> Types { get; } = new HashSet<string> { "thing.happened.v1" };

        public override IEnumerable<string> KeysOf(EventToProject e) => [e.Stream];

        public override JsonObject? Apply(string key, JsonObject? row, RecordedEvent e) => (string?)JsonNode.Parse(e.Body.Span)!["do"] switch
        {
            "throw" => throw new InvalidOperationException("boom"),
            "break the database" => new JsonObject { ["text"] = "\0" },
            _ => new JsonObject { ["length"] = Encoding.UTF8.GetString(e.Body.Span).Length },
        };
    }
}
