using System.Text.Json.Nodes;
using Seal.Testing;

namespace Seal.Journeys.Tests.BadInput;

/// <summary>Commands that are well written and cannot be carried out as they stand.</summary>
[Collection(OneService.Name)]
public sealed class BadCommandTests(SharedService shared)
{
    private const string Representative = Company.Representative;

    private ApiClient Client => shared.Client;

    [Fact]
    public Task An_application_for_an_unknown_credit_code_is_refused() => shared.RefusedWithoutTraceAsync(
        () => ApplyAsync(CreditCodes.Next(), "没有的公司"), 404, "organisation-unknown", "organisation");

    [Theory]
    [InlineData("wrong check character")]
    [InlineData("too short")]
    [InlineData("letter that no code has")]
    public async Task A_credit_code_with_a_mistake_in_it_is_refused(string mistake)
    {
        var right = CreditCodes.Next();
        var wrong = mistake switch
        {
            "too short" => right[..17],
            "letter that no code has" => right[..9] + "I" + right[10..],
            _ => right[..17] + (right[17] == '0' ? '1' : '0'),
        };
        await shared.RefusedWithoutTraceAsync(() => RegisterAsync(wrong), 422, "uscc-malformed", "uscc");
    }

    [Fact]
    public async Task A_company_is_registered_once()
    {
        var company = await Company.RegisterAsync(Client);
        await shared.RefusedWithoutTraceAsync(() => RegisterAsync(company.Uscc), 409, "organisation-known", "uscc");
    }

    [Fact]
    public async Task A_seal_name_that_another_has_is_refused_until_its_application_is_withdrawn()
    {
        var (first, second) = (await Company.RegisterAsync(Client), await Company.RegisterAsync(Client));
        var name = $"争用的名称{first.Uscc}";
        var application = (await ApplyAsync(first.Uscc, name)).Required().Id;

        var recorded = await shared.RecordedWhileAsync(async () =>
        {
            var refused = (await ApplyAsync(second.Uscc, name)).ShouldBeRefused(409, "seal-name-taken", "seals");
            refused.Text("name").ShouldBe(name);
            refused.Text("title")!.ShouldContain(name);
        });
        recorded.ShouldBeEmpty();

        (await Client.GiveAsync(Representative, "WithdrawApplication", application, [])).Required();
        (await ApplyAsync(second.Uscc, name)).Required();
        await shared.RefusedWithoutTraceAsync(() => ApplyAsync(first.Uscc, name), 409, "seal-name-taken", "seals");
    }

    [Fact]
    public async Task One_application_cannot_ask_for_a_name_twice_or_for_nothing()
    {
        var company = await Company.RegisterAsync(Client);
        await shared.RefusedWithoutTraceAsync(() => ApplyAsync(company.Uscc, "同名", "同名"), 422, "duplicate-name", "seals");
        await shared.RefusedWithoutTraceAsync(() => ApplyAsync(company.Uscc), 422, "seals-malformed", "seals");
        await shared.RefusedWithoutTraceAsync(() => ApplyAsync(company.Uscc, ""), 422, "seal-name-malformed", "seals");
    }

    [Fact]
    public async Task A_seal_takes_no_step_before_its_turn()
    {
        var company = await Company.RegisterAsync(Client);
        var application = (await ApplyAsync(company.Uscc, $"逐步{company.Uscc}")).Required().Id;
        var seal = $"{application}-1";
        await shared.RefusedWithoutTraceAsync(() => MakeAsync(seal), 409, "seal-not-approved");
        (await Client.GiveAsync("reviewer", "ApproveApplication", application, [])).Required();
        await shared.RefusedWithoutTraceAsync(() => Client.GiveAsync("reviewer", "ApproveApplication", application, []), 409, "application-closed");
        await shared.RefusedWithoutTraceAsync(() => FileAsync(seal), 409, "seal-not-made");
        (await MakeAsync(seal)).Required();
        await shared.RefusedWithoutTraceAsync(() => MakeAsync(seal), 409, "seal-not-approved");
        await shared.RefusedWithoutTraceAsync(() => ClaimAsync(seal, Company.Pin), 409, "seal-not-issued");
        (await FileAsync(seal)).Required();
        await shared.RefusedWithoutTraceAsync(() => FreezeAsync(seal), 409, "seal-not-active");
        (await ClaimAsync(seal, Company.Pin)).Required();
        await shared.RefusedWithoutTraceAsync(
            () => Client.GiveAsync(Representative, "LiftFreeze", seal, new() { ["reason"] = "误操作" }), 409, "seal-not-frozen");
    }

    [Fact]
    public async Task A_seal_code_serves_one_seal()
    {
        var company = await Company.RegisterAsync(Client);
        var first = await company.IssueSealAsync("contract");
        var code = (await shared.SeeAsync("maker", $"/api/seals/{first}"))["state"]!["code"]!.GetValue<string>();
        var application = (await ApplyAsync(company.Uscc, $"同码{company.Uscc}")).Required().Id;
        (await Client.GiveAsync("reviewer", "ApproveApplication", application, [])).Required();
        await shared.RefusedWithoutTraceAsync(
            () => Client.GiveAsync("maker", "MakeSeal", $"{application}-1", new() { ["code"] = code }), 409, "seal-code-taken", "code");
        await shared.RefusedWithoutTraceAsync(
            () => Client.GiveAsync("maker", "MakeSeal", $"{application}-1", new() { ["code"] = "12345" }), 422, "seal-code-malformed", "code");
    }

    [Theory]
    [InlineData("12345")]
    [InlineData("")]
    [InlineData("123456789012345678901234567890123")]
    [InlineData("12345\t")]
    public async Task A_PIN_is_6_to_32_printable_characters(string pin)
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.IssueSealAsync("contract");
        await shared.RefusedWithoutTraceAsync(() => ClaimAsync(seal, pin), 422, "pin-malformed", "pin");
    }

    [Fact]
    public async Task A_reset_to_a_PIN_that_is_too_short_is_refused()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        var holding = $"{seal}.{await Client.PersonAsync(Representative)}";
        await shared.RefusedWithoutTraceAsync(
            () => Client.GiveAsync(Representative, "ResetPin", holding, new() { ["newPin"] = "1" }), 422, "pin-malformed", "newPin");
    }

    [Fact]
    public async Task Commands_to_what_is_not_there_are_refused()
    {
        await shared.RefusedWithoutTraceAsync(() => FreezeAsync("no-such-seal"), 404, "seal-unknown", "seal");
        await shared.RefusedWithoutTraceAsync(() => Client.GiveAsync("reviewer", "ApproveApplication", "none", []), 404, "application-unknown", "application");
        await shared.RefusedWithoutTraceAsync(
            () => Client.GiveAsync(Representative, "ResetPin", "none", new() { ["newPin"] = Company.Pin }), 404, "holding-unknown");
    }

    [Fact]
    public async Task Only_those_entitled_give_a_command()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        await shared.RefusedWithoutTraceAsync(() => FreezeAsync(seal, "zhao-lei"), 403, "not-permitted");
        await shared.RefusedWithoutTraceAsync(() => FreezeAsync(seal, "auditor"), 403, "not-permitted");
        await shared.RefusedWithoutTraceAsync(() => RegisterAsync(CreditCodes.Next(), Representative), 403, "not-permitted");
    }

    [Fact]
    public async Task A_change_meant_for_an_older_version_is_refused_with_the_present_one()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        var version = (await shared.SeeAsync(Representative, $"/api/seals/{seal}"))["version"]!.GetValue<long>();
        await shared.RefusedWithoutTraceAsync(
            async () =>
            {
                var stale = await FreezeAsync(seal, sending: new() { IfMatch = version - 1 });
                stale.Text("version").ShouldBe($"{version}");
                return stale;
            },
            412, "stale-version", "If-Match");
        var frozen = (await FreezeAsync(seal, sending: new() { IfMatch = version })).Required();
        frozen.Version.ShouldBe($"{version + 1}");
    }

    [Theory]
    [InlineData("7")]
    [InlineData("\"seven\"")]
    [InlineData("*")]
    public async Task A_version_that_is_none_is_refused(string version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/seals/any/freeze") { Content = new StringContent("{\"reason\":\"x\"}", null, "application/json") };
        request.Headers.TryAddWithoutValidation("If-Match", version);
        (await Client.SendAsync("authority", request)).ShouldBeRefused(400, "invalid-header", "If-Match");
    }

    private Task<Answer> RegisterAsync(string uscc, string account = "registry") => Client.GiveAsync(account, "RegisterOrganisation", null, new JsonObject
    {
        ["uscc"] = uscc,
        ["name"] = "深圳市某某有限公司",
        ["kind"] = "company",
        ["legalRepresentative"] = "nobody",
        ["managingPartners"] = 0,
        ["region"] = "440300",
        ["establishedOn"] = "2015-05-20",
    });

    private Task<Answer> ApplyAsync(string uscc, params string[] names) => Client.GiveAsync(Representative, "ApplyForSeals", null, new JsonObject
    {
        ["organisation"] = uscc,
        ["seals"] = new JsonArray([.. names.Select(name => new JsonObject { ["kind"] = "contract", ["name"] = name })]),
    });

    private Task<Answer> MakeAsync(string seal) => Client.GiveAsync("maker", "MakeSeal", seal, new() { ["code"] = Company.NextCode() });

    private Task<Answer> FileAsync(string seal) => Client.GiveAsync("maker", "FileSeal", seal, new() { ["filingNumber"] = "BA-1" });

    private Task<Answer> ClaimAsync(string seal, string pin) =>
        Client.GiveAsync(Representative, "ClaimSeal", seal, new() { ["pin"] = pin, ["device"] = "phone" });

    private Task<Answer> FreezeAsync(string seal, string account = Representative, Sending? sending = null) =>
        Client.GiveAsync(account, "FreezeSeal", seal, new() { ["reason"] = "核查" }, sending);
}
