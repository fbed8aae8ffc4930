using System.Text;
using Seal.Testing;

namespace Seal.Journeys.Tests.BadInput;

/// <summary>Questions to the log and to the past that cannot be meant: each is told which part of it is wrong.</summary>
[Collection(OneService.Name)]
public sealed class BadQueryTests(SharedService shared)
{
    private const string Auditor = "auditor";

    private static readonly string[] NoNumbers = ["", "x", "-1", "%2B1", "1.0", "1e3", "0x1", "%201", "%EF%BC%91", "9223372036854775808", "99999999999999999999999"];

    private static readonly string[] NoTimes =
    [
        "", "yesterday", "2026-01-01", "2026-01-01T00:00:00", "2026-01-01T00:00:00.5", "2026-01-01%2000:00:00Z", "0000-01-01T00:00:00Z", "2026-13-01T00:00:00Z",
        "2026-02-30T00:00:00Z", "2026-01-01T25:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:00%2B25:00", "1e99", "99999999999999999999", "-1",
        "%2B12026-01-01T00:00:00Z", "12026-01-01T00:00:00Z", "%EF%BC%92026-01-01T00:00:00Z", "2026-01-01T00:00:00Zulu", "9999-12-31T23:59:59-14:00",
    ];

    private ApiClient Client => shared.Client;

    [Theory]
    [InlineData("", "from")]
    [InlineData("from=0", "from")]
    [InlineData("from=2&to=1", "from")]
    [InlineData("from=99999999", "from")]
    [InlineData("from=1&to=0", "to")]
    [InlineData("from=1&to=99999999", "to")]
    [InlineData("from=1&to=9223372036854775807", "to")]
    [InlineData("from=1&from=2", "from")]
    [InlineData("from=1&size=2", "size")]
    public Task A_consistency_proof_between_sizes_that_are_none_is_refused(string query, string field) => RefusedAsync($"/ledger/consistency?{query}", "invalid-parameter", field);

    [Theory]
    [InlineData("0?size=0")]
    [InlineData("0?size=99999999")]
    [InlineData("0?size=9223372036854775807")]
    [InlineData("5?size=5")]
    [InlineData("5?size=1")]
    public Task An_inclusion_proof_in_a_size_that_lacks_the_event_or_is_beyond_the_log_is_refused(string query) => RefusedAsync($"/ledger/events/{query}", "invalid-parameter", "size");

    [Theory]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData("1.0")]
    [InlineData("0x1")]
    [InlineData("1e3")]
    [InlineData("99999999")]
    [InlineData("99999999?size=1")]
    [InlineData("9223372036854775807")]
    [InlineData("9223372036854775808")]
    [InlineData("%2e%2e/%2e%2e")]
    public async Task There_is_no_event_at_a_position_that_is_none_or_beyond_the_log(string position) =>
        (await AskAsync($"/ledger/events/{position}")).ShouldBeRefused(404, "nothing-here");

    [Fact]
    public async Task What_is_no_number_is_refused_wherever_a_number_belongs()
    {
        var seal = await ClaimedAsync();
        foreach (var (address, field) in new[]
        {
            ("/ledger/consistency?from=", "from"), ("/ledger/consistency?from=1&to=", "to"), ("/ledger/events/0?size=", "size"),
            ($"/api/seals/{seal}?version=", "version"), ($"/api/seals/{seal}/history?version=", "version"), ("/api/organisations/x?version=", "version"),
            ("/api/seals?limit=", "limit"), ("/api/applications?limit=", "limit"), ("/api/holdings?limit=", "limit"), ("/api/usage?limit=", "limit"),
            ("/api/usage/days?after=", "after"),
        })
        {
            foreach (var number in NoNumbers)
            {
                await RefusedAsync(address + number, "invalid-parameter", field);
            }
        }
    }

    [Fact]
    public async Task What_is_no_time_is_refused_wherever_a_time_belongs()
    {
        var seal = await ClaimedAsync();
        foreach (var (address, field) in new[]
        {
            ($"/api/seals/{seal}?at=", "at"), ($"/api/seals/{seal}/history?at=", "at"), ($"/api/seals/{seal}/difference?from=", "from"), ($"/api/seals/{seal}/difference?from=1&to=", "to"),
            ("/api/organisations/x?at=", "at"), ("/api/organisations/x/history?at=", "at"), ("/api/organisations/x/difference?from=", "from"),
            ("/api/usage?from=", "from"), ("/api/usage?until=", "until"), ("/api/usage/days?from=", "from"), ("/api/usage/days?until=", "until"),
        })
        {
            foreach (var time in NoTimes)
            {
                await RefusedAsync(address + time, "invalid-parameter", field);
            }
        }
    }

    [Theory]
    [InlineData("?version=0", "version")]
    [InlineData("?version=99", "version")]
    [InlineData("?version=9223372036854775807", "version")]
    [InlineData("/history?version=99", "version")]
    [InlineData("/history?version=1&at=2026-01-01T00:00:00Z", "at")]
    [InlineData("/difference", "from")]
    [InlineData("/difference?from=2&to=1", "from")]
    [InlineData("/difference?from=99", "from")]
    [InlineData("/difference?from=1&to=99", "to")]
    [InlineData("/difference?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "from")]
    public async Task A_past_that_a_seal_does_not_have_is_refused(string query, string field) =>
        await RefusedAsync($"/api/seals/{await ClaimedAsync()}{query}", "invalid-parameter", field);

    [Theory]
    [InlineData("/api/seals?limit=0", "limit")]
    [InlineData("/api/seals?limit=201", "limit")]
    [InlineData("/api/usage?limit=1000000000", "limit")]
    [InlineData("/api/usage?from=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z", "from")]
    [InlineData("/api/usage/days?offset=841", "offset")]
    [InlineData("/api/usage/days?offset=-721", "offset")]
    [InlineData("/api/usage/days?after=99999999", "after")]
    [InlineData("/api/usage/days?after=9223372036854775807", "after")]
    public Task A_range_that_is_none_is_refused(string address, string field) => RefusedAsync(address, "invalid-parameter", field);

    [Fact]
    public async Task Before_the_first_event_there_is_nothing_and_the_ends_of_time_are_times()
    {
        var seal = await ClaimedAsync();
        foreach (var time in new[] { "0001-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "2020-01-01T00:00:00.123Z" })
        {
            (await AskAsync($"/api/seals/{seal}?at={time}")).ShouldBeRefused(404, "nothing-here");
            (await AskAsync($"/api/seals/{seal}/history?at={time}")).ShouldBeRefused(404, "nothing-here");
            (await AskAsync($"/api/seals/{seal}/difference?from=0&to={time}")).ShouldBeRefused(404, "nothing-here");
        }

        (await AskAsync($"/api/seals/{seal}?at=9999-12-31T23:59:59.9999999Z")).Required();
        foreach (var address in new[] { "/api/usage", "/api/usage/days" })
        {
            (await AskAsync($"{address}?from=0001-01-01T00:00:00Z&until=9999-12-31T23:59:59Z")).Required();
            (await AskAsync($"{address}?from=0001-01-01T00:00:00Z&until=9999-12-31T23:45:00Z")).Required();
        }
    }

    [Fact]
    public async Task A_cursor_is_good_for_the_list_and_the_filters_it_came_from_and_for_nothing_else()
    {
        var company = await Company.RegisterAsync(Client);
        await company.ClaimSealAsync("contract");
        await company.ClaimSealAsync("invoice");
        var seals = $"/api/seals?organisation={company.Uscc}&status=active&limit=1";
        var given = (await AskAsync(seals)).Required().Body["next"]!.GetValue<string>();
        (await AskAsync($"{seals}&cursor={given}")).Required().Body["items"]!.AsArray().Count.ShouldBe(1);

        string[] forged =
        [
            "", "garbage", "....", "%3D%3D%3D%3D", "%00", "AAAA", given[1..], given[..^1], given[..16], given + "A", given + "AAAA", given + "%3D", Changed(given, 20),
            Changed(given, 0), Convert.ToBase64String(Encoding.UTF8.GetBytes("1.a")).TrimEnd('='), Convert.ToBase64String(Encoding.UTF8.GetBytes("9223372036854775807.a")).TrimEnd('='),
        ];
        foreach (var cursor in forged)
        {
            foreach (var list in new[] { seals, "/api/seals?limit=1", "/api/applications?limit=1", "/api/holdings?limit=1", "/api/usage?limit=1" })
            {
                await RefusedAsync($"{list}&cursor={cursor}", "invalid-parameter", "cursor");
            }
        }

        foreach (var list in new[]
        {
            "/api/seals?limit=1", $"/api/seals?organisation={company.Uscc}&limit=1", $"/api/seals?organisation={company.Uscc}&status=frozen&limit=1", "/api/seals?status=active&limit=1",
            "/api/applications?limit=1", $"/api/applications?organisation={company.Uscc}&status=active&limit=1", "/api/holdings?limit=1", "/api/usage?limit=1",
        })
        {
            await RefusedAsync($"{list}&cursor={given}", "invalid-parameter", "cursor");
        }
    }

    private static string Changed(string cursor, int at) => cursor[..at] + (cursor[at] == 'A' ? 'B' : 'A') + cursor[(at + 1)..];

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0/")]
    [InlineData("0/0")]
    [InlineData("0/00")]
    [InlineData("0/0000")]
    [InlineData("0/-01")]
    [InlineData("0/x00")]
    [InlineData("0/x001")]
    [InlineData("0/001/002")]
    [InlineData("0/X001/002")]
    [InlineData("0/x000/001")]
    [InlineData("0/x01/002")]
    [InlineData("0/x001/x002")]
    [InlineData("0/x999/x999/x999/x999/x999/x999/999")]
    [InlineData("0/x999/x999/x999/x999/x999/x999/x999/x999/x999/x999/999")]
    [InlineData("0/%EF%BC%9000")]
    [InlineData("0/000/")]
    [InlineData("0//000")]
    [InlineData("/0/000")]
    [InlineData("0/000.p")]
    [InlineData("0/000.p/")]
    [InlineData("0/000.p/0")]
    [InlineData("0/000.p/01")]
    [InlineData("0/000.p/-1")]
    [InlineData("0/000.p/1x")]
    [InlineData("0/000.p/256")]
    [InlineData("0/000.p/999999999999")]
    [InlineData("0/000.p/1/2")]
    [InlineData("0/000.P/1")]
    [InlineData("0/x001.p/5/000")]
    [InlineData("0/%2e%2e/000")]
    [InlineData("0/000%2Ep%2F1")]
    [InlineData("0%2F000.p%2F1")]
    [InlineData("0/%252e%252e/000")]
    [InlineData("0/%ff")]
    public async Task What_is_no_tile_is_refused(string path)
    {
        await RefusedAsync($"/ledger/tile/{path}", "invalid-tile", null);
        if (!path.StartsWith('/') && path.Contains('/', StringComparison.Ordinal) && path != "0/%2e%2e/000")
        {
            await RefusedAsync($"/ledger/tile/entries{path[1..]}", "invalid-tile", null);
        }
    }

    [Theory]
    [InlineData("64/000")]
    [InlineData("256/000")]
    [InlineData("-1/000")]
    [InlineData("00/000")]
    [InlineData("x/000")]
    [InlineData("%EF%BC%90/000")]
    public Task What_is_no_level_is_refused(string path) => RefusedAsync($"/ledger/tile/{path}", "invalid-tile", null);

    [Theory]
    [InlineData("/ledger/tile/entries/000.p/1")]
    [InlineData("/ledger/tile/ENTRIES/000.p/1")]
    [InlineData("/ledger/tile/%65ntries/000.p/1")]
    [InlineData("/ledger/tile/entries%2F000.p/1")]
    [InlineData("/ledger/tile//entries/000.p/1")]
    [InlineData("/ledger/tile/0/../entries/000.p/1")]
    [InlineData("/ledger/tile/0/%2e%2e/entries/000.p/1")]
    [InlineData("/ledger/tile/./entries/000.p/1")]
    public async Task No_spelling_of_an_entry_bundle_opens_it_for_whoever_is_not_an_auditor(string address)
    {
        foreach (var account in new[] { null, Company.Representative })
        {
            var answer = await AskAsync(address, account);
            answer.IsDone.ShouldBeFalse(answer.Body.ToJsonString());
            answer.ShouldBeRefused((int)answer.Status, answer.Code);
        }
    }

    [Theory]
    [InlineData("/ledger/tile/0/x100/000")]
    [InlineData("/ledger/tile/0/x100/000.p/255")]
    [InlineData("/ledger/tile/63/000")]
    [InlineData("/ledger/tile/entries/x100/000.p/1")]
    [InlineData("/ledger/nothing")]
    [InlineData("/ledger/checkpoint/1")]
    public async Task What_is_beyond_the_log_is_not_there(string address) => (await AskAsync(address)).ShouldBeRefused(404, "nothing-here");

    private async Task<string> ClaimedAsync() => await (await Company.RegisterAsync(Client)).ClaimSealAsync("contract");

    private async Task RefusedAsync(string address, string code, string? field)
    {
        try
        {
            (await AskAsync(address)).ShouldBeRefused(400, code, field);
        }
        catch (ShouldAssertException failed)
        {
            throw new ShouldAssertException($"{address}: {failed.Message}", failed);
        }
    }

    /// <summary>Asks with the address as it is written: the framework's own would tidy it up.</summary>
    private async Task<Answer> AskAsync(string address, string? account = Auditor)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, new Uri(shared.Service.Url + address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        return await Client.SendAsync(account, request);
    }
}
