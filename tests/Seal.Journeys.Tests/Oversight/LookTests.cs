using System.Text.Json.Nodes;
using Seal.Testing;

namespace Seal.Journeys.Tests.Oversight;

[Collection(OneService.Name)]
public sealed class LookTests(SharedService shared)
{
    private const string Made = "inquiry.made.v1";

    [Theory]
    [InlineData("/api/usage?organisation={organisation}&outcome=sealed", "usage")]
    [InlineData("/api/usage/days?organisation={organisation}", "usage-days")]
    [InlineData("/api/seals?organisation={organisation}", "seals")]
    [InlineData("/api/seals/{seal}", "seal")]
    [InlineData("/api/seals/{seal}/history", "seal-history")]
    [InlineData("/api/seals/{seal}/difference?from=1", "seal-history")]
    [InlineData("/api/organisations/{organisation}/history", "organisation-history")]
    [InlineData("/api/organisations/{organisation}/difference?from=0", "organisation-history")]
    public async Task A_look_by_office_is_recorded_and_one_at_ones_own_is_not(string path, string what)
    {
        var company = await Company.RegisterAsync(shared.Client);
        var seal = await company.IssueSealAsync("contract");
        var address = path.Replace("{organisation}", company.Uscc, StringComparison.Ordinal).Replace("{seal}", seal, StringComparison.Ordinal);

        foreach (var account in new[] { "regulator", "auditor" })
        {
            (await shared.RecordedWhileAsync(() => shared.SeeAsync(account, address))).ShouldBe([Made]);
            var (by, inquiry) = await NewestAsync();
            by.ShouldBe(await shared.Client.PersonAsync(account));
            inquiry["what"]!.GetValue<string>().ShouldBe(what);
            (inquiry["organisation"] ?? inquiry["seal"])!.GetValue<string>().ShouldBe(inquiry["seal"] is null ? company.Uscc : seal);
            inquiry["outcome"]?.GetValue<string>().ShouldBe("sealed");
        }

        (await shared.RecordedWhileAsync(() => shared.SeeAsync(Company.Representative, address))).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_regulator_types_is_not_written_down_unless_it_is_known_here()
    {
        await shared.SeeAsync("regulator", "/api/usage?person=13800000000&seal=%E5%BC%A0%E4%B8%89");
        (await NewestAsync()).Inquiry.ToJsonString().ShouldBe("""{"person":"unknown","seal":"unknown","what":"usage"}""");
    }

    [Fact]
    public async Task A_look_that_is_refused_leaves_nothing_behind()
    {
        await shared.RefusedWithoutTraceAsync(() => shared.Client.GetAsync("regulator", "/api/usage?limit=0"), 400, "invalid-parameter", "limit");
        await shared.RefusedWithoutTraceAsync(() => shared.Client.GetAsync("regulator", "/api/seals?limit=0"), 400, "invalid-parameter", "limit");
        await shared.RefusedWithoutTraceAsync(() => shared.Client.GetAsync("regulator", "/api/seals/nothing/history"), 404, "nothing-here");
        await shared.RefusedWithoutTraceAsync(() => shared.Client.GetAsync("wang-fang", "/api/usage"), 403, "not-permitted");
    }

    private async Task<(string By, JsonObject Inquiry)> NewestAsync()
    {
        // What the service does by itself may have come behind it.
        var recorded = await shared.Ledger.ReadAllAsync(0, [Made], TestContext.Current.CancellationToken).LastAsync(TestContext.Current.CancellationToken);
        var body = JsonNode.Parse(recorded.Body.Span)!;
        return (body["by"]!.GetValue<string>(), body["inquiry"]!.AsObject());
    }
}
