using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;
using static Seal.Ledger.Tests.Requests;

namespace Seal.Ledger.Tests;

public class ProjectionTests(LedgerFixture fixture)
{
    [Fact]
    public async Task Rows_are_right_at_once_and_equal_a_fresh_fold()
    {
        await using var ledger = await fixture.OpenAsync(o => o with { Projections = [new Things(1)] });
        await Parallel.ForEachAsync(Enumerable.Range(0, 30), new ParallelOptions { MaxDegreeOfParallelism = 30, CancellationToken = Ct }, async (i, ct) =>
        {
            for (var n = 0; n < 6; n++)
            {
                var last = (await ledger.AppendAsync(To($"thing/{i}", n, Thing(i, n)), ct)).Events[^1];
                var row = await ledger.Projections.GetAsync("things", $"thing/{i}", ct);
                if (n == 5)
                {
                    row.ShouldBeNull("the last event deletes the row");
                }
                else
                {
                    (row!.Position, (int)row.Document["count"]!).ShouldBe((last.Position, n + 1));
                }
            }
        });

        // One row that everybody writes.
        var fresh = new Dictionary<string, JsonObject>();
        foreach (var recorded in await ledger.AllAsync())
        {
            foreach (var key in new Things(1).KeysOf(new EventToProject(recorded.Stream, recorded.Type, recorded.Body)))
            {
                if (new Things(1).Apply(key, fresh.GetValueOrDefault(key), recorded) is { } after)
                {
                    fresh[key] = after;
                }
                else
                {
                    fresh.Remove(key);
                }
            }
        }

        var all = await ledger.Projections.QueryAsync(new ProjectionQuery("things") { Order = ProjectionOrder.ByKey, Limit = 1000 }, Ct);
        all.Rows.Select(r => r.Key).ShouldBe(fresh.Keys.Order(StringComparer.Ordinal));
        all.Rows.ShouldAllBe(r => JsonNode.DeepEquals(r.Document, fresh[r.Key]));
        ((int)all.Rows.Single(r => r.Key == "total").Document["count"]!).ShouldBe(180);
    }

    [Fact]
    public async Task Rows_are_found_by_equality_range_and_membership()
    {
        await using var ledger = await WithThingsAsync(25);
        async Task<long[]> Found(params ProjectionFilter[] filters) =>
            [.. (await ledger.Projections.QueryAsync(new ProjectionQuery("things") { Filters = filters, Order = ProjectionOrder.OldestFirst }, Ct)).Rows.Select(r => (long)r.Document["number"]!)];

        (await Found(new ProjectionFilter.Is("colour", "red"))).ShouldBe([0, 3, 6, 9, 12, 15, 18, 21, 24]);
        (await Found(new ProjectionFilter.IsAnyOf("colour", ["red", "blue"]), new ProjectionFilter.Between("number", 20L, null))).ShouldBe([20, 21, 23, 24]);
        (await Found(new ProjectionFilter.Is("number", 7L))).ShouldBe([7]);
        (await Found(new ProjectionFilter.Between("number", 3, 6))).ShouldBe([3, 4, 5]);
        (await Found(new ProjectionFilter.Is("tags", "t3"))).ShouldBe([3, 13, 23]);
        (await Found(new ProjectionFilter.Is("owner.name", "o'1\"; drop table x"))).ShouldBe([1]);
        (await Found(new ProjectionFilter.Between("at", "2026-03-01T00:00:05Z", "2026-03-01T00:00:07Z"))).ShouldBe([5, 6]);
        (await ledger.Projections.CountAsync("things", [new ProjectionFilter.Is("colour", "green")], Ct)).ShouldBe(8);

        await Should.ThrowAsync<ArgumentException>(Found(new ProjectionFilter.Is("secret", "x")));
        await Should.ThrowAsync<ArgumentException>(Found(new ProjectionFilter.Is("number", "x")));
        await Should.ThrowAsync<ArgumentException>(Found(new ProjectionFilter.IsAnyOf("tags", ["x"])));
    }

    [Theory]
    [InlineData(ProjectionOrder.NewestFirst)]
    [InlineData(ProjectionOrder.OldestFirst)]
    [InlineData(ProjectionOrder.ByKey)]
    public async Task Pages_follow_each_other_without_gap_or_repetition(ProjectionOrder order)
    {
        await using var ledger = await WithThingsAsync(23);
        var keys = new List<string>();
        string? after = null;
        do
        {
            var page = await ledger.Projections.QueryAsync(new ProjectionQuery("things") { Order = order, Limit = 4, After = after }, Ct);
            keys.AddRange(page.Rows.Select(r => r.Key));
            after = page.Next;
        }
        while (after is not null);

        keys.Count.ShouldBe(24);
        var whole = await ledger.Projections.QueryAsync(new ProjectionQuery("things") { Order = order }, Ct);
        keys.ShouldBe(whole.Rows.Select(r => r.Key));
        await Should.ThrowAsync<ArgumentException>(ledger.Projections.QueryAsync(new ProjectionQuery("things") { After = "x" }, Ct));
    }

    [Fact]
    public async Task Rows_are_counted_by_day_where_the_user_lives()
    {
        await using var ledger = await fixture.OpenAsync(o => o with { Projections = [new Things(1)] });
        foreach ((var at, var i) in new[] { "2026-03-01T15:59:59Z", "2026-03-01T16:00:00Z", "2026-03-02T00:00:00Z", "2026-03-05T00:00:00Z" }.Select((a, i) => (a, i)))
        {
            await ledger.AppendAsync(To($"thing/{i}", 0, Event(body: $$"""{"number":{{i}},"at":"{{at}}"}""")), Ct);
        }

        (await ledger.Projections.CountByDayAsync("things", "at", TimeSpan.FromHours(8), [], Ct))
            .ShouldBe([new(new DateOnly(2026, 3, 1), 1), new(new DateOnly(2026, 3, 2), 2), new(new DateOnly(2026, 3, 5), 1)]);
    }

    [Fact]
    public async Task A_changed_projection_is_rebuilt_and_a_process_with_the_old_one_may_only_read()
    {
        var options = await fixture.NewDatabaseAsync();
        await using var old = await EventLedger.OpenAsync(options with { Projections = [new Things(1)] }, Ct);
        for (var i = 0; i < 10; i++)
        {
            await old.AppendAsync(To($"thing/{i}", 0, Thing(i, 0)), Ct);
        }

        await using var changed = await EventLedger.OpenAsync(options with { Projections = [new Things(2)] }, Ct);
        (await changed.Projections.GetAsync("things", "thing/3", Ct))!.Document["version"]!.GetValue<int>().ShouldBe(2);
        await changed.AppendAsync(To("thing/x", 0, Thing(99, 0)), Ct);
        (await changed.Projections.CountAsync("things", [], Ct)).ShouldBe(12);
        await Should.ThrowAsync<LedgerConfigurationException>(old.AppendAsync(To("thing/y", 0), Ct));
        (await old.SizeAsync(Ct)).ShouldBe(11);

        await using var without = await EventLedger.OpenAsync(options, Ct);
        (await without.SizeAsync(Ct)).ShouldBe(11);
        await Should.ThrowAsync<LedgerConfigurationException>(without.AppendAsync(To("thing/y", 0), Ct));
        await changed.AppendAsync(To("thing/y", 0), Ct);
    }

    [Fact]
    public async Task A_rebuild_loses_nothing_that_is_appended_meanwhile_by_another_process()
    {
        var options = await fixture.NewDatabaseAsync();
        await using var first = await EventLedger.OpenAsync(options with { Projections = [new Things(1)] }, Ct);
        for (var i = 0; i < 5; i++)
        {
            await first.AppendAsync(To($"many/{i}", 0, [.. Enumerable.Range(0, 900).Select(n => Thing(n, 0))]), Ct);
        }

        var appended = 4500;
        var appending = Task.Run(
            async () =>
            {
                try
                {
                    for (var i = 0; ; i++, Interlocked.Increment(ref appended))
                    {
                        await first.AppendAsync(To($"thing/{i}", 0, Thing(i, 0)), Ct);
                    }
                }
                catch (LedgerConfigurationException)
                {
                    // The new version has taken over.
                }
            },
            Ct);
        await using var second = await EventLedger.OpenAsync(options with { Projections = [new Things(2)] }, Ct);
        await appending;
        ((int)(await second.Projections.GetAsync("things", "total", Ct))!.Document["count"]!).ShouldBe(appended);
    }

    [Fact]
    public async Task A_rebuild_of_more_rows_than_are_held_in_memory_makes_the_same_rows()
    {
        const int Rows = 3000;
        var options = await fixture.NewDatabaseAsync();
        await using (var plain = await EventLedger.OpenAsync(options, Ct))
        {
            // Three times over all rows; some are removed at the last, and some of those come back.
            var events = Enumerable.Range(0, 3 * Rows).Select(i => Row(i % Rows, isRemoved: i >= 2 * Rows && i % 5 == 0))
                .Concat(Enumerable.Range(0, Rows).Where(row => row % 10 == 0).Select(row => Row(row, isRemoved: false))).ToArray();
            foreach (var (chunk, i) in events.Chunk(500).Select((chunk, i) => (chunk, i)))
            {
                await plain.AppendAsync(To($"rows/{i}", 0, chunk), Ct);
            }
        }

        await using var ledger = await EventLedger.OpenAsync(options with { Projections = [new WideRows()] }, Ct);

        var counts = new Dictionary<string, int>();
        var query = new ProjectionQuery("wide") { Order = ProjectionOrder.ByKey, Limit = 1000 };
        for (ProjectionPage? page = null; page is null or { Next: not null };)
        {
            page = await ledger.Projections.QueryAsync(query with { After = page?.Next }, Ct);
            page.Rows.ToList().ForEach(row => counts.Add(row.Key, (int)row.Document["count"]!));
        }

        counts.ShouldBe(
            Enumerable.Range(0, Rows).Where(row => row % 5 != 0 || row % 10 == 0).ToDictionary(row => $"{row:D5}", row => row % 10 == 0 ? 1 : 3), ignoreOrder: true);

        static EventData Row(int row, bool isRemoved) => Event(isRemoved ? "thing.removed.v1" : "thing.happened.v1", $$"""{"row":{{row}}}""");
    }

    [Fact]
    public async Task A_projection_that_is_gone_takes_its_table_with_it()
    {
        var options = await fixture.NewDatabaseAsync();
        await (await EventLedger.OpenAsync(options with { Projections = [new Things(1), new Things(1, "others")] }, Ct)).DisposeAsync();
        await (await EventLedger.OpenAsync(options with { Projections = [new Things(1)] }, Ct)).DisposeAsync();
        await using var database = NpgsqlDataSource.Create(options.ConnectionString);
        await using var command = database.CreateCommand("select string_agg(tablename, ',') from pg_tables where schemaname = 'projections'");
        (await command.ExecuteScalarAsync(Ct)).ShouldBe("things");
    }

    private static EventData Thing(int number, int n) => Event(n == 5 ? "thing.removed.v1" : "thing.happened.v1", $$"""
        {"number":{{number}},"colour":"{{(number % 3) switch { 0 => "red", 1 => "green", _ => "blue" }}}","tags":["t{{number % 10}}","all"],
         "owner":{"name":"o'{{number}}\"; drop table x"},"at":"2026-03-01T00:00:{{(number % 60).ToString("D2", CultureInfo.InvariantCulture)}}Z"}
        """);

    private async Task<EventLedger> WithThingsAsync(int count)
    {
        var ledger = await fixture.OpenAsync(o => o with { Projections = [new Things(1)] });
        for (var i = 0; i < count; i++)
        {
            await ledger.AppendAsync(To($"thing/{i}", 0, Thing(i, 0)), Ct);
        }

        return ledger;
    }

    /// <summary>A row per stream with the last body, and one row "total" that every event touches.</summary>
    private sealed class Things(int version, string name = "things") : InlineProjection
    {
        public override string Name => name;

        public override int Version => version;

        public override IReadOnlySet<string> Types { get; } = new HashSet<string> { "thing.happened.v1", "thing.removed.v1" };

        public override IReadOnlyList<ProjectionIndex> Indexes =>
        [
            new(new ProjectionField("colour"), new ProjectionField("number", FieldKind.Number)), new(new ProjectionField("tags", FieldKind.Texts)),
            new(new ProjectionField("owner.name")), new(new ProjectionField("at")),
        ];

        public override IEnumerable<string> KeysOf(EventToProject e) => [e.Stream, "total"];

        public override JsonObject? Apply(string key, JsonObject? row, RecordedEvent e)
        {
            var count = (int?)row?["count"] ?? 0;
            if (key == "total")
            {
                return new JsonObject { ["count"] = count + 1 };
            }

            if (e.Type == "thing.removed.v1")
            {
                return null;
            }

            var after = JsonNode.Parse(e.Body.Span)!.AsObject();
            after["count"] = count + 1;
            after["version"] = version;
            return after;
        }
    }

    /// <summary>A row for each number in a body, which counts its events and takes much room.</summary>
    private sealed class WideRows : InlineProjection
    {
        public override string Name => "wide";

        public override int Version => 1;

        public override IReadOnlySet<string> Types { get; } = new HashSet<string> { "thing.happened.v1", "thing.removed.v1" };

        public override IEnumerable<string> KeysOf(EventToProject e) => [$"{(int)JsonNode.Parse(e.Body.Span)!["row"]!:D5}"];

        public override JsonObject? Apply(string key, JsonObject? row, RecordedEvent e) => e.Type == "thing.removed.v1"
            ? null
            : new JsonObject { ["count"] = ((int?)row?["count"] ?? 0) + 1, ["wide"] = new string('w', 4000) };
    }
}
