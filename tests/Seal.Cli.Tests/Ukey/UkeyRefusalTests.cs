using Seal.Cli.Tests.Witnessing;
using Seal.Testing;
using Seal.Tokens.Tests;

namespace Seal.Cli.Tests.Ukey;

/// <summary>What goes wrong between a holder, a device and the service: each is told by name, and leaves nothing half done.</summary>
[Collection(nameof(AServiceAlone))]
public sealed class UkeyRefusalTests(CompiledDevices devices, UkeyHost host) : IClassFixture<UkeyHost>
{
    private const string Holder = Company.Representative;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ApiClient Client => host.Client;

    [Fact]
    public async Task A_wrong_pin_says_how_many_tries_are_left_until_the_device_is_locked_and_unlocked()
    {
        using var device = HoldersDevice.Skf(devices, host.Url);
        var seal = await EnrolledAsync(device);
        await File.WriteAllTextAsync(device.PathOf("pin"), "999999", Ct);

        (await RefusedAsync(device, seal, 1)).ShouldContain("the PIN is wrong; 2 tries are left");
        (await RefusedAsync(device, seal, 1)).ShouldContain("the PIN is wrong; one more wrong one locks the token");
        (await RefusedAsync(device, seal, 1)).ShouldContain("the PIN is locked");
        await File.WriteAllTextAsync(device.PathOf("pin"), "123456", Ct);
        (await RefusedAsync(device, seal, 1)).ShouldContain("the PIN is locked");

        await File.WriteAllTextAsync(device.PathOf("officer"), "12345678", Ct);
        (await device.WithoutPinAsync("unlock", "--officer-pin-file", device.PathOf("officer"), "--new-pin-file", device.PathOf("pin"))).ExitCode.ShouldBe(0);
        (await device.SignAsync(seal, SampleDocuments.Pdf(), "sealed")).ExitCode.ShouldBe(0);
        (await StatesOfUseAsync(seal)).ShouldBe(["sealed"], "nothing was asked of the service before the PIN was right");
    }

    [Theory]
    [InlineData("1")]
    [InlineData("12345678901234567")]
    public async Task A_pin_of_the_wrong_length_costs_no_try(string pin)
    {
        using var device = HoldersDevice.Skf(devices, host.Url);
        var seal = await EnrolledAsync(device);
        await File.WriteAllTextAsync(device.PathOf("pin"), pin, Ct);

        (await RefusedAsync(device, seal, 1)).ShouldContain("length or characters that the token does not take");

        (await device.WithoutPinAsync("info")).Output.ShouldContain("all tries left");
    }

    [Fact]
    public async Task A_device_pulled_out_while_it_signs_is_named_and_signs_when_it_is_back()
    {
        using var device = HoldersDevice.Skf(devices, host.Url);
        var seal = await EnrolledAsync(device);
        device.Environment["SEAL_SKF_DEVICE_ON_SIGNING"] = "pull";

        // With the account's password: the first signature asked for is then the document's.
        (await RefusedAsync(device, seal, 3, "--account", Holder, "--password-file", device.PathOf("password"))).ShouldContain($"SN-{Path.GetFileName(device.Folder)}");
        (await StatesOfUseAsync(seal)).ShouldBe(["requested"], "it waits for a signature until its time is over");

        device.Environment.Remove("SEAL_SKF_DEVICE_ON_SIGNING");
        (await RefusedAsync(device, seal, 3)).ShouldContain("No token");
        File.Move(device.PathOf($"{Path.GetFileName(device.Folder)}.out"), device.PathOf("elsewhere.skf"));
        (await device.SignAsync(seal, SampleDocuments.Pdf(), "sealed")).ExitCode.ShouldBe(0);
        (await StatesOfUseAsync(seal)).ShouldBe(["requested", "sealed"]);
    }

    [Fact]
    public async Task A_process_killed_while_the_device_signs_seals_nothing_and_the_next_one_does()
    {
        using var device = HoldersDevice.Skf(devices, host.Url);
        var seal = await EnrolledAsync(device);
        device.Environment["SEAL_SKF_DEVICE_ON_SIGNING"] = "kill";

        var killed = await device.SignAsync(seal, SampleDocuments.Pdf(), "killed", "--account", Holder, "--password-file", device.PathOf("password"));

        killed.ExitCode.ShouldBe(128 + 9, killed.ToString());
        Directory.GetFiles(device.Folder, "killed*").ShouldBeEmpty();
        device.Environment.Remove("SEAL_SKF_DEVICE_ON_SIGNING");
        (await device.SignAsync(seal, SampleDocuments.Pdf(), "sealed")).ExitCode.ShouldBe(0);
        (await StatesOfUseAsync(seal)).ShouldBe(["requested", "sealed"]);
    }

    [Fact]
    public async Task A_device_too_full_for_its_seal_data_is_not_left_half_bound()
    {
        using var device = HoldersDevice.Skf(devices, host.Url);
        var seal = await ClaimAsync();
        device.Environment["SEAL_SKF_DEVICE_ROOM"] = "1000";

        var enrolled = await device.AsHolderAsync("enrol", seal);

        enrolled.ExitCode.ShouldBe(3, enrolled.ToString());
        enrolled.Errors.ShouldContain("SAR_NO_ROOM");
        enrolled.Errors.ShouldContain($"SN-{Path.GetFileName(device.Folder)}");
        enrolled.Errors.ShouldContain("was taken off again");
        (await HoldingsAsync(seal)).ShouldBe([("cloud", "claimed"), ("ukey", "unbound")], ignoreOrder: true);

        device.Environment.Remove("SEAL_SKF_DEVICE_ROOM");
        (await device.AsHolderAsync("bind", seal)).ExitCode.ShouldBe(0, "the key is still there");
        (await device.SignAsync(seal, SampleDocuments.Ofd(), "sealed")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_device_with_no_room_for_a_key_binds_nothing()
    {
        using var device = HoldersDevice.Skf(devices, host.Url);
        for (var i = 0; i < 3; i++)
        {
            (await device.AsHolderAsync("enrol", $"nothing-{i}")).ExitCode.ShouldBe(1, "there is no such seal; the key stays");
        }

        var seal = await ClaimAsync();
        var enrolled = await device.AsHolderAsync("enrol", seal);

        enrolled.ExitCode.ShouldBe(3, enrolled.ToString());
        enrolled.Errors.ShouldContain($"SN-{Path.GetFileName(device.Folder)}");
        (await HoldingsAsync(seal)).ShouldBe([("cloud", "claimed")]);
    }

    [Fact]
    public async Task A_device_that_serves_another_organisation_is_refused_and_not_written_to()
    {
        using var device = HoldersDevice.Skf(devices, host.Url);
        await EnrolledAsync(device);
        var other = await ClaimAsync();

        var enrolled = await device.AsHolderAsync("enrol", other);

        enrolled.ExitCode.ShouldBe(1, enrolled.ToString());
        enrolled.Errors.ShouldContain("ukey-of-other");
        (await HoldingsAsync(other)).ShouldBe([("cloud", "claimed")]);
        (await device.WithoutPinAsync("info", "--seal", other)).Output.ShouldContain("certificate    none");
    }

    [Theory]
    [InlineData("rsa2048")]
    [InlineData("ecdsa-p256")]
    public async Task An_ofd_is_refused_for_a_key_of_another_kind_before_the_pin_is_asked_for(string algorithm)
    {
        using var device = await HoldersDevice.SoftHsmAsync(host.Url);
        var seal = await ClaimAsync();
        var enrolled = await device.AsHolderAsync("enrol", seal, "--algorithm", algorithm);
        enrolled.ExitCode.ShouldBe(0, enrolled.ToString());
        await File.WriteAllBytesAsync(device.PathOf("contract.ofd"), SampleDocuments.Ofd(), Ct);

        // No PIN file and nobody at the keyboard: whoever asks for the PIN fails otherwise.
        var refused = await device.WithoutPinAsync("sign", device.PathOf("contract.ofd"), "--seal", seal, "--x", "100", "--y", "200", "--service", host.Url);

        refused.ExitCode.ShouldBe(1, refused.ToString());
        refused.Errors.ShouldContain("ofd-needs-sm2");
        refused.Errors.ShouldContain("'holder'");
        File.Exists(device.PathOf("contract-sealed.ofd")).ShouldBeFalse();
        (await device.SignAsync(seal, SampleDocuments.Pdf(), "sealed.pdf")).ExitCode.ShouldBe(0, "a PDF is sealed with it");
    }

    private static async Task<string> RefusedAsync(HoldersDevice device, string seal, int code, params string[] more)
    {
        var outcome = await device.SignAsync(seal, SampleDocuments.Pdf(), "refused", more);
        outcome.ExitCode.ShouldBe(code, outcome.ToString());
        Directory.GetFiles(device.Folder, "refused*").ShouldBeEmpty();
        return outcome.Errors;
    }

    private async Task<string> ClaimAsync() => await (await Company.RegisterAsync(Client)).ClaimSealAsync("contract");

    private async Task<string> EnrolledAsync(HoldersDevice device)
    {
        var seal = await ClaimAsync();
        var enrolled = await device.AsHolderAsync("enrol", seal);
        enrolled.ExitCode.ShouldBe(0, enrolled.ToString());
        return seal;
    }

    private async Task<IEnumerable<string>> StatesOfUseAsync(string seal) =>
        (await Client.GetAsync("regulator", $"/api/usage?seal={seal}")).Required().Body["items"]!.AsArray()
            .Select(row => row!["state"]!["status"]!.GetValue<string>()).Order(StringComparer.Ordinal);

    private async Task<List<(string Medium, string Status)>> HoldingsAsync(string seal) =>
    [
        .. (await Client.GetAsync(Holder, "/api/holdings?limit=200")).Required().Body["items"]!.AsArray()
            .Select(row => row!["state"]!.AsObject()).Where(state => state["seal"]!.GetValue<string>() == seal)
            .Select(state => (state["medium"]!.GetValue<string>(), state["status"]!.GetValue<string>())),
    ];
}
