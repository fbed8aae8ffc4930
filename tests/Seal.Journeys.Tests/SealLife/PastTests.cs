using System.Text.Json.Nodes;
using Seal.Testing;

namespace Seal.Journeys.Tests.SealLife;

/// <summary>What was, and who said what: the past by version and by time, histories and the usage log.</summary>
[Collection(OneService.Name)]
public sealed class PastTests(SharedService shared)
{
    private const string Representative = Company.Representative;
    private const string Reason = "怀疑密码泄露，先行冻结。";

    private ApiClient Client => shared.Client;

    [Fact]
    public async Task A_seal_is_seen_as_it_was_at_any_version_and_at_any_time()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        var frozen = (await Client.GiveReasonAsync("FreezeSeal", seal)).Required();
        var (version, at) = (long.Parse(frozen.Version!), frozen.Body["events"]![0]!["recordedAt"]!.GetValue<DateTimeOffset>());
        (await Client.GiveReasonAsync("LiftFreeze", seal)).Required();

        (await StatusAsync($"version={version - 1}")).ShouldBe("active");
        (await StatusAsync($"version={version}")).ShouldBe("frozen");
        (await StatusAsync($"at={Text(at.AddMicroseconds(-1))}")).ShouldBe("active");
        (await StatusAsync($"at={Text(at)}")).ShouldBe("frozen");
        (await StatusAsync("version=1")).ShouldBe("applied");
        (await shared.SeeAsync(Representative, $"/api/seals/{seal}?version=1"))["version"]!.GetValue<long>().ShouldBe(1);
        (await shared.SeeAsync(Representative, $"/api/seals/{seal}")).StateText("status").ShouldBe("active");
        (await Client.GetAsync(Representative, $"/api/seals/{seal}?at=2020-01-01T00:00:00Z")).ShouldBeRefused(404, "nothing-here");

        async Task<string> StatusAsync(string when) => (await shared.SeeAsync(Representative, $"/api/seals/{seal}?{when}")).StateText("status");
    }

    [Fact]
    public async Task A_history_tells_who_did_what_when_and_why()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        (await Client.GiveReasonAsync("FreezeSeal", seal, Reason)).Required();
        var entries = (await shared.SeeAsync(Representative, $"/api/seals/{seal}/history"))["items"]!.AsArray();
        entries.Select(entry => entry!["type"]!.GetValue<string>()).ShouldBe(
            ["seal.applied.v1", "seal.approved.v1", "seal.made.v1", "seal.filed.v1", "seal.issued.v1", "seal.edition-made.v1", "seal.activated.v1", "seal.frozen.v1"]);
        entries.Select(entry => entry!["version"]!.GetValue<long>()).ShouldBe(Enumerable.Range(1, entries.Count).Select(version => (long)version));
        var last = entries[^1]!;
        last["words"]!["reason"]!.GetValue<string>().ShouldBe(Reason);
        last["actor"]!.GetValue<string>().ShouldBe(await Client.PersonAsync(Representative));
        (last["command"]!.GetValue<string>(), last["channel"]!.GetValue<string>()).ShouldBe(("FreezeSeal", "Online"));
        last["proof"]!.GetValue<string>().ShouldNotBeEmpty();
        last["event"]!.ToJsonString().ShouldNotContain(Reason, customMessage: "the ledger holds a commitment, not the words");

        var upTo = (await shared.SeeAsync(Representative, $"/api/seals/{seal}/history?version=2"))["items"]!.AsArray();
        upTo.Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_history_of_an_application_tells_the_opinion()
    {
        var company = await Company.RegisterAsync(Client);
        var body = new JsonObject { ["organisation"] = company.Uscc, ["seals"] = new JsonArray(new JsonObject { ["kind"] = "contract" }) };
        var application = (await Client.GiveAsync(Representative, "ApplyForSeals", null, body)).Required().Id;
        (await Client.GiveAsync("reviewer", "RejectApplication", application, new() { ["opinion"] = "材料不全。" })).Required();
        var entries = (await shared.SeeAsync(Representative, $"/api/applications/{application}/history"))["items"]!.AsArray();
        entries[^1]!["words"]!["opinion"]!.GetValue<string>().ShouldBe("材料不全。");
    }

    [Fact]
    public async Task The_usage_log_is_searched_by_seal_person_outcome_and_time()
    {
        var company = await Company.RegisterAsync(Client);
        var (contract, finance) = (await company.ClaimSealAsync("contract"), await company.ClaimSealAsync("finance"));
        var document = await Client.UploadAsync(Representative, SampleDocuments.Pdf());
        var stranger = await Client.UploadAsync("zhao-lei", SampleDocuments.Pdf());
        var first = (await company.SealAsync(contract, document)).Required();
        (await company.SealAsync(contract, stranger, "zhao-lei")).ShouldBeRefused(403, "holder-unknown");
        (await company.SealAsync(finance, document, pin: "wrong-pin")).ShouldBeRefused(403, "pin-wrong", "pin");
        var last = (await company.SealAsync(finance, document)).Required();

        var all = $"organisation={company.Uscc}";
        (await CountAsync(Representative, all)).ShouldBe(4);
        (await CountAsync(Representative, $"{all}&seal={contract}")).ShouldBe(2);
        (await CountAsync(Representative, $"{all}&outcome=sealed")).ShouldBe(2);
        (await CountAsync(Representative, $"{all}&outcome=declined")).ShouldBe(2);
        (await CountAsync(Representative, $"{all}&outcome=declined&seal={finance}")).ShouldBe(1);
        (await CountAsync("regulator", $"{all}&region=440300")).ShouldBe(4);
        (await CountAsync("regulator", $"{all}&region=110000")).ShouldBe(0);
        var person = await Client.PersonAsync("zhao-lei");
        (await CountAsync("auditor", $"{all}&person={person}")).ShouldBe(1);
        (await CountAsync("zhao-lei", $"person={person}&seal={contract}")).ShouldBe(1);

        var (from, until) = (await RequestedAtAsync(first), await RequestedAtAsync(last));
        (await CountAsync(Representative, $"{all}&from={Text(from)}")).ShouldBe(4);
        (await CountAsync(Representative, $"{all}&from={Text(from.AddMicroseconds(1))}")).ShouldBe(3);
        (await CountAsync(Representative, $"{all}&from={Text(from)}&until={Text(until)}")).ShouldBe(3);
        (await CountAsync(Representative, $"{all}&until={Text(from)}")).ShouldBe(0);
    }

    [Fact]
    public async Task The_usage_log_is_read_page_by_page_newest_first()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        var document = await Client.UploadAsync(Representative, SampleDocuments.Pdf());
        List<string> made = [];
        for (var signing = 0; signing < 5; signing++)
        {
            made.Add((await company.SealAsync(seal, document)).Required().Id);
        }

        List<string> read = [];
        for (var next = ""; next is not null;)
        {
            var page = await shared.SeeAsync(Representative, $"/api/usage?organisation={company.Uscc}&limit=2{next}");
            read.AddRange(page["items"]!.AsArray().Select(row => row!["id"]!.GetValue<string>()));
            next = page["next"]?.GetValue<string>() is { } cursor ? $"&cursor={cursor}" : null;
        }

        read.ShouldBe(Enumerable.Reverse(made));
    }

    private async Task<DateTimeOffset> RequestedAtAsync(Answer signing) =>
        (await shared.SeeAsync(Representative, $"/api/signings/{signing.Id}"))["firstRecordedAt"]!.GetValue<DateTimeOffset>();

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ");

    private async Task<int> CountAsync(string account, string query) => (await shared.UsageAsync(account, query)).Count;
}
