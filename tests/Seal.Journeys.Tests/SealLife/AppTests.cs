using System.Text.Json.Nodes;
using Seal.Testing;

namespace Seal.Journeys.Tests.SealLife;

/// <summary>An organisation's application seals with a key in the organisation's own HSM.</summary>
[Collection(OneService.Name)]
public sealed class AppTests(SharedService shared) : IDisposable
{
    private const string Owner = Company.Representative;

    private readonly OrganisationHsm _hsm = OrganisationHsm.Make();

    private ApiClient Client => shared.Client;

    public void Dispose() => _hsm.Dispose();

    [Fact]
    public async Task An_app_seals_with_its_organisations_hsm_and_stands_in_the_usage_log()
    {
        var (seal, app) = await GrantedAsync();
        (await app.SignInAsync()).Required();
        (await app.GetAsync("/api/me")).Body["person"]!.GetValue<string>().ShouldBe(app.Holder);

        var prepared = (await app.PrepareAsync(seal)).Required();
        (await app.CompleteAsync(prepared)).Required();

        var verdict = (await Client.VerifyAsync(await app.FetchAsync(prepared.Id))).Required().Body;
        verdict["verdict"]!.GetValue<string>().ShouldBe("TOTAL_PASSED", verdict.ToJsonString());
        verdict["signatures"]![0]!["seal"]!["stateAtSigning"]!.GetValue<string>().ShouldBe("active");
        var used = (await shared.UsageAsync("regulator", $"app={app.App}")).ShouldHaveSingleItem();
        used["person"]!.GetValue<string>().ShouldBe(app.Holder);
        used["status"]!.GetValue<string>().ShouldBe("sealed");
        used["holding"]!.GetValue<string>().ShouldBe($"{seal}.{app.Holder}.ukey");
        (await shared.SeeAsync(Owner, $"/api/apps/{app.App}"))["state"]!["name"]!.GetValue<string>().ShouldBe("合同管理系统");
    }

    [Fact]
    public async Task After_its_grant_was_withdrawn_an_app_neither_seals_nor_signs_in()
    {
        var (seal, app) = await GrantedAsync();
        (await app.SignInAsync()).Required();
        var prepared = (await app.PrepareAsync(seal)).Required();

        (await Client.GiveAsync(Owner, "WithdrawAuthorisation", seal, new JsonObject { ["person"] = app.Holder, ["reason"] = "应用下线" })).Required();

        (await app.CompleteAsync(prepared)).Code.ShouldBe("holding-withdrawn");
        (await app.PrepareAsync(seal)).Code.ShouldBe("holding-withdrawn");
        (await app.SignInAsync()).ShouldBeRefused(401, "certificate-not-in-force", "certificate");
        var used = await shared.UsageAsync("regulator", $"person={app.Holder}");
        used.Select(row => row["code"]!.GetValue<string>()).ShouldBe(["holding-withdrawn", "holding-withdrawn"]);
    }

    [Fact]
    public async Task A_seal_frozen_between_the_steps_is_not_used_and_not_prepared_again()
    {
        var (seal, app) = await GrantedAsync();
        (await app.SignInAsync()).Required();
        var prepared = (await app.PrepareAsync(seal)).Required();

        (await Client.GiveAsync(Owner, "FreezeSeal", seal, new JsonObject { ["reason"] = "x" })).Required();

        (await app.CompleteAsync(prepared)).Code.ShouldBe("seal-frozen");
        (await app.PrepareAsync(seal)).Code.ShouldBe("seal-frozen");
    }

    [Fact]
    public async Task Another_organisations_app_is_granted_nothing_and_uses_nothing()
    {
        var (seal, app) = await GrantedAsync();
        using var otherHsm = OrganisationHsm.Make();
        var other = await Company.RegisterAsync(Client);
        var stranger = await AppPlayer.GrantedAsync(Client, other, await other.ClaimSealAsync("contract"), otherHsm);
        (await app.SignInAsync()).Required();
        (await stranger.SignInAsync()).Required();

        (await AppPlayer.GrantAsync(Client, seal, stranger.App, otherHsm, otherHsm.Request(stranger.Key))).ShouldBeRefused(409, "app-of-other", "app");
        (await stranger.PrepareAsync(seal)).Code.ShouldBe("holder-unknown");
        var prepared = (await app.PrepareAsync(seal)).Required();
        (await stranger.CompleteAsync(prepared)).Code.ShouldBe("signing-of-other");
        (await app.CompleteAsync(prepared)).Required();
    }

    [Fact]
    public async Task An_hsm_that_serves_another_organisation_is_not_taken()
    {
        await GrantedAsync();
        var other = await Company.RegisterAsync(Client);
        var seal = await other.ClaimSealAsync("contract");
        var app = (await Client.GiveAsync(Owner, "RegisterApp", null, new JsonObject { ["organisation"] = other.Uscc, ["name"] = "另一个应用" })).Required().Id;

        (await AppPlayer.GrantAsync(Client, seal, app, _hsm, _hsm.Request(_hsm.NewKey(seal)))).ShouldBeRefused(409, "ukey-of-other", "serialNumber");
    }

    [Fact]
    public async Task An_app_does_nothing_that_takes_a_person()
    {
        var (seal, app) = await GrantedAsync();
        (await app.SignInAsync()).Required();

        (await app.PostAsync($"/api/seals/{seal}/freeze", new JsonObject { ["reason"] = "x" })).IsDone.ShouldBeFalse();
        (await app.PostAsync($"/api/seals/{seal}/claim", new JsonObject { ["pin"] = "280513", ["device"] = "x" })).IsDone.ShouldBeFalse();
        (await app.PostAsync($"/api/holdings/{seal}.{app.Holder}/change-pin", new JsonObject { ["oldPin"] = "280513", ["newPin"] = "280514" })).IsDone.ShouldBeFalse();
        (await app.GetAsync("/api/usage")).IsDone.ShouldBeFalse();
    }

    private async Task<(string Seal, AppPlayer App)> GrantedAsync()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        return (seal, await AppPlayer.GrantedAsync(Client, company, seal, _hsm));
    }
}
