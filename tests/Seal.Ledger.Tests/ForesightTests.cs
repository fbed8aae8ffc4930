using System.Text.Json.Nodes;
using Npgsql;
using static Seal.Ledger.Tests.Requests;

namespace Seal.Ledger.Tests;

/// <summary>Batches are decided on what the log will be once the batch before them is written; it may come otherwise.</summary>
public sealed class ForesightTests(LedgerFixture fixture)
{
    [Fact]
    public async Task An_append_that_the_database_refused_stands_in_nobodys_way()
    {
        await using var ledger = await fixture.OpenAsync(o => o with { Projections = [new Breakable()] });
        for (var round = 0; round < 20; round++)
        {
            // The refused ones begin the streams that the others begin as well, some in the batch behind them.
            var refused = Enumerable.Range(0, 20).Select(i => ledger.AppendAsync(To($"thing/{round}-{i}", 0, Event(body: """{"do":"break"}""")), Ct)).ToList();
            await Task.Yield();
            var others = Enumerable.Range(0, 20).Select(i => ledger.AppendAsync(To($"thing/{round}-{i}", 0), Ct)).ToList();

            foreach (var append in refused)
            {
                // By the database; or because one of the others was first in the end.
                var refusal = await Should.ThrowAsync<LedgerException>(append);
                (refusal is AppendRefusedException or ConcurrencyException).ShouldBeTrue(refusal.ToString());
            }

            (await Task.WhenAll(others)).ShouldAllBe(result => result.Events.Single().Version == 1);
        }

        (await ledger.SizeAsync(Ct)).ShouldBe(400);
        (await ledger.RecomputeAsync(Ct)).ShouldBe((await ledger.CheckpointAsync(Ct)).Head);
    }

    [Fact]
    public async Task A_request_that_came_to_nothing_is_not_replayed()
    {
        await using var ledger = await fixture.OpenAsync(o => o with { Projections = [new Breakable()] });
        for (var round = 0; round < 50; round++)
        {
            var request = To($"thing/{round}", 0, Event(body: """{"do":"break"}""")) with { Idempotency = Key($"k{round}") };
            var answers = Enumerable.Range(0, 4).Select(_ => ledger.AppendAsync(request, Ct)).ToList();
            foreach (var answer in answers)
            {
                await Should.ThrowAsync<AppendRefusedException>(answer);
            }
        }

        (await ledger.SizeAsync(Ct)).ShouldBe(0);
    }

    [Fact]
    public async Task What_was_there_before_the_process_is_not_taken_for_new()
    {
        var options = await fixture.NewDatabaseAsync();
        await using (var before = await EventLedger.OpenAsync(options, Ct))
        {
            await before.AppendAsync(To("thing/old", 0) with { Idempotency = Key("old") }, Ct);
        }

        await using var ledger = await EventLedger.OpenAsync(options, Ct);
        for (var i = 0; i < 10; i++)
        {
            await ledger.AppendAsync(To($"thing/{i}", 0), Ct);
            (await Should.ThrowAsync<ConcurrencyException>(ledger.AppendAsync(To("thing/old", 0), Ct))).Actual.ShouldBe(1);
            await ledger.AppendAsync(To($"other/{i}", 0), Ct);
            var replay = await ledger.AppendAsync(To("thing/old", 0) with { Idempotency = Key("old") }, Ct);
            replay.Replayed.ShouldBeTrue();
            replay.Events.Single().Position.ShouldBe(0);
        }

        (await ledger.SizeAsync(Ct)).ShouldBe(21);
        (await ledger.RecomputeAsync(Ct)).ShouldBe((await ledger.CheckpointAsync(Ct)).Head);
    }

    [Fact]
    public async Task What_another_process_appended_is_noticed()
    {
        var options = await fixture.NewDatabaseAsync();
        await using var ours = await EventLedger.OpenAsync(options, Ct);
        await using var theirs = await EventLedger.OpenAsync(options, Ct);
        for (var version = 0; version < 20; version += 2)
        {
            await ours.AppendAsync(To("thing/1", version), Ct);
            await ours.AppendAsync(To($"thing/ours-{version}", 0), Ct);
            await theirs.AppendAsync(To("thing/1", version + 1), Ct);

            (await Should.ThrowAsync<ConcurrencyException>(ours.AppendAsync(To("thing/1", version + 1), Ct))).Actual.ShouldBe(version + 2);
        }

        (await ours.RecomputeAsync(Ct)).ShouldBe((await theirs.CheckpointAsync(Ct)).Head);
    }

    [Fact]
    public async Task A_repeated_request_is_answered_like_the_first_time()
    {
        await using var ledger = await fixture.OpenAsync(o => o);
        for (var round = 0; round < 100; round++)
        {
            var request = To($"thing/{round}", 0) with { Idempotency = Key($"k{round}") };
            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ledger.AppendAsync(request, Ct)));
            var later = await ledger.AppendAsync(request, Ct);

            answers.Append(later).ShouldAllBe(a => a.Events.Single().Position == round);
            answers.Count(a => !a.Replayed).ShouldBe(1);
            later.Replayed.ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData(0, 0, "", true)]
    [InlineData(1, 0, "", false)]
    [InlineData(0, 1, "", false)]
    [InlineData(0, 0, "another:1", false)]
    public async Task The_head_moves_only_from_where_it_was_foreseen(long larger, byte changed, string projections, bool isRight)
    {
        var options = await fixture.NewDatabaseAsync();
        await using var ledger = await EventLedger.OpenAsync(options, Ct);
        await ledger.AppendAsync(To("thing/1", 0), Ct);
        var head = (await ledger.CheckpointAsync(Ct)).Head;
        var root = head.Root.ToArray();
        root[7] ^= changed;
        var moving = MoveHeadAsync(options.ConnectionString, new Guid("11111111-2222-3333-4444-555555555555"), 1, head.Size + larger, root, projections);

        if (isRight)
        {
            await moving;
        }
        else
        {
            (await Should.ThrowAsync<PostgresException>(moving)).SqlState.ShouldBe(PostgresErrorCodes.SerializationFailure);
        }
    }

    [Fact]
    public async Task A_batch_that_was_given_up_is_refused_when_it_comes_after_all()
    {
        var options = await fixture.NewDatabaseAsync();
        await using var ledger = await EventLedger.OpenAsync(options, Ct);
        var writer = new Guid("11111111-2222-3333-4444-555555555555");
        await NoteAsync(1);
        await NoteAsync(3);

        (await Should.ThrowAsync<PostgresException>(NoteAsync(2))).SqlState.ShouldBe(PostgresErrorCodes.SerializationFailure);
        (await Should.ThrowAsync<PostgresException>(NoteAsync(3))).SqlState.ShouldBe(PostgresErrorCodes.SerializationFailure);
        await NoteAsync(4);

        Task NoteAsync(long number) => MoveHeadAsync(options.ConnectionString, writer, number, size: 0, root: null, projections: "");
    }

    /// <summary>Moves the head to where it is.</summary>
    private static async Task MoveHeadAsync(string connection, Guid writer, long number, long size, byte[]? root, string projections)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        await using var command = database.CreateCommand("select ledger.move_head($1, $2, $3, size, head.root, range, null, next_stream, $4, $5) from ledger.head");
        command.Parameters.Add(new() { Value = size });
        command.Parameters.Add(new() { Value = (object?)root ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bytea });
        command.Parameters.Add(new() { Value = projections });
        command.Parameters.Add(new() { Value = writer });
        command.Parameters.Add(new() { Value = number });
        await command.ExecuteNonQueryAsync(Ct);
    }

    private sealed class Breakable : InlineProjection
    {
        public override string Name => "breakable";

        public override int Version => 1;

        public override IReadOnlySet<string> Types { get; } = new HashSet<string> { "thing.happened.v1" };

        public override IEnumerable<string> KeysOf(EventToProject e) => [e.Stream];

        public override JsonObject? Apply(string key, JsonObject? row, RecordedEvent e) =>
            new() { ["text"] = (string?)JsonNode.Parse(e.Body.Span)!["do"] == "break" ? "\0" : "fine" };
    }
}
