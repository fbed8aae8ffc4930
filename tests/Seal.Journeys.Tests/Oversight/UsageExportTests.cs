using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Seal.Domain.Deciding;
using Seal.Domain.Organisations;
using Seal.Domain.Persons;
using Seal.Domain.Seals;
using Seal.Domain.Signings;
using Seal.Ledger;
using Seal.Service.Usage;
using Seal.Testing;

namespace Seal.Journeys.Tests.Oversight;

[Collection(OneService.Name)]
public sealed class UsageExportTests(SharedService shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_log_longer_than_any_page_comes_whole_and_each_use_once()
    {
        var uscc = CreditCodes.Next();
        var ids = await UseAsync(uscc, 2_300, at => at % 7 == 0 ? [Requested(uscc)] : [Requested(uscc), new SigningDeclined("seal-frozen", DeclineStage.Decision)]);

        var lines = (await ExportAsync($"organisation={uscc}", UsageExport.JsonLines)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Select(line => JsonNode.Parse(line)!["id"]!.GetValue<string>()).Order(StringComparer.Ordinal).ShouldBe(ids);

        var rows = (await ExportAsync($"organisation={uscc}", UsageExport.Csv)).Split("\r\n");
        rows[0].ShouldStartWith("id,requestedAt,organisation,region,seal,person,outcome,code");
        rows[1..^1].Select(row => row.Split(',')[0]).Order(StringComparer.Ordinal).ShouldBe(ids);
        rows[^1].ShouldBeEmpty();
        (await ExportAsync($"organisation={uscc}&outcome=declined", UsageExport.Csv)).Split("\r\n").Length.ShouldBe(ids.Count(id => int.Parse(id[^5..], null) % 7 != 0) + 2);
    }

    [Fact]
    public async Task A_use_that_ends_while_the_log_is_read_is_in_it_once()
    {
        var uscc = CreditCodes.Next();
        var ids = await UseAsync(uscc, 1_500, at => [Requested(uscc)]);
        using var answer = await AskAsync($"organisation={uscc}", UsageExport.JsonLines);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancellation));
        List<string> read = [JsonNode.Parse((await reader.ReadLineAsync(Cancellation))!)!["id"]!.GetValue<string>()];
        var last = ids.First(id => id != read[0]);
        await shared.Ledger.AppendAsync(Append(last, 1, [new SigningFailed("interrupted")]), Cancellation);
        await shared.Ledger.AppendAsync(Append(read[0], 1, [new SigningFailed("interrupted")]), Cancellation);
        while (await reader.ReadLineAsync(Cancellation) is { } line)
        {
            read.Add(JsonNode.Parse(line)!["id"]!.GetValue<string>());
        }

        read.Order(StringComparer.Ordinal).ShouldBe(ids);
    }

    [Fact]
    public async Task Uses_are_counted_by_the_days_of_the_place_asked_for()
    {
        var uscc = CreditCodes.Next();
        await UseAsync(uscc, 12, at => [Requested(uscc)]);

        var utc = await shared.SeeAsync("regulator", $"/api/usage/days?organisation={uscc}");
        utc["offset"]!.GetValue<int>().ShouldBe(0);
        utc["days"]!.AsArray().Sum(day => day!["uses"]!.GetValue<long>()).ShouldBe(12);
        var there = await shared.SeeAsync("regulator", $"/api/usage/days?organisation={uscc}&offset=480");
        var today = DateOnly.FromDateTime(shared.Service.Clock.GetUtcNow().AddHours(8).DateTime);
        there["days"]!.AsArray().Select(day => DateOnly.Parse(day!["day"]!.GetValue<string>(), null)).ShouldAllBe(day => day >= today.AddDays(-1) && day <= today);
        (await shared.SeeAsync("regulator", $"/api/usage/days?organisation={uscc}&outcome=sealed"))["days"]!.AsArray().ShouldBeEmpty();
        (await shared.Client.GetAsync("regulator", "/api/usage/days?offset=900")).ShouldBeRefused(400, "invalid-parameter", "offset");
    }

    [Fact]
    public async Task Uses_of_a_whole_division_are_counted_up_to_a_position_that_the_answer_names()
    {
        var uscc = CreditCodes.Next();
        var region = string.Concat(uscc[11..17].Select(character => (char)('0' + (character % 10))));
        var ids = await UseAsync(uscc, 30, at => at % 3 == 0 ? [Requested(uscc) with { Region = region }, new SigningDeclined("seal-frozen", DeclineStage.Decision)] : [Requested(uscc) with { Region = region }]);
        await shared.Ledger.AppendAsync(Append(ids[1], 1, [new SigningFailed("interrupted")]), Cancellation);
        var last = await shared.Ledger.SizeAsync(Cancellation) - 1;

        async Task<long> CountAsync(string query)
        {
            var answer = await shared.SeeAsync("regulator", $"/api/usage/days?after={last}&{query}");
            answer["before"]!.GetValue<long>().ShouldBeGreaterThan(last);
            return answer["days"]!.AsArray().Sum(day => day!["uses"]!.GetValue<long>());
        }

        // Added up beforehand, and counted one by one: the same.
        foreach (var way in new[] { $"region={region}", $"region={region}&offset=480&from=2020-01-01T00:00:00Z", $"region={region}&offset=7", $"organisation={uscc}" })
        {
            (await CountAsync(way)).ShouldBe(30, way);
            (await CountAsync($"{way}&outcome=declined")).ShouldBe(10, way);
            (await CountAsync($"{way}&outcome=failed")).ShouldBe(1, way);
            (await CountAsync($"{way}&outcome=requested")).ShouldBe(19, way);
            (await CountAsync($"{way}&outcome=sealed")).ShouldBe(0, way);
        }

        var metrics = await shared.Client.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), Cancellation);
        metrics.ShouldContain("seal_reader_lag_events{reader=\"usage_counts\",build=\"serving\"}");
        metrics.ShouldContain("seal_reader_stopped{reader=\"entitle-organisations\",build=\"serving\"} 0");
        (await shared.Client.GetAsync(null, "/health/ready")).Required().Body["standsStill"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_whole_log_knows_no_pages()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/usage?limit=5") { Headers = { Accept = { new(UsageExport.Csv) } } };
        (await shared.Client.SendAsync("regulator", request)).ShouldBeRefused(400, "invalid-parameter", "limit");
    }

    [Fact]
    public async Task The_whole_log_is_no_more_open_than_its_pages()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/usage") { Headers = { Accept = { new(UsageExport.Csv) } } };
        (await shared.Client.SendAsync("wang-fang", request)).ShouldBeRefused(403, "not-permitted");
        (await shared.Client.GetAsync("wang-fang", "/api/usage/days")).ShouldBeRefused(403, "not-permitted");
    }

    private static SigningRequested Requested(string uscc) => new(
        new SealId("k1-1"), new OrganisationId(uscc), "440300", new PersonId("p1"), new DocumentId("d1"), new string('d', 64), 1, 100, 100, DateTimeOffset.UnixEpoch);

    /// <summary>Uses as the ledger has them, many at once.</summary>
    private async Task<IReadOnlyList<string>> UseAsync(string uscc, int count, Func<int, IEvent[]> events)
    {
        var ids = Enumerable.Range(0, count).Select(at => $"{uscc.ToLowerInvariant()}-{at:D5}").ToList();
        await Task.WhenAll(ids.Select((id, at) => shared.Ledger.AppendAsync(Append(id, 0, events(at)), Cancellation)));
        return ids;
    }

    private static AppendRequest Append(string id, long version, IEvent[] events) => new(
        [new StreamWrite($"signing/{id}", version, [.. events.Select(one => new EventData(EventCatalog.WireNameOf(one), EventCatalog.Serialize(one)))])],
        """{"actor":"p1","channel":"Online","command":"SealDocument"}"""u8.ToArray());

    private async Task<string> ExportAsync(string query, string mediaType)
    {
        using var answer = await AskAsync(query, mediaType);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(mediaType);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }

    private async Task<HttpResponseMessage> AskAsync(string query, string mediaType)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/usage?{query}") { Headers = { Accept = { new MediaTypeWithQualityHeaderValue(mediaType) } } };
        using var signIn = await shared.Client.Http.PostAsJsonAsync("/api/sign-in", new { account = "regulator", password = "demo" }, Cancellation);
        var token = (await signIn.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["accessToken"]!.GetValue<string>();
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return (await shared.Client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation)).EnsureSuccessStatusCode();
    }
}
