using Seal.Cli.Tests.Witnessing;
using Seal.Testing;
using Seal.Tokens.Tests;

namespace Seal.Cli.Tests.Ukey;

/// <summary>Sealing from the command line with an SM2 key on a device, by either kind of library.</summary>
[Collection(nameof(AServiceAlone))]
public sealed class Sm2SigningTests(CompiledDevices devices, UkeyHost host) : IClassFixture<UkeyHost>
{
    public static TheoryData<string> Profiles => new(
        """{ "name": "digest in, r and s out", "signMechanism": "0x80008101", "keyPairMechanism": "0x80008001", "input": "digest", "output": "concatenated" }""",
        """{ "name": "message in, DER out, identity as parameter", "signMechanism": "0x80008104", "keyPairMechanism": "0x80008001", "input": "message", "output": "der", "identity": "mechanismParameter" }""");

    private ApiClient Client => host.Client;

    [Fact]
    public async Task An_skf_device_seals_a_pdf_and_an_ofd()
    {
        using var device = HoldersDevice.Skf(devices, host.Url);
        await SealsBothAsync(device);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task A_pkcs11_token_seals_a_pdf_and_an_ofd_as_its_makers_profile_says(string profile)
    {
        using var device = HoldersDevice.Pkcs11(devices, host.Url, profile);
        await SealsBothAsync(device);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Further_places_and_the_level_of_certification_are_those_of_the_command_line(bool ofd)
    {
        using var device = HoldersDevice.Skf(devices, host.Url);
        var seal = await ClaimAsync();
        (await device.AsHolderAsync("enrol", seal)).ExitCode.ShouldBe(0);
        var document = ofd ? SampleDocuments.Ofd(3) : SampleDocuments.Pdf(3);
        const string Further = """[{"kind":"edges","edge":"right","centreMm":150},{"kind":"pages","xMm":10,"yMm":240}]""";

        var signed = await device.SignAsync(seal, document, "sealed", "--further", Further, "--certify", "1");

        signed.ExitCode.ShouldBe(0, signed.ToString());
        var file = await File.ReadAllBytesAsync(device.PathOf("sealed"), TestContext.Current.CancellationToken);
        (await Client.VerifyAsync(file)).Required().Body["verdict"]!.GetValue<string>().ShouldBe("TOTAL_PASSED");
        var again = await device.SignAsync(seal, file, "again");
        again.ExitCode.ShouldBe(1, again.ToString());
        again.Errors.ShouldContain(ofd ? "ofd-list-protected" : "pdf-certified-no-changes");
        File.Exists(device.PathOf("again")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("{", "--further is no JSON", 3)]
    [InlineData("[{\"kind\":\"edges\",\"edge\":\"nowhere\",\"centreMm\":150}]", "further", 1)]
    public async Task A_further_place_that_is_none_is_named_and_nothing_is_sealed(string further, string said, int code)
    {
        using var device = HoldersDevice.Skf(devices, host.Url);
        var seal = await ClaimAsync();
        (await device.AsHolderAsync("enrol", seal)).ExitCode.ShouldBe(0);

        var signed = await device.SignAsync(seal, SampleDocuments.Pdf(), "sealed", "--further", further);

        signed.ExitCode.ShouldBe(code, signed.ToString());
        signed.Errors.ShouldContain(said);
        File.Exists(device.PathOf("sealed")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_level_of_certification_that_there_is_not_is_refused()
    {
        using var device = HoldersDevice.Skf(devices, host.Url);
        var seal = await ClaimAsync();
        (await device.AsHolderAsync("enrol", seal)).ExitCode.ShouldBe(0);

        var signed = await device.SignAsync(seal, SampleDocuments.Ofd(), "sealed", "--certify", "3");

        signed.ExitCode.ShouldBe(1, signed.ToString());
        signed.Errors.ShouldContain("certify");
    }

    [Fact]
    public async Task A_pkcs11_token_without_a_profile_is_not_asked_for_sm2()
    {
        using var device = HoldersDevice.Pkcs11(devices, host.Url, Profiles.First().Data);
        var module = Directory.GetFiles(device.Folder, "*.so").Single();

        var enrolled = await SealCommand.RunWith(
            device.Environment, "ukey", "enrol", "S-1", "--algorithm", "sm2", "--module", module, "--pin-file", device.PathOf("pin"), "--service", host.Url);

        enrolled.ExitCode.ShouldBe(3, enrolled.ToString());
        enrolled.Errors.ShouldContain("--profile");
        enrolled.Errors.ShouldContain("'holder'");
    }

    [Fact]
    public async Task An_skf_device_is_asked_for_no_other_key_than_sm2()
    {
        using var device = HoldersDevice.Skf(devices, host.Url);

        var enrolled = await device.AsHolderAsync("enrol", "S-1", "--algorithm", "rsa2048");

        enrolled.ExitCode.ShouldBe(3, enrolled.ToString());
        enrolled.Errors.ShouldContain("SM2");
    }

    [Fact]
    public async Task Two_libraries_at_once_and_a_profile_for_an_skf_device_are_refused()
    {
        using var device = HoldersDevice.Skf(devices, host.Url);

        (await device.WithoutPinAsync("list", "--module", "other.so")).Errors.ShouldContain("Name one library");
        (await device.WithoutPinAsync("list", "--profile", "x.json")).Errors.ShouldContain("--profile is for PKCS#11");
        (await SealCommand.RunWith(device.Environment, "ukey", "list")).Errors.ShouldContain("--skf");
    }

    private async Task SealsBothAsync(HoldersDevice device)
    {
        var seal = await ClaimAsync();
        var enrolled = await device.AsHolderAsync("enrol", seal);
        enrolled.ExitCode.ShouldBe(0, enrolled.ToString());
        var info = await device.WithoutPinAsync("info", "--seal", seal);
        info.Output.ShouldContain("GB/T 38540", customMessage: info.ToString());

        foreach (var (document, name) in ((byte[], string)[])[(SampleDocuments.Pdf(), "sealed.pdf"), (SampleDocuments.Ofd(), "sealed.ofd")])
        {
            var signed = await device.SignAsync(seal, document, name);
            signed.ExitCode.ShouldBe(0, signed.ToString());
            signed.Output.ShouldContain("Signing in with");
            var verdict = (await Client.VerifyAsync(await File.ReadAllBytesAsync(device.PathOf(name), TestContext.Current.CancellationToken))).Required().Body;
            verdict["verdict"]!.GetValue<string>().ShouldBe("TOTAL_PASSED", verdict.ToJsonString());
            verdict["signatures"]![0]!["seal"]!["stateAtSigning"]!.GetValue<string>().ShouldBe("active");
        }
    }

    private async Task<string> ClaimAsync() => await (await Company.RegisterAsync(Client)).ClaimSealAsync("contract");
}

/// <summary>The service that the tests of a class share.</summary>
public sealed class UkeyHost : IAsyncLifetime
{
    private RunningService? _service;

    public string Url => _service!.Url;

    public ApiClient Client => _service!.Client;

    public async ValueTask InitializeAsync() => _service = await RunningService.StartAsync();

    public ValueTask DisposeAsync() => _service!.DisposeAsync();
}
