using System.Globalization;
using System.Text.Json.Nodes;
using Seal.Testing;

namespace Seal.Journeys.Tests.Oversight;

[Collection(OneService.Name)]
public sealed class DifferenceTests(SharedService shared)
{
    [Fact]
    public async Task A_seal_tells_what_changed_in_it_and_by_which_events()
    {
        var company = await Company.RegisterAsync(shared.Client);
        var seal = await company.IssueSealAsync("contract");
        var history = (await shared.SeeAsync("regulator", $"/api/seals/{seal}/history"))["items"]!.AsArray();
        var made = history.Single(entry => entry!["type"]!.GetValue<string>() == "seal.made.v1")!;
        var version = made["version"]!.GetValue<long>();

        var difference = await DifferenceAsync(seal, $"from={version - 1}&to={version}");
        difference["from"]!.GetValue<long>().ShouldBe(version - 1);
        difference["to"]!.GetValue<long>().ShouldBe(version);
        var changes = difference["changes"]!.AsArray().ToDictionary(change => change!["field"]!.GetValue<string>(), change => change!.AsObject());
        changes.Keys.ShouldBe(["code", "heightMm", "impressionDigest", "status", "validFrom", "validUntil", "widthMm"]);
        changes["status"]["before"]!.GetValue<string>().ShouldBe("approved");
        changes["status"]["after"]!.GetValue<string>().ShouldBe("made");
        var cause = changes["code"]["by"]!.AsArray().ShouldHaveSingleItem()!;
        cause["type"]!.GetValue<string>().ShouldBe("seal.made.v1");
        cause["position"]!.GetValue<long>().ShouldBe(made["position"]!.GetValue<long>());

        var whole = await DifferenceAsync(seal, "from=0");
        whole["to"]!.GetValue<long>().ShouldBe(history.Count);
        whole["changes"]!.AsArray().Single(change => change!["field"]!.GetValue<string>() == "status")!["by"]!.AsArray().Count.ShouldBe(history.Count);

        var at = DateTimeOffset.Parse(made["recordedAt"]!.GetValue<string>(), CultureInfo.InvariantCulture);
        (await DifferenceAsync(seal, $"from={Text(at.AddMicroseconds(-1))}&to={Text(at)}"))["changes"]!.ToJsonString().ShouldBe(difference["changes"]!.ToJsonString());
    }

    [Fact]
    public async Task What_was_changed_and_changed_back_is_no_difference()
    {
        var company = await Company.RegisterAsync(shared.Client);
        var seal = await company.ClaimSealAsync("contract");
        var before = (await shared.Client.GetAsync(Company.Representative, $"/api/seals/{seal}")).Version;
        (await shared.Client.GiveAsync(Company.Representative, "FreezeSeal", seal, new JsonObject { ["reason"] = "lost" })).Required();
        (await DifferenceAsync(seal, $"from={before}"))["changes"]!.AsArray().ShouldHaveSingleItem()!["after"]!.GetValue<string>().ShouldBe("frozen");
        (await shared.Client.GiveAsync(Company.Representative, "LiftFreeze", seal, new JsonObject { ["reason"] = "found" })).Required();
        (await DifferenceAsync(seal, $"from={before}"))["changes"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_organisation_tells_its_story_and_its_differences()
    {
        var company = await Company.RegisterAsync(shared.Client);
        var history = await shared.SeeAsync("auditor", $"/api/organisations/{company.Uscc}/history");
        history["items"]!.AsArray()[0]!["type"]!.GetValue<string>().ShouldBe("organisation.registered.v1");
        var difference = await shared.SeeAsync("auditor", $"/api/organisations/{company.Uscc}/difference?from=0");
        difference["changes"]!.AsArray().Single(change => change!["field"]!.GetValue<string>() == "region")!["after"]!.GetValue<string>().ShouldBe("440300");
    }

    [Theory]
    [InlineData("", "from")]
    [InlineData("from=2&to=1", "from")]
    [InlineData("from=999", "from")]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=1&to=-1", "to")]
    [InlineData("from=2026-03-05T00:00:00Z&to=2026-03-04T00:00:00Z", "from")]
    public async Task Ends_that_make_no_sense_are_refused(string query, string field)
    {
        var company = await Company.RegisterAsync(shared.Client);
        (await shared.Client.GetAsync("regulator", $"/api/organisations/{company.Uscc}/difference?{query}")).ShouldBeRefused(400, "invalid-parameter", field);
    }

    [Fact]
    public async Task A_difference_is_not_for_everybody()
    {
        var company = await Company.RegisterAsync(shared.Client);
        var seal = await company.IssueSealAsync("contract");
        (await shared.Client.GetAsync("wang-fang", $"/api/seals/{seal}/difference?from=0")).ShouldBeRefused(403, "not-permitted");
        (await shared.Client.GetAsync("wang-fang", $"/api/organisations/{company.Uscc}/history")).ShouldBeRefused(403, "not-permitted");
    }

    private Task<JsonObject> DifferenceAsync(string seal, string query) => shared.SeeAsync("regulator", $"/api/seals/{seal}/difference?{query}");

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
}
