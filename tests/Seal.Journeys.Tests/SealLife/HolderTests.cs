using Seal.Testing;

namespace Seal.Journeys.Tests.SealLife;

/// <summary>Who holds a seal, and with which PIN.</summary>
[Collection(OneService.Name)]
public sealed class HolderTests(SharedService shared)
{
    private const string Representative = Company.Representative;
    private const string Holder = "wang-fang";

    private ApiClient Client => shared.Client;

    [Fact]
    public async Task A_PIN_wrong_five_times_is_locked_until_it_is_reset()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        var before = await Client.SealedAsync(company, seal, SampleDocuments.Pdf());
        var document = await Client.UploadAsync(Representative, SampleDocuments.Pdf());
        for (var left = 4; left > 0; left--)
        {
            (await company.SealAsync(seal, document, pin: "wrong-pin")).ShouldBeRefused(403, "pin-wrong", "pin").Text("left").ShouldBe($"{left}");
        }

        (await company.SealAsync(seal, document, pin: "wrong-pin")).ShouldBeRefused(403, "pin-locked", "pin");
        (await company.SealAsync(seal, document)).ShouldBeRefused(403, "pin-locked", "pin");

        (await Client.ResetPinAsync(Representative, await Client.HoldingAsync(Representative, seal), "another-pin")).Required();
        (await company.SealAsync(seal, document)).ShouldBeRefused(403, "pin-wrong", "pin").Text("left").ShouldBe("4");
        (await company.SealAsync(seal, document, pin: "another-pin")).Required();

        var rows = await shared.UsageAsync(Representative, $"seal={seal}&organisation={company.Uscc}");
        rows.Select(row => row["code"]?.GetValue<string>() ?? "").Reverse().ShouldBe(
            ["", "pin-wrong", "pin-wrong", "pin-wrong", "pin-wrong", "pin-locked", "pin-locked", "pin-wrong", ""]);
        await Client.JudgedAsync(before, "active");
    }

    [Fact]
    public async Task A_right_PIN_sets_the_count_of_wrong_ones_back()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        var document = await Client.UploadAsync(Representative, SampleDocuments.Pdf());
        for (var round = 0; round < 2; round++)
        {
            for (var left = 4; left > 0; left--)
            {
                (await company.SealAsync(seal, document, pin: "wrong-pin")).Text("left").ShouldBe($"{left}");
            }

            (await company.SealAsync(seal, document)).Required();
        }
    }

    [Fact]
    public async Task A_changed_PIN_opens_the_same_key_and_the_old_one_nothing()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        var holding = await Client.HoldingAsync(Representative, seal);
        var document = await Client.UploadAsync(Representative, SampleDocuments.Pdf());
        (await ChangePinAsync("wrong-pin")).ShouldBeRefused(403, "pin-wrong", "oldPin");
        (await ChangePinAsync(Company.Pin)).Required();
        (await company.SealAsync(seal, document)).ShouldBeRefused(403, "pin-wrong", "pin");
        (await company.SealAsync(seal, document, pin: "another-pin")).Required();

        Task<Answer> ChangePinAsync(string old) =>
            Client.GiveAsync(Representative, "ChangePin", holding, new() { ["oldPin"] = old, ["newPin"] = "another-pin" });
    }

    [Fact]
    public async Task A_holder_signs_after_claiming_and_until_the_right_is_withdrawn()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        var document = await Client.UploadAsync(Holder, SampleDocuments.Pdf());
        (await company.SealAsync(seal, document, Holder)).ShouldBeRefused(403, "holder-unknown");
        (await Client.ClaimAsync(Holder, seal)).ShouldBeRefused(403, "not-permitted");
        (await shared.AuthoriseAsync(seal, Holder)).Required();
        (await shared.AuthoriseAsync(seal, Holder)).ShouldBeRefused(409, "already-holder", "person");
        (await company.SealAsync(seal, document, Holder)).ShouldBeRefused(409, "holding-not-claimed");
        (await Client.ClaimAsync(Holder, seal)).Required();
        var signing = (await company.SealAsync(seal, document, Holder)).Required();
        var file = await Client.FetchAsync(Holder, signing.Id);

        (await Client.GiveAsync(Representative, "WithdrawAuthorisation", seal, new() { ["person"] = await Client.PersonAsync(Holder), ["reason"] = "调岗" })).Required();
        (await company.SealAsync(seal, document, Holder)).ShouldBeRefused(403, "holding-withdrawn");
        (await Client.ClaimAsync(Holder, seal, device: "tablet")).ShouldBeRefused(403, "holding-withdrawn");
        (await Client.ResetPinAsync(Holder, await Client.HoldingAsync(Holder, seal), "another-pin")).ShouldBeRefused(403, "holding-withdrawn");

        var rows = await shared.UsageAsync("auditor", $"seal={seal}&person={await Client.PersonAsync(Holder)}");
        rows.Select(row => row["code"]?.GetValue<string>() ?? "").Reverse().ShouldBe(["holder-unknown", "holding-not-claimed", "", "holding-withdrawn"]);
        await Client.JudgedAsync(file, "active");
        (await company.SealAsync(seal, await Client.UploadAsync(Representative, file))).Required();
    }

    [Fact]
    public async Task A_withdrawn_holder_may_be_authorised_anew()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        (await shared.AuthoriseAsync(seal, Holder)).Required();
        (await Client.ClaimAsync(Holder, seal)).Required();
        (await Client.GiveAsync(Representative, "WithdrawAuthorisation", seal, new() { ["person"] = await Client.PersonAsync(Holder), ["reason"] = "调岗" })).Required();
        (await shared.AuthoriseAsync(seal, Holder)).Required();
        (await Client.ClaimAsync(Holder, seal)).Required();
        await Client.JudgedAsync(await Client.SealedAsync(company, seal, SampleDocuments.Pdf(), Holder), "active");
    }

    [Fact]
    public async Task A_right_that_begins_later_does_not_serve_yet()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        (await shared.AuthoriseAsync(seal, Holder, startsIn: TimeSpan.FromDays(1))).Required();
        (await Client.ClaimAsync(Holder, seal)).Required();
        (await company.SealAsync(seal, await Client.UploadAsync(Holder, SampleDocuments.Pdf()), Holder)).ShouldBeRefused(403, "holding-not-yet-valid");
    }

    [Fact]
    public async Task A_manager_acts_on_seals_until_dismissed()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        var manager = await Client.PersonAsync("li-na");
        (await FreezeAsync()).ShouldBeRefused(403, "not-permitted");
        (await Client.GiveAsync(Representative, "AppointManager", company.Uscc, new() { ["person"] = manager, ["until"] = "2099-01-01T00:00:00Z" })).Required();
        (await FreezeAsync()).Required();
        (await Client.GiveAsync(Representative, "DismissManager", company.Uscc, new() { ["person"] = manager })).Required();
        (await Client.GiveAsync("li-na", "LiftFreeze", seal, new() { ["reason"] = "误操作" })).ShouldBeRefused(403, "not-permitted");

        Task<Answer> FreezeAsync() => Client.GiveAsync("li-na", "FreezeSeal", seal, new() { ["reason"] = "核查" });
    }
}
